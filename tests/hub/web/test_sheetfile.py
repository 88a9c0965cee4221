import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.web.sheetfile import lines

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_text_is_taken_for_a_formula(sign: str) -> None:
    (_, line) = lines(["a"], [[f"{sign}cmd|' /C calc'!A0"]])

    assert next(csv.reader(io.StringIO(line, newline="")))[0].startswith(f"'{sign}")


def test_a_number_below_zero_stays_a_number() -> None:
    assert list(lines(["a", "b"], [[-1.5, -2]])) == ["a,b\r\n", "-1.5,-2\r\n"]


def test_nothing_truth_and_lists_have_a_form() -> None:
    assert list(lines(list("abc"), [[None, True, [3, 4]]]))[1] == ",true,3 4\r\n"


def test_commas_quotes_and_line_ends_are_quoted_as_the_rfc_says() -> None:
    (_, line) = lines(["a", "b"], [['left, "wide"', "two\r\nlines"]])

    assert line == '"left, ""wide""","two\r\nlines"\r\n'


@given(st.lists(ANY_TEXT, min_size=2, max_size=4))
def test_what_is_written_is_read_again_but_for_the_guard(cells: list[str]) -> None:
    (_, line) = lines(["x"] * len(cells), [cells])

    (read,) = csv.reader(io.StringIO(line, newline=""))
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in cells]
