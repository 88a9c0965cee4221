"""Where everything of a value-stream map stands: processes from left to right, stock before each consumer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kanban_hub.domain.layout.heights import apart
from kanban_hub.domain.layout.layout import laid_out

BOX_WIDE, BOX_HIGH = 210.0, 184.0
LANE_WIDE, LANE_HIGH = 190.0, 132.0
# Between a process and the stock of its consumer: the arrows, and the cards on their way back.
ARROWS_WIDE = 116.0
COLUMN = BOX_WIDE + ARROWS_WIDE + LANE_WIDE
ROW_GAP = 56.0
CUSTOMER_WIDE = 190.0
MARGIN = 30.0
LADDER_GAP, LADDER_HIGH = 70.0, 96.0

Way = tuple[str, str, str]  # loop, supplier, consumer


@dataclass(frozen=True)
class Spot:
    """The upper left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Lane:
    """The stock of one loop, left of its consumer, and the arrows between it and the supplier."""

    spot: Spot
    there: str
    back: str


@dataclass(frozen=True)
class Step:
    """One step of the ladder at the foot: above while a container is on its way, below while it is made."""

    loop: str
    up_from: float
    up_to: float
    down_from: float
    down_to: float


@dataclass(frozen=True)
class Plan:
    """`customers` are where the end customer stands, beside the last stations of the chain."""

    boxes: dict[str, Spot]
    lanes: dict[str, Lane]
    customers: dict[str, Spot]
    steps: tuple[Step, ...]
    ladder_y: float
    width: float
    height: float


def plan(stations: Sequence[str], ways: Sequence[Way], path: Sequence[str]) -> Plan:
    """All of `stations`, the loops between them, and the ladder under those of `path`."""
    lanes_at: defaultdict[str, list[Way]] = defaultdict(list)
    for way in ways:
        lanes_at[way[2]].append(way)
    boxes = _boxes(stations, ways, {station: len(lanes_at[station]) for station in stations})
    lanes = _lanes(boxes, lanes_at)
    suppliers = {supplier for _, supplier, _ in ways}
    right = max((spot.x for spot in boxes.values()), default=0.0) + BOX_WIDE
    ends = [station for station in boxes if station not in suppliers and lanes_at[station]]
    customers = {station: Spot(right + ARROWS_WIDE, boxes[station].y) for station in ends}
    low = max((spot.y + LANE_HIGH for spot in _spots(lanes)), default=0.0)
    foot = max(low, *(spot.y + BOX_HIGH for spot in boxes.values()), 0.0)
    width = right + (ARROWS_WIDE + CUSTOMER_WIDE if customers else 0.0) + MARGIN
    ladder_y = foot + LADDER_GAP
    return Plan(boxes, lanes, customers, _steps(boxes, ways, path), ladder_y, width, ladder_y + LADDER_HIGH)


def _spots(lanes: Mapping[str, Lane]) -> list[Spot]:
    return [lane.spot for lane in lanes.values()]


def _boxes(stations: Sequence[str], ways: Sequence[Way], lanes: Mapping[str, int]) -> dict[str, Spot]:
    """In layers by the way of the material, each column with room for all the stock in it."""
    cells = laid_out(stations, [(supplier, consumer) for _, supplier, consumer in ways])
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for station in sorted(cells, key=lambda one: cells[one][1]):
        columns[int(cells[station][0])].append(station)
    middle: dict[str, float] = {}
    for column in columns.values():
        sizes = [max(BOX_HIGH, lanes[station] * LANE_HIGH) + ROW_GAP for station in column]
        steps = [(one + two) / 2 for one, two in pairwise(sizes)]
        wanted = [cells[station][1] * (BOX_HIGH + ROW_GAP) for station in column]
        middle |= dict(zip(column, apart(wanted, steps), strict=True))
    highest = min((middle[s] - max(BOX_HIGH, lanes[s] * LANE_HIGH) / 2 for s in middle), default=0.0)
    return {
        station: Spot(MARGIN + cells[station][0] * COLUMN, MARGIN + middle[station] - highest - BOX_HIGH / 2)
        for station in stations
    }


def _lanes(boxes: Mapping[str, Spot], lanes_at: Mapping[str, Sequence[Way]]) -> dict[str, Lane]:
    spots: dict[str, Spot] = {}
    for consumer, ways in lanes_at.items():
        box = boxes[consumer]
        ordered = sorted(ways, key=lambda way: boxes[way[1]].y)
        top = box.y + BOX_HIGH / 2 - len(ordered) * LANE_HIGH / 2
        for row, (loop, _, _) in enumerate(ordered):
            spots[loop] = Spot(box.x - LANE_WIDE, top + row * LANE_HIGH)
    by_supplier: defaultdict[str, list[str]] = defaultdict(list)
    for loop, supplier, _ in (way for ways in lanes_at.values() for way in ways):
        by_supplier[supplier].append(loop)
    found: dict[str, Lane] = {}
    for supplier, loops in by_supplier.items():
        loops.sort(key=lambda loop: spots[loop].y)
        for place, loop in enumerate(loops, 1):
            left = boxes[supplier].y + BOX_HIGH * place / (len(loops) + 1)
            found[loop] = _lane(Spot(boxes[supplier].x + BOX_WIDE, left), spots[loop])
    return found


def _lane(supplier: Spot, spot: Spot) -> Lane:
    """The material comes below, the cards go back above."""
    there, back = spot.y + LANE_HIGH * 0.62, spot.y + LANE_HIGH * 0.24
    return Lane(
        spot,
        _curve((supplier.x, supplier.y + 10), (spot.x - 4, there)),
        _curve((spot.x, back), (supplier.x + 6, supplier.y - 12)),
    )


def _curve(begin: tuple[float, float], end: tuple[float, float]) -> str:
    middle = (begin[0] + end[0]) / 2
    points = [(middle, begin[1]), (middle, end[1]), end]
    return f"M{begin[0]:.1f} {begin[1]:.1f}C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _steps(boxes: Mapping[str, Spot], ways: Sequence[Way], path: Sequence[str]) -> tuple[Step, ...]:
    ends = {loop: (supplier, consumer) for loop, supplier, consumer in ways}
    return tuple(
        Step(
            loop,
            boxes[supplier].x + BOX_WIDE,
            boxes[consumer].x,
            boxes[supplier].x,
            boxes[supplier].x + BOX_WIDE,
        )
        for loop in path
        for supplier, consumer in [ends[loop]]
    )
