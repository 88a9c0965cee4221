"""Documents of tables on paper: each section begins a page of its own, so that it can be handed on alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanban_hub.paper.code import BARS_QUIET, MODULE_MOST_MM, bars_modules
from kanban_hub.paper.fitting import LINE, Row, stacked
from kanban_hub.paper.form import Paper
from kanban_hub.paper.letters import width_em
from kanban_hub.paper.shape import Bars, Drawing, Line, Shape

_MARGIN_MM = 12.0
_GAP_MM = 2.0
_TITLE_MM, _NOTE_MM, _LEAST_MM = 7.0, 3.6, 2.2
_HEAD_MM = 8.0
_FOOT_MM = 6.0
_BARS_SHARE = 0.72
"""Of a row's height: white above and below keeps a scanner from reading two rows as one."""


@dataclass(frozen=True)
class Column:
    """`share` of the width. `is_data`: what stands in it is names and numbers. `has_bars`: as Code 128."""

    title: str
    share: float
    is_data: bool = True
    has_bars: bool = False


@dataclass(frozen=True)
class Section:
    """`row_mm` is the height of each row, `text_mm` of its letters. A `form` is what stands in each of the
    `lines` numbered rows that are there to be written on, between upright lines.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_mm: float = 9.0
    text_mm: float = 3.4
    lines: int = 0
    form: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True)
class Foot:
    """What stands at the bottom of each page. `page` has the places `number` and `count`."""

    left: str
    page: str


def pages(sections: Sequence[Section], paper: Paper, foot: Foot) -> list[Drawing]:
    """The whole document."""
    found = [shapes for section in sections for shapes in _pages(section, paper)]
    return [
        Drawing(paper.width, paper.height, (*shapes, *_foot(paper, foot, number, len(found))))
        for number, shapes in enumerate(found, 1)
    ]


def _pages(section: Section, paper: Paper) -> Iterator[list[Shape]]:
    rows = [*section.rows, *((str(line), *section.form) for line in range(1, section.lines + 1))]
    head, top = _head(section, paper)
    room = paper.height - top - _HEAD_MM - _MARGIN_MM - _FOOT_MM
    many = max(1, int(room // section.row_mm))
    for first in range(0, max(1, len(rows)), many):
        yield [*head, *_table(section, rows[first : first + many], paper, top)]


def _head(section: Section, paper: Paper) -> tuple[list[Shape], float]:
    inside = paper.width - 2 * _MARGIN_MM
    title = stacked([Row(section.title, _TITLE_MM, is_bold=True)], _MARGIN_MM, _MARGIN_MM, inside, 10)
    rows = [Row(note, _NOTE_MM, 2, is_data=False) for note in section.notes]
    top = _MARGIN_MM + _TITLE_MM * LINE + 1
    notes = stacked(rows, _MARGIN_MM, top, inside, 24)
    return [*title, *notes], top + sum(LINE * note.size for note in notes) + _GAP_MM


def _table(section: Section, rows: Sequence[tuple[str, ...]], paper: Paper, top: float) -> Iterator[Shape]:
    inside = paper.width - 2 * _MARGIN_MM
    right = paper.width - _MARGIN_MM
    places = list(_places(section.columns, inside))
    for column, (x, width) in zip(section.columns, places, strict=True):
        yield from stacked([Row(column.title, 3, is_bold=True, is_data=False)], x, top + 2, width, 6)
    y = top + _HEAD_MM
    yield Line(_MARGIN_MM, y, right, y, 0.4)
    if not rows:
        yield from stacked([Row(section.empty, section.text_mm, is_data=False)], _MARGIN_MM, y + 2, inside, 6)
    for row in rows:
        for column, text, (x, width) in zip(section.columns, row, places, strict=True):
            cell = Row(text, section.text_mm, 2, is_data=column.is_data, least=_LEAST_MM)
            yield from _cell(cell, (x, y), (width, section.row_mm), has_bars=column.has_bars)
        y += section.row_mm
        yield Line(_MARGIN_MM, y, right, y, 0.15)
    for x, _ in places[1:] if section.lines else ():
        yield Line(x - _GAP_MM, top + _HEAD_MM, x - _GAP_MM, y, 0.15)


def _places(columns: Sequence[Column], inside: float) -> Iterator[tuple[float, float]]:
    """Left edge and width of each column."""
    whole, x = sum(column.share for column in columns), _MARGIN_MM
    for column in columns:
        width = inside * column.share / whole
        yield x, width - _GAP_MM
        x += width


def _cell(
    cell: Row, place: tuple[float, float], size: tuple[float, float], *, has_bars: bool
) -> Iterator[Shape]:
    x, y = place
    if not cell.text:
        return
    if has_bars:
        module = min(MODULE_MOST_MM, size[0] / (bars_modules(cell.text) - BARS_QUIET))
        high = size[1] * _BARS_SHARE
        left, top = x - BARS_QUIET * module, y + (size[1] - high) / 2
        yield Bars(left, top, module * bars_modules(cell.text), high, cell.text)
        return
    high = cell.size * LINE * (1 if width_em(cell.text) * cell.size <= size[0] else 2)
    yield from stacked([cell], x, y + max(0.5, (size[1] - high) / 2), size[0], size[1] - 0.8)


def _foot(paper: Paper, foot: Foot, number: int, count: int) -> Iterator[Shape]:
    y = paper.height - _MARGIN_MM - _FOOT_MM + 2
    inside = paper.width - 2 * _MARGIN_MM
    page = foot.page % {"number": number, "count": count}
    yield from stacked([Row(foot.left, 3, is_data=False)], _MARGIN_MM, y, inside * 0.75, 4)
    x = _MARGIN_MM + inside * 0.8
    yield from stacked([Row(page, 3, is_data=False)], x, y, inside * 0.2, 4)
