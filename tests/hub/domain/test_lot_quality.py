"""A bad container of a lot: it is set aside with a card of its own, and the rest of the lot stays in use."""

import pytest

from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import NothingToFailError
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.orders import MoveCard
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor
from tests.hub.domain.test_lot import signal_loop, stock


def failed(lot: int = 5, reorder: int = 2) -> Shopfloor:
    shop = signal_loop(lot, reorder)
    shop.wait(10)
    shop.fail()
    return shop


def test_one_container_goes_into_quarantine_and_the_others_are_used_on() -> None:
    shop = failed()
    assert (shop.states(), stock(shop)) == (["full", "quarantined"], 80)
    shop.wait(10)
    assert shop.pull().verdict == "accepted"
    assert stock(shop) == 60
    assert balance(shop.floor)[0].temporary == 1


def test_the_call_and_the_finding_name_the_card_that_was_set_aside() -> None:
    (call,) = failed().floor.open_calls(SUPPLIER)
    assert call.card == "bracket-0002"


def test_a_fail_that_reaches_the_reorder_point_asks_for_the_lot() -> None:
    assert failed(lot=3).states() == ["requested", "quarantined"]


def test_a_container_judged_good_is_used_first_come_and_its_card_ends() -> None:
    shop = failed(lot=2, reorder=0)
    shop.ask(MoveCard("bracket-0002", "clear"))
    assert stock(shop) == 40
    for _ in range(2):
        shop.wait(10)
        shop.pull()
    assert (stock(shop), shop.card(2).standing) == (0, "retired")
    assert shop.states() == ["requested"]


@pytest.mark.parametrize("disposition", ["rework", "return"])
def test_a_container_that_the_supplier_makes_good_comes_back_as_one_container(disposition: str) -> None:
    shop = failed()
    shop.ask(MoveCard("bracket-0002", disposition))
    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert [(entry.card.id, entry.quantity) for entry in queue] == [("bracket-0002", 20)]
    for _ in range(3):
        shop.wait(10)
        if shop.card(2).state != "in_transit":
            shop.advance()
    shop.wait(10)
    shop.scan("bracket-0002")
    assert stock(shop) == 100


def test_a_scrapped_container_is_gone_from_the_stock() -> None:
    shop = failed()
    shop.ask(MoveCard("bracket-0002", "scrap"))
    assert (shop.states(), stock(shop)) == (["full"], 80)


def test_an_undone_fail_puts_the_container_back() -> None:
    shop = failed()
    shop.undo(shop.signal)
    assert (shop.states(), stock(shop)) == (["full"], 100)


def test_the_supplier_finds_a_container_of_its_lot_bad_and_the_stock_is_untouched() -> None:
    shop = signal_loop()
    shop.pulls(3)
    for _ in range(2):
        shop.wait(10)
        shop.advance()
    shop.fail(station=SUPPLIER)
    assert (shop.states(), stock(shop)) == (["in_transit", "quarantined"], 40)


def test_where_nothing_is_there_is_nothing_to_fail() -> None:
    shop = signal_loop(lot=2, reorder=0)
    shop.pulls(2)
    with pytest.raises(NothingToFailError):
        shop.fail()
