"""The panel of a station: one thread joins the pins to what `PanelState` decides; scanners run beside it."""

import logging
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TypedDict

from kanban_hardware.buzzer import Tone
from kanban_hardware.errors import WiringError
from kanban_hardware.inputs import ButtonInput, Input
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.panel_state import PanelState
from kanban_hardware.pattern import Pattern
from kanban_hardware.pins import Pins
from kanban_hardware.scanner import SerialScanner
from kanban_hardware.wiring import Wiring, faults

log = logging.getLogger(__name__)

EDGES_WAITING = 1000
"""More raw edges than this are dropped and counted; the next sample heals what they said."""
STALE_S = 2.0
"""A panel without a turn for this long is dead: it turns at least four times a second."""


class Health(TypedDict):
    alive: bool
    turn_at_s: float
    stuck: list[str]
    scanners_lost: list[str]
    lamps_failing: list[str]
    pins_failing: list[int]
    edges_missed: int
    edges_dropped: int


class Panel:
    """Buttons and scanners to `put`, `show` to the lamps. Its methods may be called from any thread."""

    def __init__(
        self,
        wiring: Wiring,
        pins: Pins,
        put: Callable[[Input], object],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`put` must not block: it is called in the threads of the panel and of the scanners.

        Raises WiringError with every fault of the wiring.
        """
        if found := faults(wiring):
            raise WiringError(found)
        self._wiring = wiring
        self._pins = PanelPins(wiring, pins)
        self._put = put
        self._clock = clock
        self._scanners = [
            SerialScanner(f"scanner-{number}", scanner, put, clock)
            for number, scanner in enumerate(wiring.scanners, start=1)
        ]
        self._wishes: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._thread = Thread(target=self._run, name="panel", daemon=True)
        self._is_stopping = False
        self._edges_dropped = 0
        self._turn_at_s = clock()
        self._state = PanelState(wiring, {}, self._turn_at_s)
        self._shown = self._state.shown()

    def open(self) -> None:
        """Take the pins and start, once. Raises PinError, with all pins given back."""
        self._pins.open(self._on_edge)
        self._turn_at_s = self._clock()
        # Contacts are believed from here on; an edge that came before is in the queue and changes nothing.
        self._state = PanelState(self._wiring, self._pins.buttons(), self._turn_at_s)
        self._thread.start()
        for scanner in self._scanners:
            scanner.open()

    def close(self) -> None:
        """Stop all threads, put the lamps out and give the pins back."""
        for scanner in self._scanners:
            scanner.close()
        self._is_stopping = True
        self._wishes.put(lambda: None)
        self._thread.join()
        self._pins.close()

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        """Show the whole state by part ("slot-1" …, "red", "amber", "green"); a part left out goes off."""
        wanted = dict(patterns)
        self._wishes.put(lambda: self._state.show(wanted))

    def flutter(self, part: str) -> None:
        """Flicker the lamp of a part for 0.4 s, over its pattern: "stored here"."""
        self._wishes.put(lambda: self._state.flutter(part, self._clock()))

    def beep(self, tone: Tone) -> None:
        """Sound a tone; it replaces one that still sounds."""
        self._wishes.put(lambda: self._state.beep(tone, self._clock()))

    def shown(self) -> dict[str, Pattern]:
        """What the lamps really show, by the read-back of their pins.

        A lamp shows its pattern while its pin follows it, and otherwise `on` or `off`, as the pin is
        stuck. When the panel's thread has stopped, nothing blinks any more: the levels as they stand.
        """
        if self._is_alive():
            return dict(self._shown)
        levels = {part: self._pins.level(pin) for part, pin in self._wiring.lamps.items()}
        return {part: Pattern.ON if level else Pattern.OFF for part, level in levels.items()}

    def health(self) -> Health:
        """What the heartbeat tells of the inputs; `turn_at_s` is on the panel's clock."""
        return Health(
            alive=self._is_alive(),
            turn_at_s=self._turn_at_s,
            stuck=self._state.contacts.stuck,
            scanners_lost=[scanner.name for scanner in self._scanners if scanner.is_lost],
            lamps_failing=self._state.lamps.failing,
            pins_failing=self._pins.failing,
            edges_missed=self._state.contacts.missed_edges,
            edges_dropped=self._edges_dropped,
        )

    def _is_alive(self) -> bool:
        return self._thread.is_alive() and self._clock() - self._turn_at_s <= STALE_S

    def _on_edge(self, pin: int, level: bool) -> None:
        if self._wishes.qsize() >= EDGES_WAITING:
            self._edges_dropped += 1
            return
        at_s = self._clock()
        self._wishes.put(lambda: self._put_all(self._state.edge(pin, level, at_s)))

    def _run(self) -> None:
        try:
            while not self._is_stopping:
                self._grant()
                self._turn(self._clock())
        except Exception:  # the top of a thread: `health` tells that it has ended
            log.exception("The panel has stopped: no button is heard and no lamp changes")

    def _grant(self) -> None:
        """Wait until something is due or wished, then grant all wishes that wait."""
        timeout_s = self._state.due_s(self._turn_at_s) - self._clock()
        try:
            wishes = [self._wishes.get(timeout=max(0.0, timeout_s))]
        except Empty:
            return
        wishes += [self._wishes.get_nowait() for _ in range(self._wishes.qsize())]
        for wish in wishes:
            wish()

    def _turn(self, at_s: float) -> None:
        self._put_all(self._state.sample(self._pins.buttons(), at_s))
        for pin, wanted in self._state.levels(at_s).items():
            self._state.follow(pin, wanted, self._pins.drive(pin, wanted))
        self._shown = self._state.shown()
        self._turn_at_s = at_s

    def _put_all(self, inputs: list[ButtonInput]) -> None:
        for taken in inputs:
            self._put(taken)
