import pytest

from kanban_hub.paper.document import Column, Foot, Section, pages
from kanban_hub.paper.form import PAPERS, Paper
from kanban_hub.paper.shape import Bars, Drawing, Text
from kanban_hub.paper.svg import svg
from tests.hub.paper.eyes import beyond, codes, drawn, overlaps

COLUMNS = (Column("Part", 40), Column("Card", 30), Column("To scan", 50, has_bars=True))
FOOT = Foot("plant, as of today", "%(number)s of %(count)s")


def section(rows: int, text: str = "Bracket, left") -> Section:
    made = tuple((text, f"BRACKET.{n:04d}.N3", f"BRACKET.{n:04d}.N3") for n in range(rows))
    return Section("Stock", ("Where the cards are",), COLUMNS, made, 12, empty="There is none.")


def texts(page: Drawing) -> list[str]:
    return [shape.text for shape in page.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("text", ["Bracket, left", "W" * 90, "左侧支架" * 20])
def test_nothing_lies_on_another_or_over_the_edge(paper: Paper, text: str) -> None:
    for page in pages([section(40, text)], paper, FOOT):
        assert overlaps(page) == []
        assert beyond(page) == []


def test_a_long_table_goes_on_with_its_head_on_the_next_page() -> None:
    made = pages([section(50)], PAPERS["a4"], FOOT)

    assert len(made) == 3
    assert all("Stock" in texts(page) and "Part" in texts(page) for page in made)
    assert [texts(page)[-1] for page in made] == ["1 of 3", "2 of 3", "3 of 3"]
    assert sum(isinstance(shape, Bars) for page in made for shape in page.shapes) == 50


def test_each_section_begins_a_page_of_its_own() -> None:
    assert len(pages([section(1), section(1), section(0)], PAPERS["a4"], FOOT)) == 3


def test_a_section_without_rows_says_so() -> None:
    (page,) = pages([section(0)], PAPERS["a4"], FOOT)

    assert "There is none." in texts(page)


def test_lines_to_write_on_are_numbered_and_have_room_for_a_hand() -> None:
    columns = (Column("Line", 10), Column("Time", 20), Column("Card", 80))
    (page,) = pages([Section("Sheet", (), columns, (), 11, 5, 20, (":", ""))], PAPERS["a4"], FOOT)

    assert [text for text in texts(page) if text.isdigit()] == [str(line) for line in range(1, 21)]


def test_the_bars_of_each_row_are_read_by_a_reader_of_others() -> None:
    (page,) = pages([section(6)], PAPERS["a4"], FOOT)

    assert codes(drawn(svg(page))) == {f"BRACKET.{n:04d}.N3" for n in range(6)}
