"""The supplier's press, and what it may not do."""

import pytest

from kanban_hub.domain import onetime, supplying
from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.card import Contents
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move
from kanban_hub.domain.onetime import Occasional
from kanban_hub.domain.outcome import Verdict
from tests.hub.domain.shopfloor import ALL_STEPS, CONSUMER, SUPPLIER, Shopfloor, kanban_loop


def test_one_press_says_seen_for_all_that_wait(shop: Shopfloor) -> None:
    shop.pulls(3)

    assert str(shop.advance().text) == "3 seen"
    assert shop.states() == ["accepted", "accepted", "accepted", "full"]


def test_the_next_press_is_the_next_step_of_the_card_furthest_along_the_oldest_first() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    shop.pulls(2)
    moved = [shop.advance().card for _ in range(7)]

    assert moved == ["bracket-0001"] * 4 + ["bracket-0002"] * 3
    assert shop.states()[:2] == ["in_transit", "in_transit"]


def test_an_unseen_request_is_seen_before_work_goes_on(shop: Shopfloor) -> None:
    shop.pulls(1)
    shop.advance()
    shop.pulls(1)

    assert shop.advance().state == "accepted"
    assert shop.states()[:2] == ["accepted", "accepted"]


def test_a_loop_that_only_ships_ships_at_the_first_press() -> None:
    shop = Shopfloor(kanban_loop(steps=(Move.SHIP,)))
    shop.pulls(1)

    assert shop.advance().state == "in_transit"


def test_no_card_no_making(shop: Shopfloor) -> None:
    with pytest.raises(DomainError) as refused:
        shop.advance()

    assert refused.value.reason is Reason.OVER_PRODUCTION
    assert shop.states() == ["full"] * 4


def test_a_batch_that_is_not_complete_is_not_asked_for() -> None:
    shop = Shopfloor(kanban_loop(batch=3))
    shop.pulls(2)

    with pytest.raises(DomainError) as refused:
        shop.advance()
    assert refused.value.reason is Reason.OVER_PRODUCTION


def test_what_is_seen_and_has_no_further_step_is_told_as_seen() -> None:
    shop = Shopfloor(kanban_loop(steps=(Move.ACCEPT,)))
    shop.pulls(1)
    shop.advance()

    assert shop.advance().verdict == "already"


def test_the_consumer_cannot_press_for_the_supplier(shop: Shopfloor) -> None:
    shop.pulls(1)
    with pytest.raises(DomainError) as refused:
        shop.advance(station=CONSUMER)
    assert refused.value.reason is Reason.NOT_YOUR_LOOP


def test_cannot_calls_once_at_the_supplier(shop: Shopfloor) -> None:
    shop.cannot()

    assert shop.cannot().verdict == "already"
    (call,) = shop.floor.open_calls()
    assert (call.kind, call.station, call.topic) == (CallKind.MATERIAL, SUPPLIER, "no paint")


def test_a_partial_container_keeps_its_quantity_when_only_the_lot_is_said() -> None:
    shop = Shopfloor(kanban_loop())
    shop.order(onetime.add(shop.floor, "bracket", Occasional("show", pieces=7), shop.now_ms))
    card = shop.floor.card("bracket-0005")

    outcome = supplying.made(shop.floor, card, Move.SHIP, Moment.at(shop.now_ms), Contents(None, "L1"))
    shop.order(list(outcome.events))

    assert (shop.floor.card(card.id).quantity, shop.floor.card(card.id).lot) == (7, "L1")


def test_what_is_seen_once_more_is_good_news_and_changes_nothing(shop: Shopfloor) -> None:
    shop.pulls(2)

    first = supplying.see(shop.floor, "bracket")
    shop.order(list(first.events))

    assert str(first.text) == "2 seen"
    assert supplying.see(shop.floor, "bracket").verdict is Verdict.ALREADY


def test_cannot_is_one_call_whichever_way_it_is_said(shop: Shopfloor) -> None:
    shop.pulls(1)
    by_page = supplying.unable(shop.floor, shop.floor.loop("bracket"), "no steel", "call-of-a-page")
    shop.order(list(by_page.events))

    assert shop.cannot().verdict is Verdict.ALREADY
    (call,) = shop.floor.open_calls(SUPPLIER)
    assert (call.id, call.raised_by, call.topic) == ("call-of-a-page", SUPPLIER, "no steel")
