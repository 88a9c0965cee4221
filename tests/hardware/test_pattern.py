import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.pattern import TICK_S, Pattern, level, next_change

BLINKING = (Pattern.SLOW, Pattern.FAST, Pattern.DOUBLE)
clocks = st.floats(min_value=0, max_value=1e7, allow_nan=False)


def runs(pattern: Pattern, start_s: float) -> list[tuple[bool, int]]:
    """The lengths of the on and off times that an observer sees in 12 s, cut-off ends left away."""
    samples = [level(pattern, start_s + tick * TICK_S) for tick in range(48)]
    found: list[tuple[bool, int]] = []
    for sample in samples:
        if found and found[-1][0] is sample:
            found[-1] = (sample, found[-1][1] + 1)
        else:
            found.append((sample, 1))
    return found[1:-1]


def test_on_is_always_lit_and_off_never() -> None:
    assert all(level(Pattern.ON, tick * 0.1) for tick in range(100))
    assert not any(level(Pattern.OFF, tick * 0.1) for tick in range(100))
    assert next_change(Pattern.ON, 5.0) is None
    assert next_change(Pattern.OFF, 5.0) is None


@given(st.integers(min_value=0, max_value=10_000))
def test_the_on_and_off_times_alone_tell_the_pattern(start: int) -> None:
    seen = {pattern: frozenset(runs(pattern, start * TICK_S)) for pattern in BLINKING}
    assert seen[Pattern.SLOW] == {(True, 3), (False, 3)}
    assert seen[Pattern.FAST] == {(True, 1), (False, 1)}
    assert seen[Pattern.DOUBLE] == {(True, 1), (False, 1), (False, 5)}


@pytest.mark.parametrize("pattern", BLINKING)
def test_no_pattern_flashes_more_than_three_times_in_a_second(pattern: Pattern) -> None:
    lit = [level(pattern, tick * TICK_S) for tick in range(200)]
    flashes = [tick for tick in range(1, 200) if lit[tick] and not lit[tick - 1]]
    a_second = round(1 / TICK_S)
    assert all(sum(start <= flash < start + a_second for flash in flashes) <= 3 for start in range(200))


@given(st.sampled_from(BLINKING), clocks)
def test_the_level_stays_until_the_next_change_and_differs_then(pattern: Pattern, clock_s: float) -> None:
    change_s = next_change(pattern, clock_s)
    assert change_s is not None
    assert clock_s < change_s <= clock_s + 8 * TICK_S
    assert level(pattern, change_s) != level(pattern, clock_s)
    assert level(pattern, change_s - TICK_S / 2) == level(pattern, clock_s)


@given(clocks)
def test_lamps_with_the_same_pattern_blink_in_phase_whenever_they_began(clock_s: float) -> None:
    assert level(Pattern.SLOW, clock_s) == level(Pattern.SLOW, clock_s + 6 * TICK_S)
