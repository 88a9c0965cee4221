"""The eye that tells a lamp's pattern from its line: each is known, lateness forgiven, chaos not named."""

import time

import pytest

from kanban_hardware.pattern import TICK_S, Pattern, level
from tests.board import lamps
from tests.board.pl061 import Edge

BLINKING = (Pattern.SLOW, Pattern.FAST, Pattern.DOUBLE)


def _edges(pattern: Pattern, seconds: float, late_s: float = 0.0) -> list[Edge]:
    """What a lamp does for some seconds until now; every other change comes late."""
    began_s = time.monotonic() - seconds
    ticks = [level(pattern, tick * TICK_S) for tick in range(int(seconds / TICK_S))]
    changes = [tick for tick in range(1, len(ticks)) if ticks[tick] != ticks[tick - 1]]
    return [
        Edge(began_s + tick * TICK_S + late_s * (number % 2), ticks[tick])
        for number, tick in enumerate(changes)
    ]


@pytest.mark.parametrize("pattern", BLINKING)
@pytest.mark.parametrize("late_s", [0.0, TICK_S * 0.4])
@pytest.mark.parametrize("seconds", [5.0, 5.25, 5.5, 5.75, 6.0])
def test_each_blinking_is_told_wherever_one_looks_at_it(
    pattern: Pattern, late_s: float, seconds: float
) -> None:
    assert lamps.pattern(_edges(pattern, seconds, late_s)) is pattern


@pytest.mark.parametrize(("is_lit", "pattern"), [(True, Pattern.ON), (False, Pattern.OFF)])
def test_a_lamp_that_has_not_changed_for_two_seconds_is_steady(is_lit: bool, pattern: Pattern) -> None:
    assert lamps.pattern([Edge(time.monotonic() - 2.5, is_lit)]) is pattern


def test_one_period_is_not_enough_to_tell() -> None:
    assert lamps.pattern(_edges(Pattern.SLOW, 1.5)) is None


def test_a_lamp_that_blinks_unlike_any_pattern_is_not_named() -> None:
    now_s = time.monotonic()
    assert lamps.pattern([Edge(now_s - 0.5 * back, back % 2 == 0) for back in range(12, -1, -1)]) is None
