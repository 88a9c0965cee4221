"""Tables for spreadsheets: CSV by RFC 4180 in UTF-8, in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

MEDIA_TYPE = "text/csv"
# OWASP, "CSV Injection": with these at its beginning a spreadsheet computes a cell instead of showing it.
# The last four are the wide forms of the first four.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | float | bool | list[int] | None


def lines(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The file line by line: first the names of the columns, then the rows."""
    yield _line(columns)
    for cells in rows:
        yield _line(_text(cell) for cell in cells)


def _line(cells: Iterable[str]) -> str:
    found = io.StringIO()
    csv.writer(found, lineterminator="\r\n").writerow(cells)
    return found.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case list():
            return " ".join(map(str, cell))
    return str(cell)
