"""Where every station stands: where somebody has placed it, else where the layout puts it."""

from dataclasses import dataclass

from kanban_hub.domain.floormap import Point
from kanban_hub.domain.layout.layout import laid_out
from kanban_hub.domain.plant import Plant
from kanban_hub.web.floormap.boxes import STEP_X, STEP_Y, scale


@dataclass(frozen=True)
class Place:
    """In the units of the plant. `is_own`: it stands in the plant; else nobody has placed the station yet."""

    point: Point
    is_own: bool


def places(plant: Plant) -> dict[str, Place]:
    """All stations in the order of the plant. Those without a position stand in layers below the others."""
    own = {
        station.id: station.position for station in plant.stations.values() if station.position is not None
    }
    rest = [station for station in plant.stations if station not in own]
    ways = [(loop.supplier, loop.consumer) for loop in plant.loops.values()]
    cells, pixels = laid_out(rest, ways), scale(list(own.values()))
    left = min((x for x, _ in own.values()), default=0.0)
    top = max((y for _, y in own.values()), default=-STEP_Y / pixels) + STEP_Y / pixels
    found = {
        station: Place((left + column * STEP_X / pixels, top + row * STEP_Y / pixels), is_own=False)
        for station, (column, row) in cells.items()
    }
    found |= {station: Place(point, is_own=True) for station, point in own.items()}
    return {station: found[station] for station in plant.stations}
