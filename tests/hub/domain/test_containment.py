"""A fault rarely comes alone: the sister cards of a failed one are held wherever they stand."""

import pytest

from kanban_hub.domain.card import Contents
from kanban_hub.domain.displayline import Says
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.lamps import wanted
from kanban_hub.domain.moves import Move
from kanban_hub.orders import CountCard, MoveCard
from tests.hub.domain.shopfloor import CONSUMER, OTHER, SUPPLIER, Shopfloor, kanban_loop


def of_lots(shop: Shopfloor, *lots: str | None) -> Shopfloor:
    for number, lot in enumerate(lots, 1):
        if lot is not None:
            shop.ask(CountCard(f"bracket-000{number}", Contents(lot=lot)))
    return shop


def held(shop: Shopfloor) -> list[str]:
    return [card.id for card in shop.floor.cards.values() if card.suspect_of]


def test_cards_of_the_same_lot_are_suspect(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L2", "L1", "L1").fail()
    assert held(shop) == ["bracket-0003", "bracket-0004"]


def test_a_suspect_container_is_not_used(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L1", "L2", "L1").fail()
    assert shop.pull().card == "bracket-0003"
    with pytest.raises(DomainError, match="held"):
        shop.scan("bracket-0002")


def test_the_lot_may_come_with_the_fail(shop: Shopfloor) -> None:
    of_lots(shop, None, "L1").fail(lot="L1")
    assert held(shop) == ["bracket-0002"]
    assert shop.card(1).lot == "L1"


def test_without_lots_those_filled_within_the_window_are_suspect() -> None:
    shop = Shopfloor(kanban_loop(steps=(Move.SHIP,), containment_window_s=600))
    for wait_s, card in ((10, 1), (500, 2), (700, 3)):
        shop.pull()
        shop.wait(wait_s)
        shop.advance()
        shop.scan(f"bracket-000{card}")
    shop.fail_code("bracket-0001")
    assert held(shop) == ["bracket-0002"]


def test_without_a_lot_or_a_window_nothing_else_is_held(shop: Shopfloor) -> None:
    shop.fail()
    assert held(shop) == []


def test_the_same_item_in_another_loop_of_the_supplier_is_held_too() -> None:
    shop = Shopfloor(kanban_loop(), kanban_loop("bracket-2", consumer=OTHER))
    of_lots(shop, "L1").ask(CountCard("bracket-2-0001", Contents(lot="L1")))
    shop.fail()
    assert held(shop) == ["bracket-2-0001"]
    assert wanted(shop.floor, OTHER, shop.now_ms).stack.red == "on"


def test_the_station_that_holds_a_suspect_shows_red_and_says_so(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L1").fail()
    lamps = wanted(shop.floor, CONSUMER, shop.now_ms)
    assert lamps.stack.red == "on"
    assert (lamps.display[0].says, lamps.display[0].count) == (Says.SUSPECT, 1)


def test_use_as_is_frees_the_sisters(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L1").fail()
    shop.ask(MoveCard("bracket-0001", "clear"))
    assert held(shop) == []
    assert shop.card(2).standing == "active"


@pytest.mark.parametrize("disposition", ["scrap", "rework", "return"])
def test_when_the_fault_is_real_the_sisters_stay_held_until_each_is_decided(
    shop: Shopfloor, disposition: str
) -> None:
    of_lots(shop, "L1", "L1").fail()
    shop.ask(MoveCard("bracket-0001", disposition))
    assert held(shop) == ["bracket-0002"]
    shop.ask(MoveCard("bracket-0002", "resume"))
    assert held(shop) == []


def test_an_undone_fail_frees_the_sisters(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L1").fail()
    shop.undo(shop.signal)
    assert held(shop) == []
    assert shop.states() == ["full"] * 4


def test_a_suspect_that_fails_is_a_fail_of_its_own(shop: Shopfloor) -> None:
    of_lots(shop, "L1", "L1").fail()
    assert shop.fail_code("bracket-0002").verdict == "accepted"
    assert (shop.card(2).state, shop.card(2).standing) == ("quarantined", "active")
    assert len(shop.floor.open_calls(SUPPLIER)) == 2


def test_a_container_returned_to_the_supplier_is_asked_for_again(shop: Shopfloor) -> None:
    shop.fail()
    shop.ask(MoveCard("bracket-0001", "return"))
    assert shop.card(1).state == "requested"
    assert shop.card(5).ends_at_pull
