"""Tables of the plant from spreadsheets and for them. Whatever a spreadsheet makes of a table is read."""

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from kanban_hub.cellvalue import value_of
from kanban_hub.language import _
from kanban_hub.linetable import LineTable
from kanban_hub.looptable import LoopTable
from kanban_hub.plantdraft import Row, Tables, row_of, with_row
from kanban_hub.planttables import ItemTable, StationTable
from kanban_hub.reasontable import ReasonTable
from kanban_hub.setting import Setting, settings_of
from kanban_protocol.tomlfile import Fault

# The tables that a spreadsheet may bring. Each row is told apart by its id.
TABLES: dict[str, type[Struct]] = {
    "stations": StationTable,
    "items": ItemTable,
    "loops": LoopTable,
    "lines": LineTable,
    "reasons": ReasonTable,
}
_DELIMITERS = ";,\t"
# What `sheetfile` puts a sign before, so that no spreadsheet computes it.
_QUOTED = "=+-@\t"


@dataclass
class Merged:
    """`tables` with the rows of a spreadsheet; `lines` says where each of them stood there."""

    tables: Tables
    faults: list[Fault] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, where: str) -> int | None:
        """The line of the row that a fault at `where` is about."""
        return self.lines.get(where.partition("]")[0] + "]")


def text_of(raw: bytes) -> str:
    """The file as text: UTF-8, or as spreadsheets save it on some machines."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def merged(tables: Tables, table: str, text: str, *, is_whole: bool = False) -> Merged:
    """`tables` with the rows of the CSV `text` in `table`.

    A row of a known id changes the settings that the file has columns for, and no others; one of a new id is
    added. `is_whole`: rows that are not in the file go.
    """
    made = Merged(tables)
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        made.faults.append(Fault("", _("this is no table: %(why)s") % {"why": error}, _("save it as CSV")))
        return made
    if not rows:
        made.faults.append(Fault("", _("there is nothing in it"), _("the first line names the columns")))
        return made
    columns = list(_columns(table, rows[0], made.faults))
    if made.faults:
        return made
    ids = [_put(made, table, columns, line, cells) for line, cells in rows[1:]]
    if is_whole:
        kept = [row for row in made.tables.get(table, ()) if row["id"] in ids]
        made.tables = {**made.tables, table: kept}
    made.lines = {
        f"{table}[{index}]": made.lines[row["id"]]
        for index, row in enumerate(made.tables.get(table, ()))
        if row["id"] in made.lines
    }
    return made


def written(tables: Tables, table: str) -> tuple[list[str], list[list[str]]]:
    """The columns and rows of `table` for a spreadsheet."""
    names = [setting.name for setting in settings_of(TABLES[table])]
    return names, [[_cell(row.get(name)) for name in names] for row in tables.get(table, ())]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells, without empty lines."""
    plain = text.removeprefix("\ufeff")
    head = next((line for line in plain.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            yield line, [_unquoted(cell.strip()) for cell in cells]


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] and cell[1] in _QUOTED else cell


def _columns(table: str, head: tuple[int, list[str]], faults: list[Fault]) -> Iterator[Setting]:
    """The setting of each column, named as in the file or as the pages do. Adds what is wrong to `faults`."""
    settings = settings_of(TABLES[table])
    by_name = {_(setting.title).casefold(): setting for setting in settings}
    by_name |= {setting.name: setting for setting in settings}
    line, names = head
    seen: set[str] = set()
    for name in names:
        setting = by_name.get(name.casefold())
        if setting is None:
            faults.append(
                Fault(name, _("no such column"), _meant(name, [one.name for one in settings]), line)
            )
        elif setting.name in seen:
            faults.append(Fault(name, _("this column stands twice"), _("leave one out"), line))
        else:
            seen.add(setting.name)
            yield setting
    if "id" not in seen:
        faults.append(Fault("id", _("this column is missing"), _("rows are told apart by their id"), line))


def _meant(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.casefold(), known, 1)
    if near:
        return _("did you mean '%(name)s'?") % {"name": near[0]}
    return _("known here: %(names)s") % {"names": ", ".join(known)}


def _put(made: Merged, table: str, columns: Sequence[Setting], line: int, cells: list[str]) -> str:
    """Take one row in; its id."""
    if len(cells) > len(columns):
        text = _("%(count)s cells and only %(columns)s columns")
        numbers = {"count": len(cells), "columns": len(columns)}
        made.faults.append(Fault("", text % numbers, _("put a text with separators in quotes"), line))
    given = {
        setting.name: value_of(setting, cell) for setting, cell in zip(columns, cells, strict=False) if cell
    }
    row_id = str(given.get("id", ""))
    if row_id in made.lines:
        text = _("'%(id)s' stands twice") % {"id": row_id}
        made.faults.append(Fault("id", text, _("give each its own id"), line))
    made.lines[row_id] = line
    known = row_of(made.tables, table, row_id) or {}
    kept = {name: value for name, value in known.items() if name not in {one.name for one in columns}}
    made.tables = with_row(made.tables, table, row_id, _ordered(table, {**kept, **given}))
    return row_id


def _ordered(table: str, row: dict[str, Any]) -> Row:
    return {one.name: row[one.name] for one in settings_of(TABLES[table]) if one.name in row}


def _cell(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "true"
        case list():
            return " ".join(map(str, value))
    return str(value)
