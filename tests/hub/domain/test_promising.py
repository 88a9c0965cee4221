"""The supplier's word: when the next container is ready, and amber before anything is late."""

import pytest

from kanban_hub.domain.displayline import DisplayLine, Says
from kanban_hub.domain.errors import DomainError, OverProductionError
from kanban_hub.domain.lamps import wanted
from kanban_hub.domain.records.promise import Promise, PromiseEnded
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.orders import MakePromise
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor


def promised(shop: Shopfloor, minutes: float) -> Shopfloor:
    shop.pull()
    shop.ask(MakePromise("bracket", shop.now_ms + round(minutes * 60_000), "oven"))
    return shop


def test_a_promise_stands_in_the_queue_and_on_the_display(shop: Shopfloor) -> None:
    promised(shop, 45)
    (entry,) = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert entry.promise is not None
    assert entry.promise.reason == "oven"
    (line,) = wanted(shop.floor, CONSUMER, shop.now_ms).display
    assert line == DisplayLine(1, "Bracket, left", Says.PROMISED, 1, ready_in_min=45)


def test_amber_warns_as_soon_as_the_promise_is_past_starvation(shop: Shopfloor) -> None:
    """60 pieces at 30 an hour last two hours."""
    assert wanted(promised(shop, 119).floor, CONSUMER, shop.now_ms).stack.amber == "off"
    shop.ask(MakePromise("bracket", shop.now_ms + 121 * 60_000))
    assert wanted(shop.floor, CONSUMER, shop.now_ms).stack.amber == "fast"
    assert wanted(shop.floor, SUPPLIER, shop.now_ms).stack.amber == "slow"


def test_a_promise_that_has_passed_is_called_late(shop: Shopfloor) -> None:
    promised(shop, 5)
    shop.wait(301)
    (line,) = wanted(shop.floor, CONSUMER, shop.now_ms).display
    assert (line.says, line.count, line.oldest_min) == (Says.LATE, 1, 5)


def test_shipping_keeps_the_promise_and_says_how_late(shop: Shopfloor) -> None:
    promised(shop, 5)
    shop.advance()
    shop.wait(420)
    shop.advance()
    (ended,) = [event for event, _ in shop.log if isinstance(event, PromiseEnded)]
    assert (ended.late_s, ended.card) == (120, "bracket-0001")
    assert shop.floor.records_of(Promise) == []


def test_nothing_can_be_promised_that_nobody_asked_for(shop: Shopfloor) -> None:
    with pytest.raises(OverProductionError):
        shop.ask(MakePromise("bracket", shop.now_ms + 1000))


@pytest.mark.parametrize("ahead_ms", [-1, 366 * 86_400_000])
def test_a_promise_lies_ahead(shop: Shopfloor, ahead_ms: int) -> None:
    shop.pull()
    with pytest.raises(DomainError, match="a time ahead"):
        shop.ask(MakePromise("bracket", shop.now_ms + ahead_ms))
