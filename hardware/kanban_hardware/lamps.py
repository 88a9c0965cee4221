"""All lamps of a panel by their parts, whole state at a time. Pure: time is passed in."""

import logging
from collections.abc import Container, Iterable, Mapping

from kanban_hardware.lamp import Lamp
from kanban_hardware.pattern import Pattern

log = logging.getLogger(__name__)


# Green says "nothing waits, and I know it": never without information, not even blinking. Blue and white
# say what only the station itself can know, and before its first word there is nothing.
DARK_AT_START = frozenset({"green", "blue", "white"})


def at_start(part: str) -> Pattern:
    """What a lamp shows before the first state."""
    return Pattern.OFF if part in DARK_AT_START else Pattern.DOUBLE


class Lamps:
    """Until the first `show`, a panel shows what it knows: nothing. A dark lamp would say "nothing asked"."""

    def __init__(self, parts: Iterable[str], steady: Container[str] = ()) -> None:
        """`steady` are the parts that must not blink."""
        self.by_part = {part: Lamp(at_start(part), blinks=part not in steady) for part in parts}
        self._unknown: set[str] = set()

    @property
    def failing(self) -> list[str]:
        return [part for part, lamp in self.by_part.items() if lamp.is_failing]

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        """Take the whole state: a lamp that is not named goes off; a name without a lamp is logged once."""
        for part, lamp in self.by_part.items():
            lamp.pattern = patterns.get(part, Pattern.OFF)
        for part in set(patterns) - set(self.by_part) - self._unknown:
            self._unknown.add(part)
            log.warning("No lamp %r is wired here; its pattern is not shown.", part)

    def flutter(self, part: str, at_s: float) -> None:
        """Flicker one lamp; a part without a lamp, as the quality button, has nothing to flicker."""
        if part in self.by_part:
            self.by_part[part].flutter(at_s)

    def due_s(self, at_s: float) -> float | None:
        """When the next lamp may change, or None."""
        dues = [due for lamp in self.by_part.values() if (due := lamp.due_s(at_s)) is not None]
        return min(dues, default=None)
