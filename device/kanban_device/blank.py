"""A panel with nothing on it: for a station of which all hardware is left off."""

from collections.abc import Callable, Mapping

from kanban_hardware.buzzer import Tone
from kanban_hardware.panel import Health
from kanban_hardware.pattern import Pattern


class Blank:
    """Implements `Surface`. It shows nothing and says so: the hub finds its lamps missing."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def open(self) -> None: ...

    def close(self) -> None: ...

    def show(self, patterns: Mapping[str, Pattern]) -> None: ...

    def flutter(self, part: str) -> None: ...

    def beep(self, tone: Tone) -> None: ...

    def write(self, lines: tuple[str, ...]) -> None: ...

    def shown(self) -> dict[str, Pattern]:
        return {}

    def health(self) -> Health:
        return Health(
            alive=True,
            turn_at_s=self._clock(),
            hears_edges=True,
            stuck=[],
            scanners_lost=[],
            lamps_failing=[],
            pins_failing=[],
            edges_missed=0,
            edges_dropped=0,
        )
