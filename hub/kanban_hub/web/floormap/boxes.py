"""The boxes of the stations on the map: where each stands, in pixels, and none on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from kanban_hub.domain.floormap import Point

WIDTH, HEIGHT = 224.0, 186.0
# Between two boxes there is room for an arrow each way with its words.
STEP_X, STEP_Y = WIDTH + 190.0, HEIGHT + 64.0
# Calls stand above a box.
GAP_X, GAP_Y = 18.0, 44.0
# A few stations that stand very close do not drive all the others apart: they are pushed aside a little.
SHARE_APART = 0.75
PUSHES = 80
# How far a map may stretch, in steps: a plant in one line needs a step for each station.
STRETCH = 2.5


@dataclass(frozen=True)
class Box:
    """The middle of a station's box."""

    x: float
    y: float

    @property
    def left(self) -> float:
        return self.x - WIDTH / 2

    @property
    def top(self) -> float:
        return self.y - HEIGHT / 2

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether `point` lies in the box or within `margin` of it."""
        is_beside = abs(point[0] - self.x) < WIDTH / 2 + margin
        return is_beside and abs(point[1] - self.y) < HEIGHT / 2 + margin


def scale(points: Sequence[Point]) -> float:
    """Pixels for one unit of the plant's positions, so that most stations stand a step apart."""
    needed = sorted(need for point in points if (need := _need(point, points)))
    if not needed:
        return 1.0
    wide, high = (max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))
    most = STRETCH * sqrt(len(points)) + 1
    limits = [step * most / extent for step, extent in ((STEP_X, wide), (STEP_Y, high)) if extent]
    return min(needed[int((len(needed) - 1) * SHARE_APART)], *limits)


def apart(boxes: Mapping[str, Box]) -> dict[str, Box]:
    """The boxes pushed off each other, each as little as it takes; always in the same way."""
    found = dict(boxes)
    for _ in range(PUSHES):
        pairs = [(one, two) for one, two in combinations(found, 2) if _overlap(found[one], found[two])]
        if not pairs:
            break
        for one, two in pairs:
            found[one], found[two] = _pushed(found[one], found[two])
    return found


def _need(point: Point, points: Sequence[Point]) -> float:
    """The scale at which `point` stands clear of all others; what stands at the very same place aside."""
    gaps = [(abs(point[0] - other[0]), abs(point[1] - other[1])) for other in points]
    return max((_clear(dx, dy) for dx, dy in gaps if dx or dy), default=0.0)


def _clear(dx: float, dy: float) -> float:
    return min(STEP_X / dx if dx else float("inf"), STEP_Y / dy if dy else float("inf"))


def _overlap(one: Box, two: Box) -> tuple[float, float] | None:
    """How far they lie in each other in both directions; `None` when they do not."""
    inside = WIDTH + GAP_X - abs(one.x - two.x), HEIGHT + GAP_Y - abs(one.y - two.y)
    return inside if min(inside) > 0.5 else None  # noqa: PLR2004  # half a pixel is seen by nobody


def _pushed(one: Box, two: Box) -> tuple[Box, Box]:
    inside = _overlap(one, two)
    if inside is None:
        return one, two
    if inside[0] < inside[1]:
        push = inside[0] / 2 if one.x <= two.x else -inside[0] / 2
        return Box(one.x - push, one.y), Box(two.x + push, two.y)
    push = inside[1] / 2 if one.y <= two.y else -inside[1] / 2
    return Box(one.x, one.y - push), Box(two.x, two.y + push)
