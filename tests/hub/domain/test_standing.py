"""Cards whose paper is damaged or gone."""

import pytest

from kanban_hub.domain.balance import balance
from kanban_hub.domain.card import Contents
from kanban_hub.domain.errors import CardVoidError, DomainError, Reason
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.onetime import Occasional
from kanban_hub.orders import AddCards, CountCard, MoveCard
from tests.hub.domain.shopfloor import ALL_STEPS, Shopfloor, kanban_loop, plant_of


def reissue(shop: Shopfloor, number: int, reason: str | None = None) -> None:
    shop.ask(MoveCard(f"bracket-{number:04d}", "reissue", reason))


def test_a_reissued_card_stands_where_the_old_one_stood(shop: Shopfloor) -> None:
    shop.pull()
    asked = shop.card(1)
    shop.wait(600)

    reissue(shop, 1, "torn")

    new = shop.card(5)
    assert (new.state, new.since_ms, new.asked_ms) == (State.REQUESTED, asked.since_ms, asked.asked_ms)
    assert all(sheet.is_even for sheet in balance(shop.floor))
    assert shop.states() == ["full", "full", "full", "requested"]


def test_the_old_number_is_void_and_says_which_took_its_place(shop: Shopfloor) -> None:
    reissue(shop, 1, "torn")

    old = shop.card(1)
    assert (old.standing, old.hold_reason) == (Standing.RETIRED, "reissued as bracket-0005: torn")
    with pytest.raises(CardVoidError) as refused:
        shop.scan("bracket-0001")
    assert refused.value.reason is Reason.CARD_RETIRED


def test_what_is_in_the_container_goes_over_to_the_new_card(shop: Shopfloor) -> None:
    shop.ask(CountCard("bracket-0001", Contents(7, "L-7")))

    reissue(shop, 1)

    assert (shop.card(5).quantity, shop.card(5).lot) == (7, "L-7")


def test_a_card_on_hold_is_reissued_on_hold(shop: Shopfloor) -> None:
    shop.ask(MoveCard("bracket-0001", "hold", "wet"))

    reissue(shop, 1)

    assert (shop.card(5).standing, shop.card(5).hold_reason) == (Standing.HELD, "wet")


def test_a_one_time_card_keeps_what_is_left_of_it(shop: Shopfloor) -> None:
    shop.ask(AddCards("bracket", Occasional("fair", pieces=7, cycles=2)))

    reissue(shop, 5)

    new = shop.card(6)
    assert (new.is_temporary, new.quantity, new.cycles_left) == (True, 7, shop.card(5).cycles_left)
    assert all(sheet.is_even for sheet in balance(shop.floor))


def test_a_loop_that_gets_smaller_stays_in_balance() -> None:
    shop = Shopfloor()
    shop.replan(plant_of(kanban_loop(cards=3)))

    reissue(shop, 1)

    assert len(shop.floor.cards_of("bracket")) == 4
    assert all(sheet.is_even for sheet in balance(shop.floor))
    shop.pull()
    assert len(shop.floor.cards_of("bracket")) == 3


def test_about_a_quarantined_container_is_decided_first(shop: Shopfloor) -> None:
    shop.fail()

    with pytest.raises(DomainError) as refused:
        reissue(shop, 1)

    assert refused.value.reason is Reason.QUARANTINED


def test_a_void_number_is_not_reissued_again(shop: Shopfloor) -> None:
    reissue(shop, 1)

    with pytest.raises(CardVoidError):
        reissue(shop, 1)


def test_a_card_that_was_lost_hands_its_place_on_too() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    shop.pull()
    asked_ms = shop.card(1).asked_ms
    shop.wait(60)

    shop.ask(MoveCard("bracket-0001", "lose"))

    assert shop.card(5).asked_ms == asked_ms


def test_the_events_say_it_all(shop: Shopfloor) -> None:
    shop.ask(CountCard("bracket-0002", Contents(7, "L-7")))
    reissue(shop, 2)

    assert shop.replayed().cards == shop.floor.cards
