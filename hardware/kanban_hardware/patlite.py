"""How PATLITE's signal towers are spoken to: commands by HTTP, what they show by PNS. Pure.

Sources: LA6-POE Operation Manual, 5.1.8 "Status Acquisition Command" and 5.8 "HTTP Command Control";
NH-FV Series Instruction Manual, 8.1; NH Series User's Manual, 3.6 "PNS Command Reception Function".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import COLOURS

TIERS = 5
NO_CHANGE = "9"
"""Said to tiers that are not ours, and to the buzzer: the station has its own."""


@dataclass(frozen=True)
class Family:
    """One family of towers.

    `digits` is what a pattern is called, for towers know fewer than five; `is_fixed` whether a tier's
    place is given by its colour. A status is `status_bytes` long, its tiers begin at `first_tier`, and it
    counts only if the byte at `mode_at` is 0 (the tower's other mode plays stored sequences).
    """

    digits: Mapping[Pattern, int]
    is_fixed: bool
    request: bytes
    status_bytes: int
    first_tier: int
    mode_at: int | None = None

    def command(self, colours: tuple[str, ...], patterns: Mapping[str, Pattern]) -> str:
        """The path and query that have the tower show `patterns`."""
        tiers = [NO_CHANGE] * TIERS
        for place, colour in self._places(colours):
            tiers[place] = str(self.digits[patterns.get(colour, Pattern.OFF)])
        return "/api/control?" + urlencode({"alert": "".join(tiers) + NO_CHANGE})

    def shown(
        self, colours: tuple[str, ...], status: bytes, wanted: Mapping[str, Pattern]
    ) -> dict[str, Pattern]:
        """What a status says that each colour shows.

        A tower that shows what `wanted` is called shows it; else the first pattern of that name. Raises
        `ValueError` for a status that is none.
        """
        if len(status) != self.status_bytes:
            raise ValueError(f"its status has {len(status)} bytes, not {self.status_bytes}")
        if self.mode_at is not None and status[self.mode_at] != 0:
            raise ValueError("it runs in smart mode; set it to signal tower mode")
        told = {colour: status[self.first_tier + place] for place, colour in self._places(colours)}
        return {
            colour: self._pattern(digit, wanted.get(colour, Pattern.OFF)) for colour, digit in told.items()
        }

    def _places(self, colours: tuple[str, ...]) -> list[tuple[int, str]]:
        if self.is_fixed:
            return [(COLOURS.index(colour), colour) for colour in colours]
        return list(enumerate(colours))

    def _pattern(self, digit: int, wanted: Pattern) -> Pattern:
        if self.digits[wanted] == digit:
            return wanted
        named = [pattern for pattern, name in self.digits.items() if name == digit]
        if not named:
            raise ValueError(f"it shows a pattern {digit} that was never asked of it")
        return named[0]


# The LA6 has one way to flash.
LA6 = Family(
    digits={Pattern.OFF: 0, Pattern.ON: 1, Pattern.SLOW: 2, Pattern.FAST: 2, Pattern.DOUBLE: 2},
    is_fixed=False,
    request=b"AB" + bytes((0x47, 0, 0, 0)),
    status_bytes=15,
    first_tier=9,
    mode_at=8,
)
# The NH's flashing 1 is even; flashing 2 is two flashes and a pause, and stands for "no information" alone.
NH = Family(
    digits={Pattern.OFF: 0, Pattern.ON: 1, Pattern.SLOW: 2, Pattern.FAST: 2, Pattern.DOUBLE: 3},
    is_fixed=True,
    request=b"XX" + bytes((0x47, 0, 0, 0)),
    status_bytes=6,
    first_tier=0,
)
FAMILIES = {"la6": LA6, "nh": NH}
