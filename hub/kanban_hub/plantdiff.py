"""What is different between two plants, row by row and setting by setting, in the words of the file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
Tables = Mapping[str, Any]


class Became(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"  # the same rows in another order; then the row's key is empty


@dataclass(frozen=True)
class SettingChange:
    """`None` is a setting that is not there."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """`table` is that of the file, or `plant` for what stands above all tables."""

    table: str
    key: str
    became: Became
    settings: tuple[SettingChange, ...] = ()


HEAD = "plant"


def _of_id(row: Row) -> str:
    return str(row.get("id", ""))


def _of_level(row: Row) -> str:
    return "-".join([str(row.get("level", "")), *map(str, row.get("kinds", ()))])


# By what the rows of a table are told apart: no two of a sound plant have the same. A row that is not sound
# has a key too, of what there is.
KEYS: dict[str, Callable[[Row], str]] = {
    "stations": _of_id,
    "items": _of_id,
    "loops": _of_id,
    "slots": lambda row: f"{row.get('station', '')}.{row.get('slot', '')}",
    "lines": _of_id,
    "shifts": _of_id,
    "closed": lambda row: str(row.get("date", "")),
    "escalation": _of_level,
    "reasons": _of_id,
}


def difference(before: Tables, after: Tables) -> list[RowChange]:
    """What has to be done to `before` to have `after`; empty when they are the same."""
    found = list(_head(before, after))
    for table, key in KEYS.items():
        old = {key(row): row for row in before.get(table, ())}
        new = {key(row): row for row in after.get(table, ())}
        found += _rows(table, old, new)
        kept = [one for one in new if one in old]
        if [one for one in old if one in new] != kept:
            found.append(RowChange(table, "", Became.MOVED))
    return found


def _head(before: Tables, after: Tables) -> Iterator[RowChange]:
    """What stands above all tables, and the tables that are there once."""
    singles = [name for name, value in {**before, **after}.items() if isinstance(value, dict)]
    for name in (HEAD, *singles):
        old, new = _single(before, name), _single(after, name)
        settings = tuple(_settings(old, new))
        if settings:
            yield RowChange(name, name, Became.CHANGED if old else Became.ADDED, settings)


def _single(tables: Tables, name: str) -> Row:
    if name != HEAD:
        return dict(tables.get(name, {}))
    return {key: value for key, value in tables.items() if key not in KEYS and not isinstance(value, dict)}


def _rows(table: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[RowChange]:
    for key, row in new.items():
        settings = tuple(_settings(old.get(key, {}), row))
        if key not in old:
            yield RowChange(table, key, Became.ADDED, settings)
        elif settings:
            yield RowChange(table, key, Became.CHANGED, settings)
    for key, row in old.items():
        if key not in new:
            yield RowChange(table, key, Became.REMOVED, tuple(_settings(row, {})))


def _settings(before: Row, after: Row) -> Iterator[SettingChange]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield SettingChange(name, old, new)
