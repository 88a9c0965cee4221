"""Growing and shrinking a loop, and another container quantity: nothing printed lies, nothing is lost."""

from typing import Any

import pytest

from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.moves import Move
from kanban_hub.domain.obstacles import Hurdle, Obstacle
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.stock import stock_pieces
from kanban_hub.orders import MoveCard
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop, plant_of


def replan(shop: Shopfloor, **changes: Any) -> None:
    shop.replan(plant_of(kanban_loop(**changes)))


def test_of_a_smaller_loop_each_card_too_many_goes_when_it_is_next_pulled(shop: Shopfloor) -> None:
    shop.pulls(1)
    replan(shop, cards=2)
    assert balance(shop.floor)[0].surplus == 2
    shop.wait(10)
    assert str(shop.pull().text) == "Card no longer needed: put it aside"
    shop.wait(10)
    shop.pull()
    assert shop.states() == ["requested", "full"]
    assert balance(shop.floor)[0].surplus == 0
    shop.wait(10)
    shop.pull()
    assert shop.states() == ["requested", "requested"]


def test_growing_again_keeps_the_cards_that_were_to_go(shop: Shopfloor) -> None:
    replan(shop, cards=2)
    replan(shop, cards=5)
    assert shop.states() == ["full"] * 5
    assert balance(shop.floor)[0].surplus == 0


def test_a_lost_card_of_a_loop_with_too_many_gets_no_successor(shop: Shopfloor) -> None:
    replan(shop, cards=3)
    shop.ask(MoveCard("bracket-0002", "lose"))
    assert len(shop.states()) == 3
    assert balance(shop.floor)[0].is_even


def test_another_quantity_exchanges_each_card_at_its_next_pull(shop: Shopfloor) -> None:
    replan(shop, container_quantity=10)
    outcome = shop.pull()
    assert str(outcome.text) == "Old quantity: put the card aside, bracket-0005 takes its place"
    assert shop.card(1).standing == "retired"
    (entry,) = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert (entry.card.id, entry.quantity) == ("bracket-0005", 10)


def test_until_then_a_card_stands_for_what_is_printed_on_it(shop: Shopfloor) -> None:
    shop.pulls(1)
    replan(shop, container_quantity=10)
    assert stock_pieces(shop.floor, shop.floor.loop("bracket")) == 60
    (entry,) = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert (entry.card.id, entry.quantity) == ("bracket-0001", 20)


def test_an_exchange_in_a_batch_collects_under_the_new_number() -> None:
    shop = Shopfloor(kanban_loop(batch=2))
    shop.replan(plant_of(kanban_loop(batch=2, container_quantity=10)))
    shop.pulls(2)
    assert [(card.id, str(card.state)) for card in shop.floor.cards_of("bracket")][2:] == [
        ("bracket-0005", "requested"),
        ("bracket-0006", "requested"),
    ]


def test_cards_never_change_from_containers_to_lots(shop: Shopfloor) -> None:
    with pytest.raises(PlantChangeError) as caught:
        replan(shop, kind=LoopKind.SIGNAL, cards=1, lot_containers=4)
    assert caught.value.obstacles == (Obstacle(Hurdle.MEANING, "bracket", "kind", "card", "signal"),)


def test_all_that_stands_in_the_way_is_told_at_once(shop: Shopfloor) -> None:
    other = kanban_loop("other")
    shop.replan(plant_of(kanban_loop(), other))
    shop.pull()
    turned = kanban_loop("other", supplier="assembly", consumer="paint")
    with pytest.raises(PlantChangeError) as caught:
        shop.replan(plant_of(turned))
    assert caught.value.obstacles == (
        Obstacle(Hurdle.ASKED, "bracket", cards=4, full=3),
        Obstacle(Hurdle.CIRCUIT, "other", "supplier", "paint", "assembly"),
        Obstacle(Hurdle.CIRCUIT, "other", "consumer", "assembly", "paint"),
    )


def test_a_loop_may_take_up_a_step(shop: Shopfloor) -> None:
    shop.pull()
    replan(shop, steps=(Move.FINISH,))
    assert shop.advance().state == "done"
