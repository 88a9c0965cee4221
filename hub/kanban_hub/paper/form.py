"""Sizes: of a card, of the sheet that it is printed on, and of sheets that are cut already. All in mm."""

from dataclasses import dataclass

from kanban_hub.paper.errors import NoRoomError

LEAST_MM, MOST_MM = 40.0, 300.0
"""Of a size that somebody types in."""


@dataclass(frozen=True)
class Form:
    """The size of one card. `words` name it for people."""

    id: str
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Paper:
    id: str
    width: float
    height: float
    words: str

    def turned(self) -> "Paper":
        return Paper(self.id, self.height, self.width, self.words)


@dataclass(frozen=True)
class Grid:
    """Where cells lie on a sheet. `left` and `top` are the first one's, `across` and `down` from one to the
    next. `is_cut`: the sheet comes with its labels cut.
    """

    paper: Paper
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    across: float
    down: float
    is_cut: bool = False

    @property
    def cells(self) -> int:
        return self.columns * self.rows

    def place(self, cell: int) -> tuple[float, float]:
        """The upper left corner of a cell, counted from 0 as people read."""
        row, column = divmod(cell, self.columns)
        return self.left + column * self.across, self.top + row * self.down


# A6 and A7 by ISO 216, across; 85 × 54 is the plastic card of ISO/IEC 7810 (ID-1), in whole millimetres.
FORMS = {
    form.id: form
    for form in (
        Form("a7", 105, 74, "A7"),
        Form("a6", 148, 105, "A6"),
        Form("card", 85, 54, "85 × 54 mm"),
        Form("100x150", 100, 150, "100 × 150 mm"),
        Form("62x100", 62, 100, "62 × 100 mm"),
    )
}
PAPERS = {paper.id: paper for paper in (Paper("a4", 210, 297, "A4"), Paper("letter", 215.9, 279.4, "Letter"))}
# Sheets of labels by their makers' numbers (Avery Zweckform), each with its own size of label.
CUT_SHEETS = {
    "l7165": Grid(PAPERS["a4"], 99.1, 67.7, 2, 4, 4.65, 13.1, 101.6, 67.7, is_cut=True),
    "l7173": Grid(PAPERS["a4"], 99.1, 57.0, 2, 5, 4.65, 6.0, 101.6, 57.0, is_cut=True),
}


def own_form(width: float, height: float) -> Form:
    """A size that is not in the table. Raises `NoRoomError` when nothing can be printed in it."""
    if not (LEAST_MM <= width <= MOST_MM and LEAST_MM <= height <= MOST_MM):
        raise NoRoomError(width, height)
    return Form("own", width, height, f"{width:g} × {height:g} mm")


def single(form: Form, *, is_folded: bool = False) -> Grid:
    """One card a page: a roll, or a tray of cards."""
    width = form.width * (2 if is_folded else 1)
    paper = Paper(form.id, width, form.height, form.words)
    return Grid(paper, width, form.height, 1, 1, 0, 0, width, form.height, is_cut=True)


def tiled(form: Form, paper: Paper, *, is_folded: bool = False) -> Grid:
    """As many as the paper holds, in its middle, the paper turned when it then holds more.

    Raises `NoRoomError` when it holds none.
    """
    width = form.width * (2 if is_folded else 1)
    found = max((_tiled(width, form.height, one) for one in (paper, paper.turned())), key=lambda g: g.cells)
    if not found.cells:
        raise NoRoomError(width, form.height)
    return found


def _tiled(width: float, height: float, paper: Paper) -> Grid:
    columns, rows = int(paper.width // width), int(paper.height // height)
    left, top = (paper.width - columns * width) / 2, (paper.height - rows * height) / 2
    return Grid(paper, width, height, columns, rows, left, top, width, height)
