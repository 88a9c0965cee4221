"""The map without what changes by the minute: boxes, ways and the frame around them. Pure and kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.plant import Plant
from kanban_hub.web.floormap.boxes import HEIGHT, WIDTH, Box, apart, scale
from kanban_hub.web.floormap.curves import Curve, curves
from kanban_hub.web.floormap.places import Place, places

# Room for calls above a box, and for ways that go round the outermost.
MARGIN = 60.0


@dataclass(frozen=True)
class Frame:
    """The part of the plane that is shown, in pixels, and how the plant's units lie in it.

    A place (x, y) of the plant is drawn at (x * `pixels`, y * `pixels`).
    """

    left: float
    top: float
    width: float
    height: float
    pixels: float


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    places: dict[str, Place]
    boxes: dict[str, Box]
    curves: dict[tuple[str, str], Curve]
    picture: Rect | None


def drawing(plant: Plant) -> Drawing:
    """The map of `plant`."""
    found = places(plant)
    pixels = scale([place.point for place in found.values()])
    placed = {
        station: Box(place.point[0] * pixels, place.point[1] * pixels) for station, place in found.items()
    }
    boxes = apart(placed)
    ways = curves(boxes, [(loop.supplier, loop.consumer) for loop in plant.loops.values()])
    picture = _picture(plant.floor_map, pixels)
    return Drawing(_frame(boxes, ways, picture, pixels), found, boxes, ways, picture)


def _picture(floor_map: FloorMap, pixels: float) -> Rect | None:
    if floor_map.picture is None or floor_map.picture_size is None:
        return None
    return Rect(*(units * pixels for units in (*floor_map.picture_corner, *floor_map.picture_size)))


def _frame(
    boxes: Mapping[str, Box], ways: Mapping[tuple[str, str], Curve], picture: Rect | None, pixels: float
) -> Frame:
    """All that is drawn, and a margin."""
    points = [(box.left, box.top) for box in boxes.values()]
    points += [(box.left + WIDTH, box.top + HEIGHT) for box in boxes.values()]
    points += [point for way in ways.values() for point in way.bend.points()]
    if picture is not None:
        points += [(picture.x, picture.y), (picture.x + picture.width, picture.y + picture.height)]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    return Frame(left, top, max(xs) + MARGIN - left, max(ys) + MARGIN - top, pixels)
