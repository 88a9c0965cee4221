from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kanban_hub.domain.entering import LINES_MOST
from kanban_hub.domain.records.sheet import Entry
from kanban_hub.web.paper.written import Written, lines_in, lines_of, moment_of, sheet_of, too_many

DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


def read(text: str, entry: Entry = Entry.PULL) -> list[Written]:
    return lines_in(text, entry, DAY, NOW)


@pytest.mark.parametrize(
    "line",
    [
        "09:40 BRACKET.0003.N3",
        "BRACKET.0003.N3 09:40",
        "9.40, BRACKET.0003.N3",
        "09:40;BRACKET.0003.N3",
        " 09:40\tBRACKET.0003.N3 ",
    ],
)
def test_a_time_stands_before_or_behind_the_card(line: str) -> None:
    assert read(line) == [Written(1, Entry.PULL, "2026-11-27T09:40", "BRACKET.0003.N3")]


def test_a_card_without_a_time_has_none() -> None:
    assert read("bracket-0003") == [Written(1, Entry.PULL, "", "bracket-0003")]


def test_a_time_still_to_come_was_the_day_before() -> None:
    assert read("22:15 a-0001")[0].at == "2026-11-26T22:15"


def test_a_date_in_the_line_is_taken_as_it_stands() -> None:
    assert read("2026-11-25 22:15 a-0001")[0].at == "2026-11-25T22:15"


def test_a_time_that_no_clock_shows_is_given_back() -> None:
    assert read("29:10 a-0001") == [Written(1, Entry.PULL, "29:10", "a-0001")]


def test_an_empty_line_keeps_its_number_as_on_paper() -> None:
    assert [line.line for line in read("a-0001\n\n\na-0002\n")] == [1, 4]


def test_a_command_says_what_the_next_line_is_and_is_none_itself() -> None:
    found = read("a-0001\nKSS:RECEIVE\na-0001\nkss:fail\na-0002\na-0003")

    assert [(line.line, line.entry) for line in found] == [
        (1, Entry.PULL),
        (2, Entry.RECEIVE),
        (3, Entry.FAIL),
        (4, Entry.PULL),
    ]


def test_a_label_with_its_separators_stays_whole() -> None:
    label = "[)>\x1e06\x1d15KBRACKET-0003\x1dQ15\x1e\x04"

    assert read(f"09:40 {label}")[0].code == label


@given(st.text(max_size=300))
def test_any_text_is_read_into_lines_with_numbers_that_a_sheet_has(text: str) -> None:
    for line in read(text):
        assert 1 <= line.line <= LINES_MOST
        assert 1 <= len(line.code) <= 128


def test_more_lines_than_a_sheet_has_are_noticed() -> None:
    assert not too_many("a-0001\n" * LINES_MOST)
    assert too_many("a-0001\n" * (LINES_MOST + 1))
    assert not too_many("KSS:RECEIVE\na-0001\n" * LINES_MOST)


def test_the_table_of_the_page_comes_back_as_it_was_sent() -> None:
    rows = [
        ("3", "receive", "2026-11-27T09:40", " a-0001 "),
        ("4", "nonsense", "", "b-0001"),
        ("4", "pull", "", "twice-0001"),
        ("x", "pull", "", "c-0001"),
        ("999", "pull", "", "c-0001"),
    ]
    names = ("line", "entry", "at", "code")
    form = MultiDict([(name, value) for row in rows for name, value in zip(names, row, strict=True)])

    assert lines_of(form) == [
        Written(3, Entry.RECEIVE, "2026-11-27T09:40", "a-0001"),
        Written(4, Entry.PULL, "", "b-0001"),
    ]


def test_times_are_those_of_the_plant_s_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert moment_of("2026-11-27T09:40", berlin) == moment_of("2026-11-27T08:40", UTC)
    assert moment_of("", berlin) is None
    with pytest.raises(ValueError, match="29:10"):
        moment_of("29:10", berlin)


@pytest.mark.parametrize(
    ("typed", "number"), [(" 7k3q9m ", "7K3Q9M"), ("", None), ("a b", None), ("x" * 25, None)]
)
def test_the_number_of_a_sheet_is_letters_and_digits(typed: str, number: str | None) -> None:
    assert sheet_of(typed) == number
