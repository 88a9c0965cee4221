from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.lamp import Lamp
from kanban_hardware.pattern import Pattern, level

patterns = st.sampled_from(Pattern)
clocks = st.floats(min_value=0, max_value=1e6)


def levels(lamp: Lamp, at_s: float, until_s: float) -> list[bool]:
    """The levels one after the other, found by following `due_s` as the panel does."""
    found = [lamp.level(at_s)]
    while (due_s := lamp.due_s(at_s)) is not None and due_s < until_s:
        assert due_s > at_s
        at_s = due_s
        if lamp.level(at_s) != found[-1]:
            found.append(lamp.level(at_s))
    return found


def test_a_dark_lamp_flutters_by_two_flashes() -> None:
    lamp = Lamp(Pattern.OFF)
    lamp.flutter(1.0)
    assert levels(lamp, 1.0, 9.0) == [True, False, True, False]


def test_a_lit_lamp_flutters_by_two_dark_times() -> None:
    lamp = Lamp(Pattern.ON)
    lamp.flutter(1.0)
    assert levels(lamp, 1.0, 9.0) == [False, True, False, True]


@given(patterns, clocks)
def test_a_flutter_is_seen_at_once_and_over_after_half_a_second(pattern: Pattern, at_s: float) -> None:
    lamp = Lamp(pattern)
    lamp.flutter(at_s)
    assert lamp.level(at_s) != level(pattern, at_s)
    assert lamp.level(at_s + 0.5) == level(pattern, at_s + 0.5)


@given(patterns, clocks, st.booleans())
def test_between_two_dues_the_level_does_not_change(
    pattern: Pattern, at_s: float, is_fluttering: bool
) -> None:
    lamp = Lamp(pattern)
    if is_fluttering:
        lamp.flutter(at_s)
    due_s = lamp.due_s(at_s)
    end_s = at_s + 3 if due_s is None else due_s
    between = [at_s + (end_s - at_s) * part / 10 for part in range(10)]
    assert {lamp.level(instant) for instant in between if instant < end_s} == {lamp.level(at_s)}


def test_a_lamp_that_follows_shows_its_pattern() -> None:
    lamp = Lamp(Pattern.SLOW)
    lamp.follow(wanted=True, actual=True)
    lamp.follow(wanted=False, actual=False)
    assert lamp.shown() is Pattern.SLOW
    assert not lamp.is_failing


def test_a_blinking_lamp_stuck_low_shows_off_even_while_it_should_be_dark() -> None:
    lamp = Lamp(Pattern.SLOW)
    lamp.follow(wanted=True, actual=False)
    lamp.follow(wanted=False, actual=False)
    assert lamp.shown() is Pattern.OFF
    assert lamp.is_failing


def test_a_lamp_stuck_high_shows_on() -> None:
    lamp = Lamp(Pattern.OFF)
    lamp.follow(wanted=False, actual=True)
    assert lamp.shown() is Pattern.ON


def test_a_lamp_whose_pin_cannot_be_driven_to_light_shows_off() -> None:
    lamp = Lamp(Pattern.ON)
    lamp.follow(wanted=True, actual=None)
    assert lamp.shown() is Pattern.OFF


def test_a_lamp_shows_its_pattern_again_when_it_takes_the_level_that_it_refused() -> None:
    lamp = Lamp(Pattern.SLOW)
    lamp.follow(wanted=True, actual=False)
    lamp.follow(wanted=True, actual=True)
    assert lamp.shown() is Pattern.SLOW


@given(patterns, clocks)
def test_a_lamp_on_a_relay_is_steady_and_does_not_flutter(pattern: Pattern, at_s: float) -> None:
    lamp = Lamp(pattern, blinks=False)
    lamp.flutter(at_s)
    assert levels(lamp, at_s, at_s + 9.0) == [pattern is not Pattern.OFF]
    assert lamp.due_s(at_s + 1.0) is None
    lamp.follow(wanted=True, actual=True)
    assert lamp.shown() is pattern, "it shows the pattern in its own way, and the hub has nothing to alarm of"
    lamp.follow(wanted=True, actual=False)
    assert lamp.shown() is Pattern.OFF
