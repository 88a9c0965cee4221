"""The faults of a plant as a page shows them: those of its row at the fields, others with where they are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.plantdiff import KEYS
from kanban_hub.plantdraft import Tables
from kanban_hub.web.plant.faulttext import hint_of, text_of
from kanban_hub.web.plant.sheets import SHEETS
from kanban_protocol.tomlfile import Fault

_ROW = re.compile(r"(?P<table>\w+)\[(?P<index>\d+)\]\.?(?P<setting>\w*)")


@dataclass(frozen=True)
class FaultPicture:
    """`line` is that of a file, `path` the page of the row that is meant."""

    where: str
    text: str
    hint: str
    line: int | None = None
    path: str | None = None


def at_fields(faults: Iterable[Fault], table: str, index: int) -> Mapping[str, tuple[str, ...]]:
    """The texts of those that are about a setting of this row, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        row = _ROW.match(fault.where)
        if row and (row["table"], int(row["index"])) == (table, index) and row["setting"]:
            found[row["setting"]] = (*found.get(row["setting"], ()), _said(fault))
    return found


def elsewhere(
    faults: Sequence[Fault], at: Mapping[str, tuple[str, ...]], tables: Tables
) -> list[FaultPicture]:
    """All others."""
    told = {text for texts in at.values() for text in texts}
    return [picture(fault, tables) for fault in faults if _said(fault) not in told]


def picture(fault: Fault, tables: Tables, line: int | None = None) -> FaultPicture:
    row = _ROW.match(fault.where)
    where, path = fault.where, None
    if row:
        rows = tables.get(row["table"], ())
        key = KEYS[row["table"]](rows[int(row["index"])]) if int(row["index"]) < len(rows) else ""
        where = " ".join(part for part in (row["table"], key, row["setting"]) if part)
        path = f"/plant/{row['table']}/{key}" if key and row["table"] in SHEETS else None
    at = line or fault.line
    return FaultPicture(where, text_of(fault), hint_of(fault, is_of_file=at is not None), at, path)


def _said(fault: Fault) -> str:
    hint = hint_of(fault, is_of_file=False)
    return f"{text_of(fault)}: {hint}" if hint else text_of(fault)
