"""The map on which stations are moved: each where it truly stands, with room around."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log10

from kanban_hub.domain.floormap import Point
from kanban_hub.domain.plant import Plant
from kanban_hub.web.floormap.drawing import Drawing, Frame, Rect
from kanban_hub.web.floormap.text import lines

PIECE_WIDE = 208.0
NAME_SIZE = 18.0
# Room to move a station beyond the others.
AROUND = 260.0


@dataclass(frozen=True)
class Piece:
    """A station to be moved. `x` and `y` are its place in the plant's units, `at` in pixels."""

    id: str
    name: str
    lines: tuple[str, ...]
    x: str
    y: str
    at: Point
    is_own: bool


@dataclass(frozen=True)
class Ground:
    """`digits` is how many behind the decimal point are worth a pixel; `pixels` are those of a unit."""

    frame: Frame
    digits: int
    pieces: tuple[Piece, ...]
    ways: tuple[tuple[Piece, Piece], ...]
    picture: Rect | None

    @property
    def picture_corner(self) -> tuple[str, str]:
        """In the plant's units, as it stands in the fields."""
        at = (self.picture.x, self.picture.y) if self.picture else (0.0, 0.0)
        return typed(at[0] / self.frame.pixels, self.digits), typed(at[1] / self.frame.pixels, self.digits)

    @property
    def picture_width(self) -> str:
        return typed(self.picture.width / self.frame.pixels if self.picture else 0.0, self.digits)


def ground(plant: Plant, drawn: Drawing) -> Ground:
    pixels = drawn.frame.pixels
    digits = max(0, ceil(log10(pixels)))
    pieces = {
        station.id: _piece(station.id, station.name, drawn, digits) for station in plant.stations.values()
    }
    ends = dict.fromkeys((loop.supplier, loop.consumer) for loop in plant.loops.values())
    ways = tuple((pieces[supplier], pieces[consumer]) for supplier, consumer in ends)
    frame = _frame(pieces.values(), drawn.picture, pixels)
    return Ground(frame, digits, tuple(pieces.values()), ways, drawn.picture)


def typed(value: float, digits: int) -> str:
    """As it stands in a field: no zeros behind the decimal point."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _piece(station: str, name: str, drawn: Drawing, digits: int) -> Piece:
    place, pixels = drawn.places[station], drawn.frame.pixels
    x, y = place.point
    return Piece(
        station,
        name,
        lines(name, NAME_SIZE * 1.06, PIECE_WIDE - 20, 2),
        typed(x, digits),
        typed(y, digits),
        (x * pixels, y * pixels),
        place.is_own,
    )


def _frame(pieces: Iterable[Piece], picture: Rect | None, pixels: float) -> Frame:
    points = [piece.at for piece in pieces]
    if picture is not None:
        points += [(picture.x, picture.y), (picture.x + picture.width, picture.y + picture.height)]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    left, top = min(xs) - AROUND, min(ys) - AROUND
    return Frame(left, top, max(xs) + AROUND - left, max(ys) + AROUND - top, pixels)
