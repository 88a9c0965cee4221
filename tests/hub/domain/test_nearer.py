from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.floormap import Point, way_units
from kanban_hub.domain.nearer import Nearer, nearer
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station


def plant(places: dict[str, Point | None], ways: list[tuple[str, str]], external: str = "") -> Plant:
    return Plant(
        "plant",
        [Station(name, name, place, external=name == external) for name, place in places.items()],
        [Item("i", "I")],
        [KanbanLoop(a + b, "i", a, b, 1, 1) for a, b in ways],
    )


def test_a_shelf_far_from_what_it_feeds_comes_nearer() -> None:
    found = nearer(plant({"shelf": (0, 0), "line": (100, 20)}, [("shelf", "line")]), {"shelfline": 4})

    assert found[0] == Nearer("line", (0, 0), 480, 0)
    assert found[1] == Nearer("shelf", (100, 20), 480, 0)
    assert found[1].units_saved == 480


def test_the_way_that_is_gone_most_often_draws_most() -> None:
    places: dict[str, Point | None] = {"press": (0, 0), "paint": (50, 50), "line": (100, 0)}
    ways = [("press", "paint"), ("paint", "line")]

    found = nearer(plant(places, ways), {"presspaint": 1, "paintline": 3})

    assert Nearer("paint", (100, 0), 400, 100) in found


def test_a_station_between_equal_neighbours_stays_and_so_does_one_without_trips() -> None:
    places: dict[str, Point | None] = {
        "press": (0, 0),
        "paint": (50, 0),
        "line": (100, 0),
        "idle": (900, 900),
    }
    ways = [("press", "paint"), ("paint", "line"), ("idle", "line")]

    assert [one.station for one in nearer(plant(places, ways), {"presspaint": 2, "paintline": 2})] == [
        "line",
        "press",
    ]


def test_what_has_no_place_or_stands_outside_draws_nobody() -> None:
    places: dict[str, Point | None] = {"coils": (0, 0), "press": (50, 0), "line": None}
    ways = [("coils", "press"), ("press", "line")]

    assert nearer(plant(places, ways, external="coils"), {"coilspress": 5, "pressline": 5}) == []


places = st.tuples(st.integers(-9, 9), st.integers(-9, 9))


@given(places, st.lists(st.tuples(places, st.integers(1, 4)), min_size=1, max_size=5))
def test_no_other_place_is_better(stands: Point, others: list[tuple[Point, int]]) -> None:
    named: dict[str, Point | None] = {f"n{at}": place for at, (place, _) in enumerate(others)}
    site = plant({"s": stands, **named}, [("s", name) for name in named])
    trips = {f"sn{at}": count for at, (_, count) in enumerate(others)}

    found = next((one.units_then for one in nearer(site, trips) if one.station == "s"), None)

    def units(place: Point) -> float:
        return sum(way_units(place, other) * count for other, count in others)

    best = min(units((x, y)) for x in range(-9, 10) for y in range(-9, 10))
    assert (units(stands) if found is None else found) == best
