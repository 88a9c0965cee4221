"""What people tell a station's hardware or pages to do: to show which it is, or all its lamps in turn.

A command is no state: it is sent once and kept nowhere, so a station that is not there never hears of it.
"""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from kanban_protocol.messages import Command, CommandKind

# As long as a station shows it (`kanban_device.drill`): a page that asks later comes too late.
HOLDS_S = 10.0


@dataclass(frozen=True)
class Given:
    """A command, and when it was given, by the clock of its `Commands`."""

    command: Command
    at_s: float


class Commands:
    """Gives commands by `send`, which says whether the broker has it, and remembers them for pages to ask."""

    def __init__(
        self, send: Callable[[str, Command], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._send = send
        self._clock = clock
        self._lock = threading.Lock()
        self._given: dict[str, Given] = {}

    def give(self, station: str, kind: CommandKind) -> bool:
        """Whether the broker has it. That a station hears it, nobody can promise."""
        command = Command(v=1, id=str(uuid.uuid4()), command=kind)
        with self._lock:
            now_s = self._clock()
            held = {name: one for name, one in self._given.items() if now_s - one.at_s < HOLDS_S}
            self._given = {**held, station: Given(command, now_s)}
        return self._send(station, command)

    def latest(self, station: str) -> tuple[Command, float] | None:
        """The newest command to `station` while it holds, and how long ago it was given, seconds."""
        with self._lock:
            given = self._given.get(station)
            age_s = self._clock() - given.at_s if given is not None else HOLDS_S
        return (given.command, age_s) if given is not None and age_s < HOLDS_S else None
