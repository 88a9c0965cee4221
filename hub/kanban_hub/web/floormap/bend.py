"""A quadratic Bézier curve: the line of a way on the map."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from kanban_hub.domain.floormap import Point

STEPS = 32
HALVINGS = 8


@dataclass(frozen=True)
class Bend:
    """From `tail` to `head`, drawn towards `control`; straight where that lies between them."""

    tail: Point
    control: Point
    head: Point

    @classmethod
    def between(cls, tail: Point, head: Point, bow: float = 0.0) -> "Bend":
        """`bow` is how far the middle lies aside, as a share of the length; below zero on the other side."""
        dx, dy = head[0] - tail[0], head[1] - tail[1]
        return cls(
            tail, ((tail[0] + head[0]) / 2 - dy * bow * 2, (tail[1] + head[1]) / 2 + dx * bow * 2), head
        )

    def at(self, t: float) -> Point:
        """The point at `t`, from 0 at the tail to 1 at the head."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        x = a * self.tail[0] + b * self.control[0] + c * self.head[0]
        return x, a * self.tail[1] + b * self.control[1] + c * self.head[1]

    def points(self) -> Iterator[Point]:
        return (self.at(step / STEPS) for step in range(STEPS + 1))

    def part(self, begin: float, end: float) -> "Bend":
        """The same curve from `begin` to `end` only."""
        control = tuple(
            (1 - begin) * ((1 - end) * p + end * q) + begin * ((1 - end) * q + end * r)
            for p, q, r in zip(self.tail, self.control, self.head, strict=True)
        )
        return Bend(self.at(begin), (control[0], control[1]), self.at(end))

    def beside(self, distance: float) -> "Bend":
        """The same curve, moved aside."""
        dx, dy = self.head[0] - self.tail[0], self.head[1] - self.tail[1]
        length = hypot(dx, dy) or 1.0
        mx, my = dy / length * distance, -dx / length * distance
        tail, control, head = ((x + mx, y + my) for x, y in (self.tail, self.control, self.head))
        return Bend(tail, control, head)

    def turned(self) -> "Bend":
        return Bend(self.head, self.control, self.tail)
