"""The floor map in the plant's file, and what of it cannot be."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct, structs

from kanban_hub.domain.floormap import FloorMap
from kanban_hub.language import N_, _
from kanban_hub.setting import setting
from kanban_protocol.tomlfile import Fault

# Metres, pixels or whatever the map is drawn in; no infinity, which TOML knows and JSON does not.
Coordinate = Annotated[float, Meta(ge=-1e6, le=1e6)]
Length = Annotated[float, Meta(gt=0, le=1e6)]


_SCALE = setting(N_("Metres in a unit"), N_("How large the plant is: ways are counted by it."), gt=0, le=1e4)
_PICTURE = setting(N_("Picture"), N_("A plan of the plant under the stations."), pattern="^[0-9a-f]{32}$")
_CORNER = setting(N_("Corner of the picture"), N_("Where its upper left corner lies."))
_SIZE = setting(N_("Size of the picture"), N_("Its width and height."))


class FloorMapTable(Struct, forbid_unknown_fields=True, frozen=True):
    metres_per_unit: Annotated[float, _SCALE] | None = None
    picture: Annotated[str, _PICTURE] | None = None
    picture_corner: Annotated[tuple[Coordinate, Coordinate], _CORNER] = (0.0, 0.0)
    picture_size: Annotated[tuple[Length, Length], _SIZE] | None = None


def floor_map_of(table: FloorMapTable) -> FloorMap:
    return FloorMap(**structs.asdict(table))


def rows(floor_map: FloorMap) -> list[Mapping[str, object]]:
    """The table as settings; none where nothing was said."""
    return [] if floor_map == FloorMap() else [vars(floor_map)]


def faults(table: FloorMapTable) -> Iterator[Fault]:
    if (table.picture is None) != (table.picture_size is None):
        text = _("picture and its size go together")
        yield Fault("floor_map.picture_size", text, _("say both or none"))
