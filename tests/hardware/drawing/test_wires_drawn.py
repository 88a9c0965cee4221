"""The lines of the drawing: none crosses another, and where a wire ends on another there is a dot."""

from itertools import pairwise, permutations
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from kanban_hardware.drawing.circuit import Circuit, circuit
from kanban_hardware.wiring import Wiring
from tests.hardware.drawing.test_page import SVG, drawing
from tests.hardware.drawing.wirings import CIRCUITS, wirings

# Thinner and shorter lines are parts of symbols.
WIRE_MM, SYMBOL_MM = 0.7, 4.0
Point = tuple[float, float]


class Segment(NamedTuple):
    """A straight piece of a wire, level or upright; `ends` are those of its whole wire."""

    low: Point
    high: Point
    ends: frozenset[Point]

    @property
    def is_level(self) -> bool:
        return self.low[1] == self.high[1]

    @property
    def is_straight(self) -> bool:
        return self.is_level or self.low[0] == self.high[0]

    @property
    def length(self) -> float:
        return self.high[0] - self.low[0] + self.high[1] - self.low[1]

    def has_within(self, point: Point) -> bool:
        """Whether the point lies on the segment, but at no end of its wire."""
        (left, top), (right, bottom), (x, y) = self.low, self.high, point
        return left <= x <= right and top <= y <= bottom and point not in self.ends


def wires(root: Element, least_mm: float = WIRE_MM) -> list[Segment]:
    found = []
    for line in root.iter(f"{SVG}polyline"):
        pairs = [pair.split(",") for pair in (line.get("points") or "").split()]
        points = [(float(x), float(y)) for x, y in pairs]
        if float(line.get("stroke-width") or 0) >= least_mm and not line.get("stroke-dasharray"):
            ends = frozenset((points[0], points[-1]))
            found += [Segment(min(a, b), max(a, b), ends) for a, b in pairwise(points)]
    return [one for one in found if one.is_straight and one.length > SYMBOL_MM]


def dots(root: Element) -> set[Point]:
    return {
        (float(one.get("cx") or 0), float(one.get("cy") or 0))
        for one in root.iter(f"{SVG}circle")
        if one.get("r") == "0.7"
    }


def crossings(segments: list[Segment]) -> list[Point]:
    """Where a level and an upright wire run through each other."""
    pairs = [(one, other) for one, other in permutations(segments, 2) if one.is_level and not other.is_level]
    return [
        (upright.low[0], level.low[1])
        for level, upright in pairs
        if level.low[0] < upright.low[0] < level.high[0] and upright.low[1] < level.low[1] < upright.high[1]
    ]


def joints(segments: list[Segment]) -> set[Point]:
    """Where the end of one wire lies on another."""
    return {end for one, other in permutations(segments, 2) for end in one.ends if other.has_within(end)}


@pytest.mark.parametrize("drawn", CIRCUITS.values(), ids=list(CIRCUITS))
def test_no_wire_crosses_another(drawn: Circuit) -> None:
    # Pull-down resistors hang on thinner lines.
    assert crossings(wires(drawing(drawn), least_mm=0.4)) == []


@settings(max_examples=20)
@given(wirings())
def test_wires_that_meet_have_a_dot_and_none_cross_whatever_the_pins(wiring: Wiring) -> None:
    root = drawing(circuit(wiring))
    segments = wires(root)

    assert crossings(segments) == []
    assert joints(segments) <= dots(root)


def test_the_test_would_find_a_crossing_and_a_joint_without_a_dot() -> None:
    level = Segment((0, 5), (10, 5), frozenset({(0, 5), (10, 5)}))
    through = Segment((5, 0), (5, 10), frozenset({(5, 0), (5, 10)}))
    onto = Segment((5, 0), (5, 5), frozenset({(5, 0), (5, 5)}))

    assert crossings([level, through]) == [(5, 5)]
    assert joints([level, onto]) == {(5, 5)}
