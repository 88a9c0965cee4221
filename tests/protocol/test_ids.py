import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_protocol import ids

GOOD_NAMES = ["a", "0", "paint", "castings-inc", "-", "a" * 32]
BAD_NAMES = [
    "",
    "A",
    "Paint",
    "a_b",
    "a b",
    "a/b",
    "+",
    "#",
    "$sys",
    "../a",
    "a\n",
    "\na",
    "ä",
    "１",  # noqa: RUF001 - a digit to str.isdigit(), not to us
    "a" * 33,
]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_is_lower_case_letters_digits_and_hyphens(name: str) -> None:
    assert ids.is_name(name)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_everything_else_is_no_name(name: str) -> None:
    assert not ids.is_name(name)


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(ids.NAME_PATTERN))
def test_the_function_and_the_pattern_of_the_schema_agree(text: str) -> None:
    assert ids.is_name(text) is (re.search(ids.NAME_PATTERN, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        (ids.NAME_PATTERN, "paint"),
        (ids.CARD_PATTERN, "bracket-0003"),
        (ids.CARD_PATTERN, "bracket-2-123456"),
        (ids.EPOCH_PATTERN, "9f2c61d0a7b34e55"),
        (ids.BOOT_PATTERN, "8f64b87a"),
        (ids.UUID_PATTERN, "0198f2c4-7c1e-7abc-8def-0123456789ab"),
    ],
)
def test_an_id_is_nothing_more_and_nothing_less(pattern: str, good: str) -> None:
    assert re.search(pattern, good)
    for bad in (good + "\n", "\n" + good, good + " ", good.upper(), good + "/", ""):
        assert not re.search(pattern, bad)


@pytest.mark.parametrize(
    "card", ["bracket", "bracket-", "bracket-1", "bracket-003", "-0003", "bracket-1234567"]
)
def test_a_card_is_a_loop_and_four_to_six_digits(card: str) -> None:
    assert not re.search(ids.CARD_PATTERN, card)


def test_every_pattern_of_an_id_is_in_the_set_that_the_codec_asks() -> None:
    patterns = {value for name, value in vars(ids).items() if name.endswith("_PATTERN")}
    assert patterns == ids.ID_PATTERNS
