import logging

import pytest

from kanban_hardware.lamps import Lamps
from kanban_hardware.pattern import Pattern

PARTS = ("slot-1", "red", "amber", "green")


def wanted(lamps: Lamps) -> dict[str, Pattern]:
    return {part: lamp.pattern for part, lamp in lamps.by_part.items()}


def test_before_anything_is_known_every_lamp_says_so_and_green_is_dark() -> None:
    double = Pattern.DOUBLE
    assert wanted(Lamps(PARTS)) == {"slot-1": double, "red": double, "amber": double, "green": Pattern.OFF}


def test_a_state_is_whole_so_a_lamp_that_it_does_not_name_goes_off() -> None:
    lamps = Lamps(PARTS)
    lamps.show({"slot-1": Pattern.ON})
    lamps.show({"red": Pattern.FAST})
    assert wanted(lamps) == {part: Pattern.FAST if part == "red" else Pattern.OFF for part in PARTS}


def test_an_unknown_lamp_is_logged_once_and_the_others_are_shown(caplog: pytest.LogCaptureFixture) -> None:
    lamps = Lamps(PARTS)
    with caplog.at_level(logging.WARNING):
        lamps.show({"slot-7": Pattern.ON, "red": Pattern.ON})
        lamps.show({"slot-7": Pattern.ON, "red": Pattern.ON})
    assert len(caplog.records) == 1
    assert "slot-7" in caplog.text
    assert lamps.by_part["red"].pattern is Pattern.ON


def test_a_part_without_a_lamp_cannot_flutter_and_does_no_harm() -> None:
    lamps = Lamps(PARTS)
    lamps.flutter("quality", 1.0)
    assert wanted(lamps) == wanted(Lamps(PARTS))


def test_lamps_that_blink_alike_change_at_the_same_time() -> None:
    lamps = Lamps(PARTS)
    lamps.show(dict.fromkeys(PARTS, Pattern.SLOW))
    assert len({lamp.due_s(3.2) for lamp in lamps.by_part.values()}) == 1


def test_steady_lamps_are_never_due() -> None:
    lamps = Lamps(PARTS)
    lamps.show({"slot-1": Pattern.ON})
    assert lamps.due_s(1.0) is None
