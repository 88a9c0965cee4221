import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.labels.check import ALPHABET, card_of, check_characters, checked, is_checked
from kanban_hub.labels.errors import WrongCheckError
from kanban_hub.labels.reading import read

CARDS = st.from_regex(r"[a-z0-9-]{1,32}-[0-9]{4,6}", fullmatch=True)
PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))


def card_in(code: str) -> str | None:
    """The card that `code` means, however it is read."""
    try:
        return read(code).card
    except WrongCheckError:
        return None


def test_the_example_of_the_standard_has_its_check_characters() -> None:
    assert check_characters("ISO79") == "3W"


def test_a_number_is_printed_without_hyphens_and_needs_no_shifted_symbol() -> None:
    assert checked("bracket-0003") == "BRACKET.0003.N3"


@given(CARDS)
def test_what_is_printed_is_read_in_either_case(card: str) -> None:
    assert card_of(checked(card)) == card
    assert card_of(checked(card).lower()) == card
    assert set(checked(card)) <= set(ALPHABET)


@given(CARDS, st.data())
def test_every_wrong_character_is_found(card: str, data: st.DataObject) -> None:
    printed = checked(card)
    place = data.draw(st.integers(0, len(printed) - 1))
    wrong = data.draw(st.sampled_from(PRINTABLE).filter(lambda c: c.upper() != printed[place]))

    assert card_in(printed[:place] + wrong + printed[place + 1 :]) is None


@given(CARDS)
def test_every_swap_of_neighbours_is_found(card: str) -> None:
    printed = checked(card)
    for place in range(len(printed) - 1):
        swapped = printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]
        assert swapped == printed or card_in(swapped) is None, swapped


@pytest.mark.parametrize("left", string.ascii_uppercase)
def test_the_swaps_that_mod_37_36_misses_are_found(left: str) -> None:
    for right in ALPHABET:
        assert left == right or check_characters(left + right) != check_characters(right + left)


def test_a_number_with_dots_and_no_check_characters_is_no_card() -> None:
    assert not is_checked("bracket.0003")
    assert read("bracket.0003").card is None


def test_wrong_check_characters_say_what_to_do() -> None:
    with pytest.raises(WrongCheckError, match="scan again"):
        read("BRACKET.0003.N4")
