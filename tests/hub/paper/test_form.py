import pytest

from kanban_hub.paper.errors import NoRoomError
from kanban_hub.paper.form import CUT_SHEETS, FORMS, PAPERS, Grid, own_form, single, tiled

GRIDS = [tiled(form, paper) for form in FORMS.values() for paper in PAPERS.values()]


@pytest.mark.parametrize(
    ("form", "paper", "cells", "width"),
    [("a7", "a4", 8, 210), ("a6", "a4", 4, 297), ("card", "a4", 10, 210), ("a7", "letter", 6, 215.9)],
)
def test_a_sheet_holds_as_many_as_it_can(form: str, paper: str, cells: int, width: float) -> None:
    grid = tiled(FORMS[form], PAPERS[paper])

    assert (grid.cells, grid.paper.width) == (cells, width)


@pytest.mark.parametrize("grid", [*GRIDS, *CUT_SHEETS.values()], ids=str)
def test_no_cell_lies_over_the_edge_or_on_another(grid: Grid) -> None:
    assert grid.across >= grid.width
    assert grid.down >= grid.height
    for cell in range(grid.cells):
        x, y = grid.place(cell)
        assert x >= 0
        assert y >= 0
        assert x + grid.width <= grid.paper.width + 1e-9
        assert y + grid.height <= grid.paper.height + 1e-9


def test_cells_are_counted_as_people_read() -> None:
    grid = tiled(FORMS["a7"], PAPERS["a4"])

    assert [grid.place(cell) for cell in (0, 1, 2)] == [(0, 0.5), (105, 0.5), (0, 74.5)]


def test_a_card_of_two_sides_takes_the_place_of_two() -> None:
    grid = tiled(FORMS["card"], PAPERS["a4"], is_folded=True)

    assert (grid.width, grid.cells) == (170, 5)


def test_one_card_a_page_is_as_large_as_the_card() -> None:
    grid = single(FORMS["62x100"])

    assert (grid.paper.width, grid.paper.height, grid.cells) == (62, 100, 1)


def test_a_card_larger_than_the_paper_has_no_room() -> None:
    with pytest.raises(NoRoomError, match="300 × 300 mm"):
        tiled(own_form(300, 300), PAPERS["a4"])
    with pytest.raises(NoRoomError):
        own_form(39, 100)
