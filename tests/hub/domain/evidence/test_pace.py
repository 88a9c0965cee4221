from datetime import time

import pytest

from kanban_hub.domain.evidence.bullwhip import BullwhipRow, bullwhip
from kanban_hub.domain.evidence.pace import PaceRow, pace
from kanban_hub.domain.evidence.tiers import loops_by_tier, tiers
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.evidence.past import basis, moves, work
from tests.hub.domain.shopfloor import Shopfloor

STATIONS = ("shipping", "assembly", "paint", "castings")


def loop(loop_id: str, supplier: str, consumer: str, quantity: int = 10, cards: int = 60) -> KanbanLoop:
    return KanbanLoop(loop_id, "part", supplier, consumer, quantity, cards, rate_per_hour=60.0)


def plant(*loops: KanbanLoop) -> Plant:
    return Plant("plant", [Station(name, name) for name in STATIONS], [Item("part", "Part")], loops)


CHAIN = plant(
    loop("product", "assembly", "shipping"),
    loop("frame", "paint", "assembly"),
    loop("casting", "castings", "paint", quantity=50),
)


def chain() -> Shopfloor:
    shop = Shopfloor()
    shop.replan(CHAIN)
    return shop


def pull(shop: Shopfloor, loop_id: str) -> None:
    shop.pull(loop_id, CHAIN.loops[loop_id].consumer)


def rows_of(shop: Shopfloor) -> dict[int, PaceRow]:
    return {row.tier: row for row in pace(basis(shop)) if row.loop is None}


def index_of(shop: Shopfloor) -> dict[int, BullwhipRow]:
    return {row.tier: row for row in bullwhip(basis(shop))}


def test_a_tier_is_the_distance_from_the_end_customer() -> None:
    assert tiers(CHAIN) == {"shipping": 0, "assembly": 1, "paint": 2, "castings": 3}
    assert {t: [one.id for one in found] for t, found in loops_by_tier(CHAIN).items()} == {
        0: ["product"],
        1: ["frame"],
        2: ["casting"],
    }


def test_the_shortest_way_counts_and_a_circle_without_an_end_has_no_tier() -> None:
    circle = loop("a", "paint", "castings"), loop("b", "castings", "paint")

    assert tiers(plant(*circle)) == {}
    assert tiers(plant(*CHAIN.loops.values(), loop("direct", "castings", "shipping")))["castings"] == 1


def test_takt_is_the_time_over_the_pieces_that_the_end_customer_took() -> None:
    shop = chain()
    for _ in range(11):
        pull(shop, "product")
        pull(shop, "frame")
        shop.wait(600)

    row = rows_of(shop)[0]

    # Ten containers of ten after the first pull, one every 600 s.
    assert (row.pulls, row.pieces, row.span_s, row.takt_s) == (10, 100, 6_000, 60)
    assert len(moves(shop, row.events)) == 10
    assert row.deviation == pytest.approx(0)


def test_a_tier_that_pulls_more_than_the_customer_needs_deviates_upwards() -> None:
    shop = chain()
    for _ in range(11):
        pull(shop, "product")
        pull(shop, "frame")
        shop.wait(300)
        pull(shop, "frame")
        shop.wait(300)

    rows = rows_of(shop)

    assert rows[1].deviation == pytest.approx(1)
    assert rows[2].deviation == -1


def test_the_working_time_is_the_time_of_the_takt_when_it_is_known() -> None:
    shop = chain()
    for _ in range(3):
        pull(shop, "product")
        shop.wait(600)

    work(shop, time(0), time(0, 26, 40))  # the floor begins at 00:16:40

    (row, *_) = pace(basis(shop))

    assert (row.span_s, row.working_s, row.takt_s) == (1_200, 600, 30)


def test_without_a_customer_there_is_no_pace() -> None:
    shop = chain()
    pull(shop, "product")

    assert pace(basis(shop)) == []
    assert bullwhip(basis(shop)) == []


def test_a_tier_that_orders_as_the_customer_pulls_has_the_index_one() -> None:
    shop = chain()
    for number in range(40):
        pull(shop, "product")
        pull(shop, "frame")
        shop.wait(60 + 100 * (number % 3))

    rows = index_of(shop)

    assert rows[0].index == 1
    assert rows[1].index == pytest.approx(1)


def test_orders_in_lots_swing_more_than_the_customer() -> None:
    shop = chain()
    for number in range(41):
        pull(shop, "product")
        if number % 5 == 0:
            pull(shop, "casting")
        shop.wait(60 + 100 * (number % 3))

    row = index_of(shop)[2]

    assert row.index is not None
    assert row.index > 2
    assert row.orders_mean_h == pytest.approx(row.demand_mean_h)


def test_with_few_pulls_or_perfectly_even_ones_there_is_no_index() -> None:
    few, even = chain(), chain()
    for number in range(20):
        pull(few, "product")
        few.wait(60 + number)
    for _ in range(21):
        pull(even, "product")
        even.wait(60)

    assert index_of(few)[0].index is None
    assert index_of(even)[0].index is None


def test_a_pull_that_was_taken_back_is_no_demand() -> None:
    shop = chain()
    for _ in range(3):
        pull(shop, "product")
        shop.wait(600)
    pull(shop, "product")
    shop.undo(shop.signal, "shipping")

    assert rows_of(shop)[0].pulls == 2
    assert shop.floor.card("product-0004").state is State.FULL


def test_a_container_received_is_no_demand() -> None:
    shop = chain()
    for _ in range(3):
        pull(shop, "product")
        shop.wait(600)
    shop.scan("product-0001", "shipping", Intent.RECEIVE)

    assert rows_of(shop)[0].pulls == 2
