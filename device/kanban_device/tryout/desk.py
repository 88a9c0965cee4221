"""Where the test by hand sits: what is typed, pressed and scanned comes to one queue, and it can speak."""

import sys
import threading
from dataclasses import dataclass
from queue import Empty, Queue
from time import monotonic
from typing import Protocol, TextIO

import click

from kanban_hardware.inputs import ScannerInput


@dataclass(frozen=True)
class Typed:
    """A line from the keyboard; None when the terminal has gone."""

    line: str | None


@dataclass(frozen=True)
class Edge:
    """A raw edge of a button's pin."""

    pin: int
    level: bool
    at_s: float


Event = Typed | Edge | ScannerInput


class Desk(Protocol):
    """The port to people and parts. `put` may be called from any thread, the rest from one."""

    def say(self, text: str) -> None: ...

    def put(self, event: Event) -> None: ...

    def take(self, until_s: float | None) -> Event | None:
        """The next event; None when `until_s` has come first. Without it: wait as long as it takes."""
        ...

    def now_s(self) -> float: ...


class TerminalDesk:
    """A terminal, also over ssh. Lines are read by a thread of its own, which only enqueues."""

    def __init__(self, keyboard: TextIO = sys.stdin) -> None:
        self._events: Queue[Event] = Queue()
        threading.Thread(target=self._read, args=(keyboard,), name="keyboard", daemon=True).start()

    def say(self, text: str) -> None:
        click.echo(text, err=True)

    def put(self, event: Event) -> None:
        self._events.put(event)

    def take(self, until_s: float | None) -> Event | None:
        try:
            return self._events.get(timeout=None if until_s is None else max(0.0, until_s - self.now_s()))
        except Empty:
            return None

    def now_s(self) -> float:
        return monotonic()

    def _read(self, keyboard: TextIO) -> None:
        for line in keyboard:
            self.put(Typed(line))
        self.put(Typed(None))
