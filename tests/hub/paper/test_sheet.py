import pytest

from kanban_hub.paper.errors import TooManyError
from kanban_hub.paper.form import CUT_SHEETS, FORMS, PAPERS, single, tiled
from kanban_hub.paper.shape import Drawing, Line, Text
from kanban_hub.paper.sheet import Imposition, sheets

A7 = tiled(FORMS["a7"], PAPERS["a4"])


def cards(many: int) -> list[Drawing]:
    return [Drawing(105, 74, (Text(1, 2, 3, 4, str(n)),)) for n in range(many)]


def texts(sheet: Drawing) -> list[tuple[float, float, str]]:
    return [(shape.x, shape.y, shape.text) for shape in sheet.shapes if isinstance(shape, Text)]


def test_cards_fill_a_sheet_and_go_on_on_the_next() -> None:
    made = sheets(cards(9), Imposition(A7))

    assert [len(texts(sheet)) for sheet in made] == [8, 1]
    assert texts(made[0])[:3] == [(1, 2.5, "0"), (106, 2.5, "1"), (1, 76.5, "2")]
    assert (made[0].width, made[0].height) == (210, 297)


def test_a_used_sheet_is_begun_where_it_is_free() -> None:
    made = sheets(cards(2), Imposition(A7, start=8))

    assert [texts(sheet)[0][:2] for sheet in made] == [(106, 224.5), (1, 2.5)]


def test_copies_of_a_card_lie_together() -> None:
    (sheet,) = sheets(cards(2), Imposition(A7, copies=3))

    assert [text for _, _, text in texts(sheet)] == ["0", "0", "0", "1", "1", "1"]


def test_marks_stand_at_each_corner_of_what_is_printed_and_nowhere_beyond_the_paper() -> None:
    (sheet,) = sheets(cards(1), Imposition(A7))

    marks = [shape for shape in sheet.shapes if isinstance(shape, Line)]
    assert len(marks) == 8
    assert all(0 <= mark.x <= mark.to_x <= 210 and 0 <= mark.y <= mark.to_y <= 297 for mark in marks)
    (plain,) = sheets(cards(1), Imposition(A7, has_marks=False))
    assert len(plain.shapes) == 1


@pytest.mark.parametrize("grid", [CUT_SHEETS["l7165"], single(FORMS["a7"])])
def test_what_is_cut_already_gets_no_marks(grid: object) -> None:
    (sheet,) = sheets(cards(1), Imposition(grid))  # type: ignore[arg-type]

    assert len(sheet.shapes) == 1


def test_so_many_that_a_browser_would_stand_still_are_refused() -> None:
    with pytest.raises(TooManyError, match="1010 of at most 1000"):
        sheets(cards(101), Imposition(A7, copies=10))
