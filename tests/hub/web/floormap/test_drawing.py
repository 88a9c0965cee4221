"""The map as lines and boxes, whatever the plant."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.floormap import FloorMap, Point
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.web.floormap.bend import Bend
from kanban_hub.web.floormap.boxes import GAP_Y, HEIGHT, STEP_X, STEP_Y, WIDTH, Box, apart, scale
from kanban_hub.web.floormap.drawing import Drawing, Rect, drawing

places = st.none() | st.tuples(st.integers(0, 40), st.integers(0, 40))


def plant(*positions: Point | None, ways: str = "", floor_map: FloorMap | None = None) -> Plant:
    """Stations a, b, c … at these places; `ways` are pairs of them."""
    names = "abcdefgh"[: len(positions)]
    pairs = [tuple(pair) for pair in ways.split()]
    return Plant(
        "plant",
        [Station(name, name, position) for name, position in zip(names, positions, strict=True)],
        [Item("i", "I")],
        [KanbanLoop(tail + head, "i", tail, head, 1, 1) for tail, head in pairs],
        floor_map=floor_map or FloorMap(),
    )


def overlapping(found: Drawing) -> list[tuple[str, str]]:
    boxes = found.boxes
    return [
        (one, two)
        for one, two in combinations(boxes, 2)
        if abs(boxes[one].x - boxes[two].x) < WIDTH and abs(boxes[one].y - boxes[two].y) < HEIGHT
    ]


def test_stations_stand_as_somebody_has_placed_them_a_step_apart() -> None:
    found = drawing(plant((0, 0), (10, 0), (10, 10)))

    assert found.frame.pixels == STEP_X / 10
    assert found.boxes["b"] == Box(STEP_X, 0)
    assert all(place.is_own for place in found.places.values())


def test_who_has_no_place_stands_in_layers_below_the_others() -> None:
    found = drawing(plant((5, 5), None, None, ways="bc"))

    assert [place.is_own for place in found.places.values()] == [True, False, False]
    assert found.boxes["b"].y == found.boxes["c"].y == pytest.approx(found.boxes["a"].y + STEP_Y)
    assert found.boxes["c"].x > found.boxes["b"].x


def test_two_at_the_same_place_are_pushed_aside() -> None:
    boxes = apart({"a": Box(0, 0), "b": Box(0, 0)})

    assert abs(boxes["a"].y - boxes["b"].y) >= HEIGHT + GAP_Y - 1


def test_one_close_pair_does_not_drive_the_others_apart() -> None:
    points: list[Point] = [(0, 0), (0.1, 0), *((10.0 * n, 20.0) for n in range(8))]

    assert scale(points) == STEP_X / 10


def test_a_way_leads_from_edge_to_edge_and_its_request_back() -> None:
    way = drawing(plant((0, 0), (10, 0), ways="ab")).curves["a", "b"]

    assert way.middle == (STEP_X / 2, 0.0)
    (begin, *_, end) = re.findall(r"-?[\d.]+ -?[\d.]+", way.there.line)
    assert float(begin.split()[0]) == pytest.approx(WIDTH / 2 + 2, abs=2)
    assert float(end.split()[0]) < STEP_X - WIDTH / 2
    assert way.back.line != way.there.line


def test_a_way_bows_round_a_station_that_stands_between() -> None:
    found = drawing(plant((0, 0), (10, 0), (20, 0), ways="ac"))

    bend = found.curves["a", "c"].bend
    assert bend != Bend.between(bend.tail, bend.head)
    assert not any(found.boxes["b"].holds(point) for point in bend.points())


def test_a_picture_lies_in_the_units_of_the_plant_and_is_part_of_the_frame() -> None:
    found = drawing(plant((0, 0), (10, 0), floor_map=FloorMap(1.0, "0" * 32, (-20, -10), (100, 50))))

    pixels = found.frame.pixels
    assert found.picture == Rect(-20 * pixels, -10 * pixels, 100 * pixels, 50 * pixels)
    assert found.frame.left < -20 * pixels


def test_an_empty_plant_is_an_empty_map() -> None:
    assert drawing(Plant("plant")).frame.width > 0


def test_part_and_turn_of_a_bend_are_the_same_curve() -> None:
    bend = Bend.between((0, 0), (100, 0), 0.3)

    assert bend.part(0.25, 0.75).at(0.5) == pytest.approx(bend.at(0.5))
    assert bend.turned().at(0.25) == pytest.approx(bend.at(0.75))
    assert bend.at(0.5) == pytest.approx((50, 30))
    assert bend.beside(5).at(0.5) == pytest.approx((50, 25))


@given(st.lists(places, min_size=1, max_size=7))
def test_every_box_stands_clear_in_the_frame_and_every_map_is_drawn_alike(
    positions: list[Point | None],
) -> None:
    ways = " ".join(["ab", "bc", "cd", "de", "ef", "fg"][: len(positions) - 1])
    found = drawing(plant(*positions, ways=ways))

    assert overlapping(found) == []
    assert found == drawing(plant(*positions, ways=ways))
    frame = found.frame
    for box in found.boxes.values():
        assert frame.left < box.left < frame.left + frame.width - WIDTH
        assert frame.top < box.top < frame.top + frame.height - HEIGHT
