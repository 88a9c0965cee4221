"""The five lamp patterns, as a table of on and off times on one clock that all lamps share."""

from enum import StrEnum
from math import floor

TICK_S = 0.25
"""The grid of all changes. A quarter is exact in binary, so a change is never computed a hair too early."""


class Pattern(StrEnum):
    OFF = "off"
    SLOW = "slow"
    ON = "on"
    FAST = "fast"
    DOUBLE = "double"


# One character a tick: `#` lit, `.` dark. WCAG 2.3.1 allows three flashes in any second:
# fast has two (2 Hz), double two and a pause of 1.25 s, slow less than one (0.67 Hz).
# No two rows share the length of a dark time, so a sampled lamp tells its pattern.
TICKS: dict[Pattern, str] = {
    Pattern.OFF: ".",
    Pattern.SLOW: "###...",
    Pattern.ON: "#",
    Pattern.FAST: "#.",
    Pattern.DOUBLE: "#.#.....",
}


# As a lamp shows them that must not blink, as one on a relay: lit whenever it has something to say.
STEADY: dict[Pattern, Pattern] = {
    pattern: Pattern.OFF if pattern is Pattern.OFF else Pattern.ON for pattern in Pattern
}


def level(pattern: Pattern, clock_s: float) -> bool:
    """Say whether a lamp with this pattern is lit at `clock_s` of the shared clock, in seconds."""
    ticks = TICKS[pattern]
    return ticks[floor(clock_s / TICK_S) % len(ticks)] == "#"


def next_change(pattern: Pattern, clock_s: float) -> float | None:
    """The first time after `clock_s` at which the level differs, or None for a steady pattern."""
    ticks = TICKS[pattern]
    now = floor(clock_s / TICK_S)
    for tick in range(now + 1, now + len(ticks)):
        if ticks[tick % len(ticks)] != ticks[now % len(ticks)]:
            return tick * TICK_S
    return None
