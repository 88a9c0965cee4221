"""The port to a panel: buttons, lamps, buzzer and display, as `kanban_hardware.panel` has them."""

from collections.abc import Mapping
from typing import Protocol

from kanban_hardware.buzzer import Tone
from kanban_hardware.panel import Health
from kanban_hardware.pattern import Pattern


class Surface(Protocol):
    """All of it may be called from any thread and returns at once, `open` and `close` excepted.

    `health` tells its last turn by the clock of the station.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def show(self, patterns: Mapping[str, Pattern]) -> None: ...

    def flutter(self, part: str) -> None: ...

    def beep(self, tone: Tone) -> None: ...

    def write(self, lines: tuple[str, ...]) -> None: ...

    def shown(self) -> dict[str, Pattern]: ...

    def health(self) -> Health: ...
