"""The changes of the plant as a table."""

import dataclasses
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, insert, select

from kanban_hub.plantchange import PlantChange, PlantWay
from kanban_hub.plantdiff import RowChange
from kanban_hub.ports import PLANT_CHANGES_MOST
from kanban_hub.store.rows import text
from kanban_hub.store.schema import plant_changes

_columns = plant_changes.c


def keep(connection: Connection, change: PlantChange) -> None:
    """Keep `change` with the newest ones."""
    row = dataclasses.asdict(change) | {"difference": text(change.difference)}
    connection.execute(insert(plant_changes), row)
    newest = select(_columns.number).order_by(_columns.number.desc()).offset(PLANT_CHANGES_MOST).limit(1)
    too_old = connection.execute(newest).scalar()
    if too_old is not None:
        connection.execute(delete(plant_changes).where(_columns.number <= too_old))


def newest(connection: Connection, limit: int, before: int | None) -> list[PlantChange]:
    """Newest first; only numbers below `before`."""
    query = select(plant_changes).order_by(_columns.number.desc()).limit(limit)
    return _changes(connection, query if before is None else query.where(_columns.number < before))


def find(connection: Connection, number: int) -> PlantChange | None:
    return next(iter(_changes(connection, select(plant_changes).where(_columns.number == number))), None)


def _changes(connection: Connection, query: Select[Any]) -> list[PlantChange]:
    return [_change(dict(row)) for row in connection.execute(query).mappings()]


def _change(row: dict[str, Any]) -> PlantChange:
    found = msgspec.json.decode(row["difference"], type=tuple[RowChange, ...])
    return PlantChange(**row | {"way": PlantWay(row["way"]), "difference": found})
