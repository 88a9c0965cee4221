import pytest

from kanban_hardware.patlite import LA6, NH
from kanban_hardware.pattern import Pattern

RYG = ("red", "amber", "green")


def test_the_tiers_of_an_la6_are_in_the_order_of_the_file_and_the_rest_is_left_alone() -> None:
    patterns = {"green": Pattern.ON, "red": Pattern.SLOW}
    assert LA6.command(("green", "red", "amber"), patterns) == "/api/control?alert=120999"


def test_the_tiers_of_an_nh_have_their_places_by_colour() -> None:
    patterns = {"red": Pattern.FAST, "white": Pattern.DOUBLE}
    assert NH.command(("white", "red", "green"), patterns) == "/api/control?alert=290939"


def test_the_manuals_example_of_a_status_is_read_as_it_says() -> None:
    """LA6-POE Operation Manual, 5.1.8: eight inputs, the mode, five tiers, the buzzer."""
    status = bytes((1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 2, 1, 2, 1))
    shown = LA6.shown(("red", "amber", "green", "blue", "white"), status, {})
    assert shown == {
        "red": Pattern.ON,
        "amber": Pattern.ON,
        "green": Pattern.SLOW,
        "blue": Pattern.ON,
        "white": Pattern.SLOW,
    }


@pytest.mark.parametrize("pattern", Pattern)
@pytest.mark.parametrize("family", [LA6, NH])
def test_what_was_wanted_and_is_shown_is_read_as_wanted(family: object, pattern: Pattern) -> None:
    family = LA6 if family is LA6 else NH
    tiers = bytes([family.digits[pattern]] * 5)
    status = bytes(9) + tiers + bytes(1) if family is LA6 else tiers + bytes(1)
    wanted = dict.fromkeys(RYG, pattern)
    assert family.shown(RYG, status, wanted) == wanted


def test_an_nh_keeps_its_own_flashing_for_no_information() -> None:
    others = {NH.digits[pattern] for pattern in Pattern if pattern is not Pattern.DOUBLE}
    assert NH.digits[Pattern.DOUBLE] not in others


@pytest.mark.parametrize(
    ("status", "text"),
    [(b"\x15", "1 bytes, not 15"), (b"", "0 bytes"), (bytes(8) + b"\x01" + bytes(6), "smart mode")],
)
def test_a_status_that_says_nothing_is_an_error(status: bytes, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        LA6.shown(RYG, status, {})


def test_a_pattern_that_was_never_asked_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="pattern 7"):
        NH.shown(RYG, bytes((7, 0, 0, 0, 0, 0)), {})
