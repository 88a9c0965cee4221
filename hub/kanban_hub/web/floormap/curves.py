"""The ways between boxes: curves that go round what stands between, with a place for their words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from kanban_hub.domain.floormap import Point
from kanban_hub.web.floormap.bend import HALVINGS, STEPS, Bend
from kanban_hub.web.floormap.boxes import Box

# How far a way may bow: straight where that is free, and never far out for the sake of one box.
BOWS = (0.0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32)
BOW_COSTS = 12.0
CLEAR = 10.0
EDGE = 2.0
# The arrow back runs beside the one there.
BESIDE = 14.0
HEAD_LONG, HEAD_WIDE = 13.0, 6.5
# Where on a way its words may stand, and how much room they take.
MIDDLES = (0.5, 0.4, 0.6, 0.3, 0.7)
WORDS_WIDE, WORDS_HIGH = 130.0, 54.0


@dataclass(frozen=True)
class Arrow:
    """A line and its head, as path data of SVG."""

    line: str
    head: str


@dataclass(frozen=True)
class Curve:
    """The way from a supplier to a consumer, and back; `middle` is where its words stand."""

    there: Arrow
    back: Arrow
    middle: Point
    bend: Bend


def curves(boxes: Mapping[str, Box], ways: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Curve]:
    """A curve for each pair of stations, each drawn once."""
    found: dict[tuple[str, str], Curve] = {}
    for tail, head in dict.fromkeys(ways):
        others = [box for station, box in boxes.items() if station not in (tail, head)]
        bend = _clearest(boxes[tail], boxes[head], others)
        middles = [curve.middle for curve in found.values()]
        middle = min(map(bend.at, MIDDLES), key=lambda point: _crowd(point, boxes, middles))
        there = _arrow(bend, boxes[tail], boxes[head])
        back = _arrow(bend.beside(BESIDE).turned(), boxes[head], boxes[tail])
        found[tail, head] = Curve(there, back, middle, bend)
    return found


def _clearest(tail: Box, head: Box, others: Sequence[Box]) -> Bend:
    """The flattest way through the fewest boxes; a wide bow costs as much as to cut a box a little."""
    best, least = Bend.between((tail.x, tail.y), (head.x, head.y)), float("inf")
    for bow in BOWS:
        if abs(bow) * BOW_COSTS >= least:
            break
        bend = Bend.between((tail.x, tail.y), (head.x, head.y), bow)
        cut = sum(box.holds(point, CLEAR) for box in others for point in bend.points())
        if cut + abs(bow) * BOW_COSTS < least:
            best, least = bend, cut + abs(bow) * BOW_COSTS
    return best


def _arrow(bend: Bend, tail: Box, head: Box) -> Arrow:
    """What of the way can be seen: from the edge of one box to the edge of the other."""
    begin = _edge(lambda t: tail.holds(bend.at(t), EDGE))
    end = 1 - _edge(lambda t: head.holds(bend.at(1 - t), EDGE))
    if end <= begin:  # they stand so close that a short arrow is all there is
        begin, end = 0.4, 0.6
    seen = bend.part(begin, end)
    (x, y), (cx, cy) = seen.head, seen.control
    length = hypot(x - cx, y - cy) or 1.0
    ux, uy = (x - cx) / length, (y - cy) / length
    foot = x - ux * HEAD_LONG, y - uy * HEAD_LONG
    left, right = ((foot[0] - uy * HEAD_WIDE * side, foot[1] + ux * HEAD_WIDE * side) for side in (1, -1))
    line = f"M{_xy(seen.tail)}Q{_xy(seen.control)} {_xy(foot)}"
    return Arrow(line, f"M{_xy(seen.head)}L{_xy(left)} {_xy(right)}z")


def _edge(is_inside: Callable[[float], bool]) -> float:
    """Where a way that begins inside comes out first."""
    out = next((step / STEPS for step in range(STEPS + 1) if not is_inside(step / STEPS)), 1.0)
    inside = max(0.0, out - 1 / STEPS)
    for _ in range(HALVINGS):
        half = (out + inside) / 2
        out, inside = (out, half) if is_inside(half) else (half, inside)
    return out


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _crowd(point: Point, boxes: Mapping[str, Box], middles: Sequence[Point]) -> int:
    """How many boxes and words stand in the way of words at `point`."""
    on_boxes = sum(box.holds(point, WORDS_HIGH / 2) for box in boxes.values())
    on_words = sum(abs(point[0] - x) < WORDS_WIDE and abs(point[1] - y) < WORDS_HIGH for x, y in middles)
    return on_boxes + on_words
