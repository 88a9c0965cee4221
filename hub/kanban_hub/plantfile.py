"""The plant as one TOML file: read with all faults at once, and written again so that it reads the same."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import structs

from kanban_hub import calendartable, escalationtable, floormaptable, linetable, looptable, reasontable
from kanban_hub.domain.plant import SOURCE_LANGUAGE, Item, Plant, Slot, Station
from kanban_hub.plantfaults import faults
from kanban_hub.planttables import PlantFile, StationTable
from kanban_protocol.tomlfile import TomlFile


def load(path: Path) -> Plant:
    """The plant in the file. Raises `ConfigError` with every fault."""
    return _read(TomlFile(path))


def parse(text: str, path: Path) -> Plant:
    """The plant in `text`, as if it stood at `path`. Raises `ConfigError` with every fault."""
    return _read(TomlFile(path, text))


def plant_of(tables: PlantFile) -> Plant:
    """The plant of tables without a fault."""
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
        language=tables.language.value,
    )


def tables_of(plant: Plant) -> dict[str, Any]:
    """The content of the file of `plant`."""
    return tomllib.loads(export(plant))


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
    if plant.language != SOURCE_LANGUAGE:
        head["language"] = plant.language
    found = [_lines(head)]
    found += [f"\n[floor_map]\n{_lines(row)}" for row in floormaptable.rows(plant.floor_map)]
    for name, rows in tables:
        found += [f"\n[[{name}]]\n{_lines(row)}" for row in rows]
    return "\n".join(found) + "\n"


def _read(toml: TomlFile) -> Plant:
    tables = toml.convert(PlantFile)
    found = list(faults(tables))
    if found:
        raise toml.error(found)
    return plant_of(tables)


def _station(table: StationTable) -> Station:
    language = table.language.value if table.language is not None else None
    return Station(**{**structs.asdict(table), "shifts": tuple(table.shifts), "language": language})


def _lines(row: Mapping[str, object]) -> str:
    """A setting a line; what is not set is left out, as are empty lists."""
    is_set = {key: value for key, value in row.items() if value not in (None, ()) and value is not False}
    return "\n".join(f"{key} = {_toml(value)}" for key, value in is_set.items())


def _toml(value: object) -> str:
    """JSON's strings, numbers, booleans and lists are TOML's too (toml.io/en/v1.0.0), U+007F excepted."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
