"""What the floor map of a plant lies on: how large a unit is, and a picture behind the stations."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class FloorMap:
    """All in the units of the stations' positions; `y` goes down.

    `metres_per_unit` is `None` while nobody has said how large the plant is. `picture` is the id of a kept
    photo, `picture_corner` where its upper left corner lies, `picture_size` its width and height.
    """

    metres_per_unit: float | None = None
    picture: str | None = None
    picture_corner: Point = (0.0, 0.0)
    picture_size: Point | None = None


def way_units(one: Point, other: Point) -> float:
    """How far it is from one place to another along aisles, which run square to the map.

    Rectilinear, as facility layouts count ways on foot (Tompkins et al., "Facilities Planning", chapter 6);
    the straight line would lead through the machines.
    """
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
