"""From single drawings to whole sheets: where each lies, where to begin on a used sheet, where to cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.paper.errors import TooManyError
from kanban_hub.paper.form import Grid
from kanban_hub.paper.shape import Drawing, Line, Shape, moved

DRAWINGS_MOST = 1_000
"""At once: hub and browser lay out so many in some seconds, and a large plant has fewer cards."""
COPIES_MOST = 20
_MARK_MM = 1.5


@dataclass(frozen=True)
class Imposition:
    """`start` is the first free cell of the first sheet, from 1. `copies` of each drawing lie together."""

    grid: Grid
    start: int = 1
    copies: int = 1
    has_marks: bool = True


def sheets(drawings: Sequence[Drawing], how: Imposition) -> list[Drawing]:
    """The sheets, each a drawing of the paper's size. A start behind the last cell begins a new sheet.

    Raises `TooManyError`.
    """
    check_many(len(drawings) * how.copies)
    grid, first = how.grid, (how.start - 1) % how.grid.cells
    cells: list[list[tuple[int, Drawing]]] = []
    for at, drawing in enumerate((one for one in drawings for _ in range(how.copies)), first):
        sheet, cell = divmod(at, grid.cells)
        if sheet == len(cells):
            cells.append([])
        cells[sheet].append((cell, drawing))
    return [_sheet(grid, placed, has_marks=how.has_marks) for placed in cells]


def check_many(many: int) -> None:
    """Raise `TooManyError` for more drawings than are made at once: ask before they are made."""
    if many > DRAWINGS_MOST:
        raise TooManyError(many, DRAWINGS_MOST)


def _sheet(grid: Grid, placed: list[tuple[int, Drawing]], *, has_marks: bool) -> Drawing:
    shapes: list[Shape] = []
    for cell, drawing in placed:
        shapes += moved(drawing.shapes, *grid.place(cell))
    if has_marks and not grid.is_cut:
        shapes += _marks(grid, [cell for cell, _ in placed])
    return Drawing(grid.paper.width, grid.paper.height, tuple(shapes))


def _marks(grid: Grid, cells: list[int]) -> list[Line]:
    """A small cross at each corner of the cells that are printed; what is beyond the paper is left out."""
    corners = sorted(
        {
            (x + right, y + down)
            for x, y in map(grid.place, cells)
            for right in (0, grid.width)
            for down in (0, grid.height)
        }
    )
    marks = []
    for x, y in corners:
        left, right = max(0, x - _MARK_MM), min(grid.paper.width, x + _MARK_MM)
        top, bottom = max(0, y - _MARK_MM), min(grid.paper.height, y + _MARK_MM)
        marks += [Line(left, y, right, y, 0.15), Line(x, top, x, bottom, 0.15)]
    return marks
