"""The buzzer: tones as a table of sounding and silent times. Pure: time is passed in."""

from enum import StrEnum
from itertools import accumulate


class Tone(StrEnum):
    SHORT = "short"
    LONG = "long"
    DOUBLE = "double"


# Seconds sounding, silent, sounding …: short says stored, long says refused, double asks for the next press.
TIMES_S: dict[Tone, tuple[float, ...]] = {
    Tone.SHORT: (0.08,),
    Tone.LONG: (0.6,),
    Tone.DOUBLE: (0.08, 0.08, 0.08),
}


class Buzzer:
    """Sounds one tone; the next one replaces it, so the last answer is heard."""

    def __init__(self) -> None:
        self._changes_s: list[float] = []

    def beep(self, tone: Tone, at_s: float) -> None:
        """Start a tone at `at_s`."""
        self._changes_s = list(accumulate(TIMES_S[tone], initial=at_s))

    def level(self, at_s: float) -> bool:
        """Say whether the buzzer is to sound at `at_s`."""
        return sum(change <= at_s for change in self._changes_s) % 2 == 1

    def due_s(self, at_s: float) -> float | None:
        """When the level changes next, or None."""
        return next((change for change in self._changes_s if change > at_s), None)
