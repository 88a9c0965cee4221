"""The buzzer: tones as a table of sounding and silent times, and of pitches. Pure: time is passed in."""

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

# What a passive buzzer is driven with, hertz: low says refused, high asks. They lie above the noise of
# most machines, below the 10 kHz that lgpio's software PWM can do, and a fifth or more apart, so that they
# are told apart where their lengths are not.
PITCHES_HZ: dict[Tone, int] = {Tone.SHORT: 2000, Tone.LONG: 1200, Tone.DOUBLE: 3200}


class Buzzer:
    """Sounds one tone; the next one replaces it, so the last answer is heard."""

    def __init__(self) -> None:
        self._changes_s: list[float] = []
        self._tone = Tone.SHORT

    def beep(self, tone: Tone, at_s: float) -> None:
        """Start a tone at `at_s`."""
        self._tone = tone
        self._changes_s = list(accumulate(TIMES_S[tone], initial=at_s))

    def level(self, at_s: float) -> bool:
        """Say whether the buzzer is to sound at `at_s`."""
        return sum(change <= at_s for change in self._changes_s) % 2 == 1

    def pitch_hz(self, at_s: float) -> int:
        """The frequency that a passive buzzer is to sound with at `at_s`; 0 for silence."""
        return PITCHES_HZ[self._tone] if self.level(at_s) else 0

    def due_s(self, at_s: float) -> float | None:
        """When the level changes next, or None."""
        return next((change for change in self._changes_s if change > at_s), None)
