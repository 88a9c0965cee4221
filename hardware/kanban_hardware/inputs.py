"""What people and scanners did: the values that the panel puts on the station's queue.

`part` is "slot-1" … "slot-8", "quality" or "help"; every `at_s` is the monotonic clock given to the panel.
"""

from dataclasses import dataclass
from enum import StrEnum


class StuckReason(StrEnum):
    CLOSED = "closed"
    CHATTER = "chatter"


class UnreadableReason(StrEnum):
    TOO_LONG = "too_long"
    INCOMPLETE = "incomplete"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Pressed:
    """A button went down. Each one is followed by exactly one Released."""

    part: str
    at_s: float


@dataclass(frozen=True)
class Held:
    """A button has been down for the hold time; reported once a press."""

    part: str
    at_s: float
    pressed_at_s: float


@dataclass(frozen=True)
class Released:
    part: str
    at_s: float


@dataclass(frozen=True)
class Stuck:
    """A button is of no use: closed at the start, closed too long, or chattering. Freed ends it."""

    part: str
    at_s: float
    reason: StuckReason = StuckReason.CLOSED


@dataclass(frozen=True)
class Freed:
    part: str
    at_s: float


@dataclass(frozen=True)
class Scanned:
    """A scanner read a code; AIM prefix, terminator and outer blanks are gone, GS, RS and EOT are kept."""

    code: str
    at_s: float


@dataclass(frozen=True)
class Unreadable:
    reason: UnreadableReason
    at_s: float


@dataclass(frozen=True)
class Lost:
    """A part is absent, was unplugged or does not answer: "scanner-1" …, in the order of the wiring,
    "display" or "network-lamp". Found ends it.
    """

    part: str
    at_s: float


@dataclass(frozen=True)
class Found:
    """A lost part answers again."""

    part: str
    at_s: float


ButtonInput = Pressed | Held | Released | Stuck | Freed
PartInput = Lost | Found
ScannerInput = Scanned | Unreadable | PartInput
Input = ButtonInput | ScannerInput
