"""The map as places and lines, whatever the plant."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.web.valuestream.plan import BOX_HIGH, BOX_WIDE, COLUMN, LANE_HIGH, LANE_WIDE, Way, plan

stations = "abcdef"
ways = st.lists(
    st.tuples(st.sampled_from(stations), st.sampled_from(stations)).filter(lambda way: way[0] != way[1]),
    max_size=9,
).map(lambda pairs: [(f"l{n}", *pair) for n, pair in enumerate(pairs)])


def test_processes_go_from_left_to_right_with_the_stock_before_each_consumer() -> None:
    found = plan("abc", [("one", "a", "b"), ("two", "b", "c")], [])

    assert [found.boxes[station].x for station in "abc"] == [30, 30 + COLUMN, 30 + 2 * COLUMN]
    assert found.lanes["one"].spot.x == found.boxes["b"].x - LANE_WIDE
    assert found.lanes["one"].spot.y == found.boxes["b"].y + BOX_HIGH / 2 - LANE_HIGH / 2


def test_the_stock_of_one_consumer_stands_in_the_order_of_its_suppliers() -> None:
    found = plan("abcx", [("low", "b", "x"), ("high", "a", "x"), ("deep", "c", "x")], [])

    order = sorted(found.lanes, key=lambda loop: found.lanes[loop].spot.y)
    assert order == sorted(
        order, key=lambda loop: found.boxes[{"low": "b", "high": "a", "deep": "c"}[loop]].y
    )


def test_the_end_customer_stands_beside_who_feeds_nobody() -> None:
    found = plan("abcd", [("one", "a", "b"), ("two", "a", "c")], [])

    assert set(found.customers) == {"b", "c"}, "d is fed by nobody"
    assert all(spot.x > found.boxes["b"].x + BOX_WIDE for spot in found.customers.values())


def test_the_ladder_steps_up_between_two_processes() -> None:
    found = plan("abc", [("one", "a", "b"), ("two", "b", "c")], ["one", "two"])

    one, two = found.steps
    assert (one.down_from, one.down_to, one.up_to) == (30, 30 + BOX_WIDE, 30 + COLUMN)
    assert two.down_from == one.up_to
    assert found.ladder_y > max(spot.y for spot in found.boxes.values()) + BOX_HIGH


def test_a_plant_without_stations_has_an_empty_plan() -> None:
    assert plan([], [], []).boxes == {}


@given(ways)
def test_nothing_stands_on_anything(some: list[Way]) -> None:
    found = plan(stations, some, [])
    rects = [(spot.x, spot.y, BOX_WIDE, BOX_HIGH) for spot in found.boxes.values()]
    rects += [(lane.spot.x, lane.spot.y, LANE_WIDE, LANE_HIGH) for lane in found.lanes.values()]

    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(rects, 2):
        assert ax + aw <= bx + 1 or bx + bw <= ax + 1 or ay + ah <= by + 1 or by + bh <= ay + 1
    assert all(x >= -LANE_WIDE and y >= 0 for x, y, _, _ in rects)
    assert all(y + high <= found.ladder_y for _, y, _, high in rects)
