"""Two cards: the withdrawal loop and the production loop meet at the supermarket."""

import pytest

from kanban_hub.domain.errors import EmptySupermarketError
from kanban_hub.domain.moves import Move
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import CONSUMER, OTHER, SUPPLIER, Shopfloor, kanban_loop

STORE = SUPPLIER


@pytest.fixture
def shop() -> Shopfloor:
    production = kanban_loop(
        "made", item="panel", supplier=OTHER, consumer=STORE, cards=2, steps=(Move.FINISH,)
    )
    withdrawal = kanban_loop("panel", item="panel", supplier=STORE, consumer=CONSUMER, cards=3, pulls="made")
    return Shopfloor(production, withdrawal)


def ship(shop: Shopfloor) -> None:
    """One container goes from the supermarket to the consumer's place."""
    shop.wait(10)
    shop.pull("panel")
    shop.wait(10)
    shop.advance("panel")
    shop.wait(10)
    shop.advance("panel")


def test_a_pull_at_the_consumer_asks_the_supermarket_and_not_yet_the_maker(shop: Shopfloor) -> None:
    shop.pull("panel")
    assert (shop.states("panel"), shop.states("made")) == (["requested", "full", "full"], ["full", "full"])


def test_shipping_the_one_pulls_the_other(shop: Shopfloor) -> None:
    ship(shop)
    assert shop.states("panel") == ["in_transit", "full", "full"]
    assert shop.states("made") == ["requested", "full"]


def test_the_undo_of_the_shipment_undoes_both(shop: Shopfloor) -> None:
    ship(shop)
    shop.undo(shop.signal, STORE)
    assert shop.states("panel") == ["accepted", "full", "full"]
    assert shop.states("made") == ["full", "full"]


def test_what_leaves_without_having_been_booked_in_is_booked_in_first(shop: Shopfloor) -> None:
    ship(shop)
    ship(shop)
    shop.wait(10)
    shop.advance("made", OTHER)  # finished and brought, nobody booked it in
    ship(shop)
    assert shop.states("panel") == ["in_transit"] * 3
    moves = [event for event, _ in shop.log if getattr(event, "card", None) == "made-0001"]
    assert [getattr(event, "move", None) for event in moves][-3:] == ["finish", "receive", "pull"]


def test_nothing_leaves_an_empty_supermarket(shop: Shopfloor) -> None:
    ship(shop)
    ship(shop)
    with pytest.raises(EmptySupermarketError, match="no full container of made"):
        ship(shop)
    assert shop.states("panel") == ["in_transit", "in_transit", "accepted"]


def test_what_has_arrived_is_booked_in_even_so_and_noted(shop: Shopfloor) -> None:
    ship(shop)
    ship(shop)
    shop.wait(10)
    shop.pull("panel")
    shop.scan("panel-0003", intent=Intent.RECEIVE)
    assert shop.states("panel")[2] == "full"
    assert "supermarket had none" in shop.log[-1][0].text  # type: ignore[attr-defined]
