import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanban_hub.labels.errors import BrokenLabelError, LabelError
from kanban_hub.labels.label import Form, Label
from kanban_hub.labels.reading import read
from kanban_protocol.ids import CARD_PATTERN

CODES = st.text(st.characters(codec="ascii"), max_size=220)
STARTS = st.sampled_from(["[)>\x1e06\x1d", "[)>", "15K", "01", "(01)", "]C1", "", "00", "BRACKET.0003."])


@pytest.mark.parametrize("code", ["bracket-0003", " BRACKET-0003 ", "Bracket-0003"])
def test_the_plain_card_number_stays_good(code: str) -> None:
    assert read(code).form is Form.CARD
    assert read(code).card == "bracket-0003"


@pytest.mark.parametrize(
    "tag", ["04A1B2C3D4E5F6", "0012345678", "E2000017221101441890ABCD", "303400000000000000000001"]
)
def test_the_number_of_an_rfid_tag_is_a_text_that_can_be_bound_to_a_card(tag: str) -> None:
    """ISO 14443 UID, EM4100 in ten digits, TID and EPC of UHF tags, as readers send them."""
    assert read(tag) == Label(Form.TEXT, tag)


@given(st.from_regex(CARD_PATTERN))
def test_every_card_number_of_the_contract_is_a_card_number_here(card: str) -> None:
    assert read(card).card == card or read(card).gtin


@pytest.mark.parametrize("code", ["KB10", "bracket-000", "bracket-00000011", "bracket", "100%", "KSS:FAIL"])
def test_a_code_in_no_known_form_is_a_text(code: str) -> None:
    assert read(code) == Label(Form.TEXT, code)


@pytest.mark.parametrize("code", ["", "  ", "a\nb", "ä", "\x00", "x" * 201, "\x1d"])
def test_what_no_scanner_sends_is_refused(code: str) -> None:
    with pytest.raises(BrokenLabelError):
        read(code)


@given(st.builds(str.__add__, STARTS, CODES | st.text(max_size=20)))
@example("(01)" * 30)
@example("]C1")
def test_reading_is_total(code: str) -> None:
    try:
        said = read(code).text
    except LabelError as error:
        said = str(error) if error.code.isprintable() else ""
    assert said
