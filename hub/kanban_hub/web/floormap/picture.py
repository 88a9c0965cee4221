"""What the map shows now, as plain values: the template only draws, and equal pictures look equal."""

from dataclasses import dataclass
from functools import lru_cache

from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.plant import KanbanLoop, Plant, Station
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.web.floormap.drawing import Drawing, drawing
from kanban_hub.web.floormap.material import WayPicture, paint_ways
from kanban_hub.web.floormap.stations import StationPainter, StationPicture
from kanban_hub.web.floormap.type import DESK, Type
from kanban_hub.web.parts import WebParts
from kanban_hub.web.signs import signs


@dataclass(frozen=True)
class MapPicture:
    """`calls`, `out` and `silent` count what is abnormal."""

    site: str
    drawn: Drawing
    photo: str | None
    stations: tuple[StationPicture, ...]
    ways: tuple[WayPicture, ...]
    calls: int
    type: Type

    @property
    def out(self) -> int:
        return sum(loop.urgency == "out" for way in self.ways for loop in way.loops)

    @property
    def silent(self) -> int:
        return sum(station.sign.is_silent for station in self.stations)

    @property
    def unplaced(self) -> int:
        return sum(not station.is_placed for station in self.stations)


def picture(parts: WebParts, letters: Type = DESK) -> MapPicture:
    with parts.floor() as (floor, _revision):
        plant, now_ms = floor.plant, parts.clock.now_ms()
        drawn = drawn_of(plant)
        suppliers = dict.fromkeys(loop.supplier for loop in plant.loops.values())
        queues = {station: replenishment_queue(floor, station, now_ms) for station in suppliers}
        with parts.store.view() as view:
            known = signs(parts, view, list(plant.stations.values()))
        return MapPicture(
            plant.site,
            drawn,
            plant.floor_map.picture,
            StationPainter(floor, drawn, queues, letters).paint(known),
            paint_ways(floor, drawn, queues, letters),
            len(floor.open_calls()),
            letters,
        )


def drawn_of(plant: Plant) -> Drawing:
    """The drawing of a plant, made once: it changes only with stations, loops and the picture behind."""
    return _drawn(tuple(plant.stations.values()), tuple(plant.loops.values()), plant.floor_map)


@lru_cache(maxsize=4)
def _drawn(stations: tuple[Station, ...], loops: tuple[KanbanLoop, ...], floor_map: FloorMap) -> Drawing:
    return drawing(Plant("", stations, (), loops, floor_map=floor_map))
