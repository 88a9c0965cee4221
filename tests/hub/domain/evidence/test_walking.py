from dataclasses import replace
from datetime import time

from kanban_hub.domain.evidence.walking import OUTSIDE_SHIFTS, walking
from kanban_hub.domain.floormap import FloorMap, Point, way_units
from tests.hub.domain.evidence.past import basis, moves, round_trip, work
from tests.hub.domain.shopfloor import Shopfloor


def place(shop: Shopfloor, metres_per_unit: float | None = 0.5, **positions: Point) -> None:
    plant = shop.floor.plant
    for station, position in positions.items():
        plant.stations[station] = replace(plant.stations[station], position=position)
    plant.floor_map = FloorMap(metres_per_unit)


def test_a_way_runs_square_to_the_map() -> None:
    assert way_units((0, 10), (30, -10)) == 50


def test_every_container_received_is_a_walk_there_and_back(shop: Shopfloor) -> None:
    place(shop, assembly=(100, 40), paint=(20, 10))
    cards = [round_trip(shop, 1, 1, 1) for _ in range(3)]

    (row,) = walking(basis(shop))

    assert (row.loop, row.supplier, row.consumer, row.shift) == ("bracket", "paint", "assembly", None)
    assert (row.trips, row.metres_per_trip, row.metres) == (3, 110, 330)
    assert moves(shop, row.events) == [(card, "receive") for card in cards]


def test_without_a_scale_or_a_place_there_are_trips_and_no_metres(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    place(shop, metres_per_unit=None, assembly=(100, 40), paint=(20, 10))
    assert [(row.trips, row.metres) for row in walking(basis(shop))] == [(1, None)]

    place(shop, assembly=(100, 40))
    shop.floor.plant.stations["paint"] = replace(shop.floor.plant.stations["paint"], position=None)
    assert [(row.trips, row.metres) for row in walking(basis(shop))] == [(1, None)]


def test_walks_are_told_by_shift_and_what_lies_outside(shop: Shopfloor) -> None:
    place(shop, assembly=(10, 0), paint=(0, 0))
    round_trip(shop, 1, 1, 1)
    work(shop, time(0), time(0, 1))
    rows = walking(basis(shop))

    assert [(row.shift, row.trips) for row in rows] == [(None, 1), (OUTSIDE_SHIFTS, 1)]

    work(shop, time(0), time(23, 59))
    assert [(row.shift, row.trips, row.metres) for row in walking(basis(shop))] == [
        (None, 1, 10),
        ("day", 1, 10),
    ]


def test_nobody_walks_to_a_supplier_outside(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    shop.floor.plant.stations["paint"] = replace(shop.floor.plant.stations["paint"], external=True)

    assert walking(basis(shop)) == []
