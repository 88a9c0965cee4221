"""The order in which a supplier serves, and its arithmetic."""

import pytest

from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.stock import rate
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop


def test_minutes_to_starvation_are_stock_over_rate_less_the_lead_time(shop: Shopfloor) -> None:
    shop.pulls(1)

    (entry,) = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)

    # 3 containers x 20 pieces / 30 an hour = 120 min; the lead time is 7,200 s = 120 min
    assert (entry.full_containers, entry.container_quantity) == (3, 20)
    assert (entry.rate.per_hour, entry.rate.source) == (30.0, "planned")
    assert entry.minutes_to_starvation == pytest.approx(120 - 120)


def test_the_consumer_that_starves_first_is_served_first_whoever_asked_first() -> None:
    slow = kanban_loop("slow", rate_per_hour=1.0)
    fast = kanban_loop("fast", rate_per_hour=600.0)
    shop = Shopfloor(slow, fast)
    shop.pulls(1, "slow")
    shop.pulls(1, "fast")

    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)

    assert [entry.card.loop for entry in queue] == ["fast", "slow"]


def test_within_a_loop_the_older_goes_first(shop: Shopfloor) -> None:
    cards = shop.pulls(3)

    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)

    assert [entry.card.id for entry in queue] == cards
    assert [entry.age_s for entry in queue] == [20, 10, 0]


def test_the_rate_is_measured_once_there_are_five_pulls() -> None:
    shop = Shopfloor(kanban_loop(cards=9))
    loop = shop.floor.plant.loops["bracket"]
    for _ in range(4):
        shop.wait(600)
        shop.pull()
    assert rate(shop.floor, loop).source == "planned"

    shop.wait(600)
    shop.pull()

    # 4 containers x 20 pieces in 40 minutes
    measured = rate(shop.floor, loop)
    assert measured.source == "measured"
    assert measured.per_hour == pytest.approx(120)


def test_collecting_held_and_shipped_cards_are_not_in_the_queue() -> None:
    shop = Shopfloor(kanban_loop(batch=3))
    shop.pulls(2)
    assert replenishment_queue(shop.floor, SUPPLIER, shop.now_ms) == []
    shop.pulls(1)
    assert len(replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)) == 3
    shop.advance()
    shop.advance()
    assert len(replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)) == 2
