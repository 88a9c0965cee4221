"""The floor map in the plant's file, and what of it cannot be."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct, structs

from kanban_hub.domain.floormap import FloorMap
from kanban_protocol.tomlfile import Fault

# Metres, pixels or whatever the map is drawn in; no infinity, which TOML knows and JSON does not.
Coordinate = Annotated[float, Meta(ge=-1e6, le=1e6)]
Length = Annotated[float, Meta(gt=0, le=1e6)]


class FloorMapTable(Struct, forbid_unknown_fields=True, frozen=True):
    metres_per_unit: Annotated[float, Meta(gt=0, le=1e4)] | None = None
    picture: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")] | None = None
    picture_corner: tuple[Coordinate, Coordinate] = (0.0, 0.0)
    picture_size: tuple[Length, Length] | None = None


def floor_map_of(table: FloorMapTable) -> FloorMap:
    return FloorMap(**structs.asdict(table))


def rows(floor_map: FloorMap) -> list[Mapping[str, object]]:
    """The table as settings; none where nothing was said."""
    return [] if floor_map == FloorMap() else [vars(floor_map)]


def faults(table: FloorMapTable) -> Iterator[Fault]:
    if (table.picture is None) != (table.picture_size is None):
        yield Fault("floor_map.picture_size", "picture and its size go together", "say both or none")
