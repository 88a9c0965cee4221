"""The lines of a display: said in the station's language, never longer than the contract allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.displaytext import NAME_COLUMNS, TEXT_MOST, answer, columns, cut, text, texts
from kanban_hub.domain.displayline import DisplayLine, Says
from kanban_hub.domain.lamps import Lamps, Pattern, Stack
from kanban_hub.domain.outcome import says
from kanban_hub.language import speaking
from kanban_hub.planttables import Language
from kanban_hub.pseudo import FIRST
from kanban_hub.pseudo import LANGUAGE as PSEUDO
from kanban_protocol.catalogue import LANGUAGES
from kanban_protocol.refusals import TEXTS

NUMBERS = st.integers(0, 100_000)
LINES = st.builds(
    DisplayLine,
    st.just(1),
    st.text(max_size=80),
    st.sampled_from(Says),
    *([NUMBERS] * 5),
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (DisplayLine(1, "Bracket", Says.SUSPECT, 2), "Bracket: 2 suspect, do not use"),
        (DisplayLine(1, "Bracket", Says.ASKED, 3, 10), "Bracket: 3 asked, oldest 10 min"),
        (DisplayLine(1, "Bracket", Says.ASKED, 3, 0), "Bracket: 3 asked, oldest < 1 min"),
        (
            DisplayLine(1, "Bracket", Says.PROMISED, 1, 60, ready_in_min=120),
            "Bracket: 1 asked, oldest 1 h, ready in 2 h",
        ),
        (DisplayLine(1, "Bracket", Says.LATE, 1, 5), "Bracket: 1 asked, oldest 5 min, promise is late"),
        (
            DisplayLine(1, "Bracket", Says.BOTH, 3, 5, collected=1, batch=3),
            "Bracket: 3 asked, oldest 5 min; 1 of 3 collected",
        ),
        (DisplayLine(1, "Bracket", Says.COLLECTING, collected=2, batch=3), "Bracket: 2 of 3 collected"),
        (DisplayLine(1, "Bracket", Says.COMING, 2), "Bracket: 2 on the way"),
        (DisplayLine(1, "Bracket", Says.ALL_FULL), "Bracket: all full"),
        (DisplayLine(1, "Bracket", Says.NOTHING_ASKED), "Bracket: nothing asked"),
    ],
)
def test_every_line_is_said_as_a_sentence(line: DisplayLine, said: str) -> None:
    assert text(line) == said


@given(line=LINES, language=st.sampled_from([*LANGUAGES, PSEUDO]))
def test_no_line_is_longer_than_the_contract_whatever_it_says(line: DisplayLine, language: str) -> None:
    with speaking(language):
        assert len(text(line)) <= TEXT_MOST


@given(name=st.text(max_size=60), most=st.integers(1, 40))
def test_a_name_is_cut_to_its_columns_and_says_so(name: str, most: int) -> None:
    made = cut(name, most)

    assert columns(made) <= most
    assert made == name or made.endswith("…")


def test_a_chinese_sign_takes_two_columns() -> None:
    name = "支架" * 10  # 40 columns
    assert columns(name) == 40
    assert cut(name, NAME_COLUMNS) == "支架" * 7 + "支…"
    assert columns("e\u0301") == 1


def test_what_does_not_fit_is_cut_off_the_name_and_never_off_a_number() -> None:
    line = DisplayLine(1, "A very long name of an item " * 3, Says.BOTH, 12, 55, 0, 7, 9)

    said = text(line)

    assert said.startswith("A very long name of an item")
    assert said.endswith("…: 12 asked, oldest 55 min; 7 of 9 collected")


def test_the_display_speaks_the_language_of_its_lamps() -> None:
    stack = Stack(Pattern.OFF, Pattern.OFF, Pattern.ON)
    lamps = Lamps({1: Pattern.OFF}, stack, (DisplayLine(1, "Bracket", Says.ALL_FULL),), PSEUDO)

    assert texts(lamps)[1].startswith(FIRST)
    assert text(lamps.display[0]) == "Bracket: all full"  # and nobody else does


def test_the_plants_file_knows_the_same_languages() -> None:
    assert {language.value for language in Language} == set(LANGUAGES)


def test_an_answer_is_said_in_the_language_of_the_station() -> None:
    said = says("Already asked for: %(away)s of %(all)s on the way", away=4, all=4)

    assert str(said) == answer(said, "en") == "Already asked for: 4 of 4 on the way"
    assert answer(said, PSEUDO).startswith(FIRST)
    assert "4" in answer(said, PSEUDO)


def test_every_refusal_fits_a_display_in_every_language() -> None:
    for language in LANGUAGES:
        for refusal in TEXTS.values():
            assert len(answer(says(refusal), language)) <= TEXT_MOST
