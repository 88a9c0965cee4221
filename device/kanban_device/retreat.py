"""How much of a station runs after its last starts: a part that ends the program again and again is left off.

The count goes up before anything is set up and is forgotten when the program has run well for a while, as
ESPHome's safe mode does it; what is left off comes step by step, as in Tasmota. Pure.
"""

from enum import IntEnum
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

# More starts in a row without a good one, and a part is left off. A new release is given up after three.
STARTS_MOST = 5
GOOD_AFTER_S = 60.0
# How long it runs well with a part left off before the part is tried again: doubled each time that fails.
FIRST_CLIMB_S = 600.0
CLIMBS_DOUBLED = 3


class Level(IntEnum):
    """What is left off, each with all before it.

    First what comes from elsewhere and is plugged in and out: scanners with their drivers. Then everything
    that is not a lit button: it has pins, threads and addresses of its own, and a station can be worked
    without. At last the pins as a whole: the outbox is still delivered, and an update still comes in.
    """

    NOTHING = 0
    SCANNERS = 1
    EXTRAS = 2
    HARDWARE = 3

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    Level.NOTHING: "everything runs",
    Level.SCANNERS: "the scanners are left off",
    Level.EXTRAS: "all but the lit buttons and quality and help is left off",
    Level.HARDWARE: "all buttons, lamps and scanners are left off; the hub is still heard and told",
}
_ALWAYS = ("station", "mqtt", "hub")
_EXTRAS = ("stack", "network_lamp", "buzzer", "display")


class Starts(Struct, frozen=True, forbid_unknown_fields=True):
    """What is remembered of the starts of one release.

    `bad` are those in a row without a good one; `climbs` is how often less was left off, in vain so far.
    """

    release: Annotated[int, Meta(ge=0)] = 0
    bad: Annotated[int, Meta(ge=0, le=STARTS_MOST)] = 0
    level: Level = Level.NOTHING
    climbs: Annotated[int, Meta(ge=0)] = 0


def started(before: Starts, release: int) -> Starts:
    """One more start, which has to prove itself: to be remembered before anything else is done.

    Another release is a new beginning: it may have come to mend what makes this one fail.
    """
    if before.release != release:
        before = Starts(release)
    if before.bad < STARTS_MOST:
        return replace(before, bad=before.bad + 1)
    return replace(before, bad=1, level=Level(min(before.level + 1, Level.HARDWARE)))


def proved(now: Starts) -> Starts:
    """It has run well for `GOOD_AFTER_S`."""
    return replace(now, bad=0, climbs=0 if now.level is Level.NOTHING else now.climbs)


def climb_after_s(now: Starts) -> float | None:
    """How long to run well before one part more is tried; None where nothing is left off."""
    if now.level is Level.NOTHING:
        return None
    return FIRST_CLIMB_S * float(2 ** min(now.climbs, CLIMBS_DOUBLED))


def climbed(now: Starts) -> Starts:
    """One part more, on trial: a single bad start leaves it off again."""
    level = Level(max(now.level - 1, Level.NOTHING))
    return replace(now, bad=STARTS_MOST - 1, level=level, climbs=now.climbs + 1)


def without(data: dict[str, Any], level: Level) -> dict[str, Any]:
    """The content of a station's file without what is left off: its mistakes there do no harm then."""
    if level is Level.HARDWARE:
        return {**{table: data[table] for table in _ALWAYS if table in data}, "hardware": {}}
    hardware = data.get("hardware")
    if level is Level.NOTHING or not isinstance(hardware, dict):
        return data
    left_off = ("scanners", *(_EXTRAS if level >= Level.EXTRAS else ()))
    return {**data, "hardware": {key: value for key, value in hardware.items() if key not in left_off}}
