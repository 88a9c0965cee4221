"""The plant as one TOML file: read with all faults at once, and written again so that it reads the same."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, structs

from kanban_hub import calendartable, escalationtable, floormaptable, linetable, looptable, reasontable
from kanban_hub.calendartable import ClosedTable, Name, ShiftTable
from kanban_hub.domain.plant import Item, Plant, Slot, Station
from kanban_hub.escalationtable import EscalationTable, Fails, StopWithin, Takt
from kanban_hub.floormaptable import Coordinate, FloorMapTable
from kanban_hub.linetable import LineTable
from kanban_hub.looptable import Id, LoopTable
from kanban_hub.reasontable import ReasonTable
from kanban_protocol.tomlfile import Fault, TomlFile

MAX_SLOTS = 8


class StationTable(Struct, forbid_unknown_fields=True, omit_defaults=True):
    id: Id
    name: Name
    position: tuple[Coordinate, Coordinate] | None = None
    external: bool = False
    shifts: Annotated[list[Id], Meta(min_length=1)] = []
    pitch_s: Annotated[float, Meta(ge=0, le=86_400)] = 0.0
    frozen_pitches: Annotated[int, Meta(ge=1, le=96)] = 4
    takt_s: Takt | None = None
    stop_after_fails: Fails | None = None
    stop_within_s: StopWithin | None = None


class ItemTable(Struct, forbid_unknown_fields=True):
    id: Id
    name: Name


class SlotTable(Struct, forbid_unknown_fields=True):
    station: Id
    slot: Annotated[int, Meta(ge=1, le=MAX_SLOTS)]
    loop: Id


class PlantFile(Struct, forbid_unknown_fields=True):
    site: Id
    timezone: str = "UTC"
    shifts: list[ShiftTable] = []
    closed: list[ClosedTable] = []
    escalation: list[EscalationTable] = []
    stations: list[StationTable] = []
    items: list[ItemTable] = []
    loops: list[LoopTable] = []
    slots: list[SlotTable] = []
    lines: list[LineTable] = []
    reasons: list[ReasonTable] = []
    floor_map: FloorMapTable = FloorMapTable()


def load(path: Path) -> Plant:
    """The plant in the file. Raises `ConfigError` with every fault."""
    toml = TomlFile(path)
    tables = toml.convert(PlantFile)
    faults = list(_faults(tables))
    if faults:
        raise toml.error(faults)
    return Plant(
        tables.site,
        [_station(station) for station in tables.stations],
        [Item(**structs.asdict(item)) for item in tables.items],
        [looptable.loop_of(loop) for loop in tables.loops],
        [Slot(**structs.asdict(slot)) for slot in tables.slots],
        calendar=calendartable.calendar_of(tables.timezone, tables.shifts, tables.closed),
        escalation=escalationtable.rules_of(tables.escalation),
        lines=linetable.lines_of(tables.lines),
        reasons=reasontable.reasons_of(tables.reasons),
        floor_map=floormaptable.floor_map_of(tables.floor_map),
    )


def export(plant: Plant) -> str:
    """The file of `plant`: `load` of it gives the same plant."""
    tables: list[tuple[str, Iterable[Mapping[str, object]]]] = [
        *calendartable.rows(plant.calendar),
        ("escalation", map(vars, plant.escalation)),
        ("stations", map(vars, plant.stations.values())),
        ("items", map(vars, plant.items.values())),
        ("loops", map(vars, plant.loops.values())),
        ("slots", map(vars, plant.slots)),
        ("lines", map(vars, plant.lines.values())),
        ("reasons", map(vars, plant.reasons.values())),
    ]
    head = {"site": plant.site, "timezone": plant.calendar.timezone}
    found = [_lines(head)]
    found += [f"\n[floor_map]\n{_lines(row)}" for row in floormaptable.rows(plant.floor_map)]
    for name, rows in tables:
        found += [f"\n[[{name}]]\n{_lines(row)}" for row in rows]
    return "\n".join(found) + "\n"


def _station(table: StationTable) -> Station:
    return Station(**{**structs.asdict(table), "shifts": tuple(table.shifts)})


def _lines(row: Mapping[str, object]) -> str:
    """A setting a line; what is not set is left out, as are empty lists."""
    is_set = {key: value for key, value in row.items() if value not in (None, ()) and value is not False}
    return "\n".join(f"{key} = {_toml(value)}" for key, value in is_set.items())


def _toml(value: object) -> str:
    """JSON's strings, numbers, booleans and lists are TOML's too (toml.io/en/v1.0.0), U+007F excepted."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _faults(plant: PlantFile) -> Iterator[Fault]:
    yield from calendartable.faults(plant.timezone, plant.shifts, plant.closed)
    yield from escalationtable.faults(plant.escalation)
    yield from floormaptable.faults(plant.floor_map)
    for table in ("shifts", "stations", "items", "loops", "lines", "reasons"):
        yield from _repeated(table, [row.id for row in getattr(plant, table)])
    yield from _repeated_slots(plant)
    stations, items = {s.id for s in plant.stations}, {i.id for i in plant.items}
    yield from linetable.faults(plant.lines, stations)
    for index, loop in enumerate(plant.loops):
        yield from looptable.faults(f"loops[{index}]", loop, plant.loops)
        yield from _unknown(f"loops[{index}]", loop, stations, items)
    loops = {loop.id: loop for loop in plant.loops}
    for index, slot in enumerate(plant.slots):
        yield from _slot_faults(f"slots[{index}]", slot, loops)
    shifts = {shift.id for shift in plant.shifts}
    for index, station in enumerate(plant.stations):
        where, stop = f"stations[{index}]", (station.stop_after_fails, station.stop_within_s)
        yield from _unknown_shifts(where, station, shifts)
        yield from escalationtable.station_faults(where, station.takt_s, *stop)
        yield from _too_many_loops(f"stations[{index}]", station.id, plant)


