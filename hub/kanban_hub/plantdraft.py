"""A plant that somebody would like, in the words of its file: changed by rows, weighed before it is in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from kanban_hub import plantfaults, plantfile
from kanban_hub.cardeffect import CardEffect, effects_of
from kanban_hub.domain import planning
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.obstacles import Obstacle
from kanban_hub.domain.plant import Plant
from kanban_hub.obstacletexts import said
from kanban_hub.plantdiff import KEYS, RowChange, difference
from kanban_hub.planttables import PlantFile
from kanban_protocol.tomlfile import Fault, faults_of

Row = Mapping[str, Any]
Tables = dict[str, Any]


def row_of(tables: Tables, table: str, key: str) -> Row | None:
    """The row of this key."""
    return next((row for row in tables.get(table, ()) if KEYS[table](row) == key), None)


def with_row(tables: Tables, table: str, key: str | None, row: Row) -> Tables:
    """`row` in the place of the one of `key`, or as the last one."""
    rows = list(tables.get(table, ()))
    place = next((n for n, one in enumerate(rows) if key is not None and KEYS[table](one) == key), None)
    after = [*rows, row] if place is None else [*rows[:place], row, *rows[place + 1 :]]
    return {**tables, table: after}


def without_row(tables: Tables, table: str, key: str) -> Tables:
    return {**tables, table: [row for row in tables.get(table, ()) if KEYS[table](row) != key]}


@dataclass(frozen=True)
class Weighed:
    """What came of a draft. With `faults` there is no plant; `cards` is what would happen to the cards."""

    tables: Tables
    plant: Plant | None
    faults: tuple[Fault, ...] = ()
    difference: tuple[RowChange, ...] = ()
    cards: tuple[CardEffect, ...] = ()


def weigh(floor: Floor | None, tables: Tables) -> Weighed:
    """`tables` as the plant after that of `floor`; `None`: the first one. Every fault at once."""
    plant, faults = _plant(tables)
    if plant is None:
        return Weighed(tables, None, tuple(faults))
    wanted = plantfile.tables_of(plant)
    known = plantfile.tables_of(floor.plant) if floor is not None else {}
    try:
        events = planning.change(floor or Floor(plant), plant)
    except PlantChangeError as error:
        return Weighed(tables, None, tuple(_in_the_way(error.obstacles, tables)))
    return Weighed(wanted, plant, (), tuple(difference(known, wanted)), effects_of(events))


def _plant(tables: Tables) -> tuple[Plant | None, list[Fault]]:
    faults = faults_of(PlantFile, tables)
    if faults:
        return None, faults
    typed = msgspec.convert(tables, PlantFile)
    faults = list(plantfaults.faults(typed))
    return (None, faults) if faults else (plantfile.plant_of(typed), [])


def _in_the_way(obstacles: Iterable[Obstacle], tables: Tables) -> Iterator[Fault]:
    places = {row["id"]: index for index, row in enumerate(tables.get("loops", ()))}
    for one in obstacles:
        where = one.setting or ""
        if one.loop in places:
            where = f"loops[{places[one.loop]}].{where}".rstrip(".")
        yield Fault(where, said(one), "")
