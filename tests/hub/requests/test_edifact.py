from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.requests.edifact import Envelope, interchange, pieces, segment
from tests.hub.requests.reader import segments

ENVELOPE = Envelope("plant", "castings-inc", "42", 1_795_446_074_123)
LATIN = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20)


def test_an_empty_end_is_left_out_and_an_empty_middle_is_not() -> None:
    assert segment("NAD", "BY", ("plant", "", "92"), "", "") == "NAD+BY+plant::92'"
    assert segment("SEQ", "", 1) == "SEQ++1'"
    assert segment("UNS") == "UNS'"


def test_the_signs_of_the_syntax_are_released() -> None:
    assert segment("IMD", "what? 3:1 + 'x'") == "IMD+what?? 3?:1 ?+ ?'x?''"


@given(st.lists(st.lists(LATIN.filter(bool), min_size=1, max_size=3), min_size=1, max_size=4))
def test_what_is_written_is_read(elements: list[list[str]]) -> None:
    written = interchange(ENVELOPE, "DELJIT:D:97A:UN", [segment("XYZ", *elements)])

    assert segments(written)[2] == [["XYZ"], *elements]


@given(st.text(max_size=60))
def test_every_text_fits_the_character_set(text: str) -> None:
    written = interchange(ENVELOPE, "DELJIT:D:97A:UN", [segment("FTX", text)])

    assert len(segments(written)) == 5


def test_letters_outside_the_character_set_lose_their_marks() -> None:
    assert pieces("Škoda Überzug 塗\x85\n", 1) == ["Skoda Überzug ..."]


def test_a_long_name_is_cut_into_elements() -> None:
    assert pieces("x" * 80, 2) == ["x" * 35, "x" * 35]


def test_the_envelope_counts_and_refers() -> None:
    unb, unh, _, unt, unz = segments(interchange(ENVELOPE, "DELJIT:D:97A:UN", ["BGM+242'"]))

    assert unb[1:6] == [["UNOC", "3"], ["plant", "ZZ"], ["castings-inc", "ZZ"], ["261123", "1501"], ["42"]]
    assert unh == [["UNH"], ["1"], ["DELJIT", "D", "97A", "UN"]]
    assert unt == [["UNT"], ["3"], ["1"]]
    assert unz == [["UNZ"], ["1"], unb[5]]