def _repeated(table: str, ids: list[str]) -> Iterator[Fault]:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            yield Fault(f"{table}[{index}].id", f"{one!r} stands twice", "give each its own id")


def _repeated_slots(plant: PlantFile) -> Iterator[Fault]:
    buttons = Counter((slot.station, slot.slot) for slot in plant.slots)
    bindings = Counter((slot.station, slot.loop) for slot in plant.slots)
    for index, slot in enumerate(plant.slots):
        if buttons[slot.station, slot.slot] > 1:
            yield Fault(f"slots[{index}].slot", f"slot {slot.slot} is bound twice", "one button, one loop")
        elif bindings[slot.station, slot.loop] > 1:
            yield Fault(f"slots[{index}].loop", f"{slot.loop!r} is bound twice here", "one loop, one button")


def _unknown(where: str, loop: LoopTable, stations: set[str], items: set[str]) -> Iterator[Fault]:
    if loop.item not in items:
        yield Fault(f"{where}.item", f"no item {loop.item!r}", "add it under [[items]]")
    for side in ("supplier", "consumer"):
        station = getattr(loop, side)
        if station not in stations:
            yield Fault(f"{where}.{side}", f"no station {station!r}", "add it under [[stations]]")


def _unknown_shifts(where: str, station: StationTable, shifts: set[str]) -> Iterator[Fault]:
    for shift in station.shifts:
        if shift not in shifts:
            yield Fault(f"{where}.shifts", f"no shift {shift!r}", "add it under [[shifts]]")


def _slot_faults(where: str, slot: SlotTable, loops: dict[str, LoopTable]) -> Iterator[Fault]:
    loop = loops.get(slot.loop)
    if loop is None:
        yield Fault(f"{where}.loop", f"no loop {slot.loop!r}", "add it under [[loops]]")
    elif slot.station not in (loop.supplier, loop.consumer):
        text = f"{slot.station!r} is not on a side of {slot.loop!r}"
        yield Fault(f"{where}.station", text, f"name {loop.supplier!r} or {loop.consumer!r}")


def _too_many_loops(where: str, station: str, plant: PlantFile) -> Iterator[Fault]:
    has_rows = any(slot.station == station for slot in plant.slots)
    count = sum(station in (loop.supplier, loop.consumer) for loop in plant.loops)
    if not has_rows and count > MAX_SLOTS:
        hint = f"bind the loops that have a button under [[slots]], at most {MAX_SLOTS}"
        yield Fault(where, f"{count} loops and only {MAX_SLOTS} slots", hint)
