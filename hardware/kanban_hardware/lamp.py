"""One lamp: pattern, flutter and read-back in, level out. Pure: time is passed in."""

from kanban_hardware import pattern as patterns
from kanban_hardware.pattern import Pattern

FLUTTER_S = (0.0, 0.1, 0.2, 0.3, 0.4)
"""Two flashes in 0.4 s: seen at a glance, and below the three a second of WCAG 2.3.1."""


class Lamp:
    """Blinks by the shared clock; a flutter lies over the pattern and starts with the opposite level.

    A lamp that must not blink shows each pattern but `off` as a steady light, and does not flutter.
    """

    def __init__(self, pattern: Pattern, *, blinks: bool = True) -> None:
        self.pattern = pattern
        self._blinks = blinks
        self._flutter_base = False
        self._flutter_s: tuple[float, ...] = ()
        self._refused: bool | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the pin did not take a level that it was driven to."""
        return self._refused is not None

    def flutter(self, at_s: float) -> None:
        """Flicker for 0.4 s: "stored here"."""
        if not self._blinks:
            return
        self._flutter_base = patterns.level(self.pattern, at_s)
        self._flutter_s = tuple(at_s + change for change in FLUTTER_S)

    def level(self, at_s: float) -> bool:
        """Say whether the lamp is to be lit at `at_s`."""
        changes = sum(change <= at_s for change in self._flutter_s)
        if 0 < changes < len(self._flutter_s):
            return self._flutter_base != (changes % 2 == 1)
        return patterns.level(self._drawn, at_s)

    def due_s(self, at_s: float) -> float | None:
        """When the level may change next, or None."""
        step_s = next((change for change in self._flutter_s if change > at_s), None)
        return patterns.next_change(self._drawn, at_s) if step_s is None else step_s

    @property
    def _drawn(self) -> Pattern:
        return self.pattern if self._blinks else patterns.STEADY[self.pattern]

    def follow(self, wanted: bool, actual: bool | None) -> None:
        """Take the read-back of a pin that was driven to `wanted`; None if that failed."""
        if actual != wanted:
            self._refused = wanted
        elif self._refused == wanted:
            self._refused = None

    def shown(self) -> Pattern:
        """What people see: the pattern if the pin follows it, otherwise the level the pin is stuck at.

        A pin that did not take a level counts as stuck at the other one until it has taken that
        level: a blinking lamp whose pin is stuck low agrees half of the time, yet shows `off`.
        """
        if self._refused is None:
            return self.pattern
        return Pattern.OFF if self._refused else Pattern.ON
