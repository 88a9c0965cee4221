"""The figures where a loop is more than one card a container."""

from kanban_hub.domain import onetime, quality
from kanban_hub.domain.evidence.bullwhip import bullwhip
from kanban_hub.domain.evidence.leadtimes import round_rows
from kanban_hub.domain.evidence.queueage import queue_age
from kanban_hub.domain.evidence.refusals import refusals
from kanban_hub.domain.evidence.stockouts import stock_out_totals, stock_outs
from kanban_hub.domain.evidence.turns import turns
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.evidence.past import basis, chronicle, moves
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop


def signal_loop() -> Shopfloor:
    """Lots of four containers of 20, asked for when one is left."""
    return Shopfloor(kanban_loop(kind=LoopKind.SIGNAL, cards=1, lot_containers=4, reorder_containers=1))


def test_a_signal_loop_asks_once_for_its_lot() -> None:
    shop = signal_loop()
    shop.pulls(3)
    shop.wait(60)
    shop.advance()
    shop.advance()
    shop.scan("bracket-0001", intent=Intent.RECEIVE)

    (row,) = round_rows(basis(shop))

    assert moves(shop, row.events)[0] == ("bracket-0001", "take")
    assert (row.lead_s, len([s for s in chronicle(shop).steps() if s.is_request])) == (60, 1)
    assert [(one.pulls, one.pieces, one.turns) for one in turns(basis(shop))] == [(3, 60, 0.75)]


def test_a_signal_loop_is_out_of_stock_when_its_last_container_is_taken() -> None:
    shop = signal_loop()
    shop.pulls(3)
    assert stock_outs(basis(shop)) == []

    shop.pulls(1)
    shop.wait(3_600)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)

    assert [(row.hours, row.is_open) for row in stock_outs(basis(shop))] == [(1, False)]


def test_one_time_cards_are_requests_and_never_out_of_stock() -> None:
    shop = Shopfloor(kanban_loop(kind=LoopKind.EVENT, cards=0))
    shop.order(onetime.add(shop.floor, "bracket", onetime.Occasional("spare parts", cards=2), shop.now_ms))
    shop.wait(30)

    assert [row.requests for row in queue_age(basis(shop))] == [2]
    assert [row.oldest_s for row in queue_age(basis(shop))] == [30]
    assert stock_out_totals(basis(shop)) == []


def test_a_card_that_ends_with_its_pull_asks_for_nothing(shop: Shopfloor) -> None:
    shop.fail()
    for _ in range(2):
        shop.wait(10)
        shop.advance()
    shop.scan("bracket-0005", intent=Intent.RECEIVE)
    shop.order(quality.clear(shop.floor, shop.card(1)))
    before = len([step for step in chronicle(shop).steps() if step.is_request])
    shop.wait(10)
    shop.scan("bracket-0005")

    steps = list(chronicle(shop).steps())
    assert (shop.card(5).is_void, steps[-2].is_pull) == (True, True)
    assert len([step for step in steps if step.is_request]) == before


def test_a_container_sent_back_is_owed_from_then_on(shop: Shopfloor) -> None:
    shop.fail()
    shop.wait(1_000)
    shop.order(quality.send_back(shop.floor, shop.card(1)))
    shop.wait(60)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)

    (row,) = round_rows(basis(shop))

    assert row.lead_s == 60
    assert moves(shop, row.events) == [("bracket-0001", "return"), ("bracket-0001", "receive")]


def test_a_suspect_container_is_none_that_can_be_used() -> None:
    shop = Shopfloor(kanban_loop(cards=2, containment_window_s=3_600))
    for number in (1, 2):
        shop.pull()
        shop.wait(10)
        shop.scan(f"bracket-000{number}", intent=Intent.RECEIVE)
    shop.fail()

    assert [row.is_open for row in stock_outs(basis(shop))] == [True]


def test_pulls_too_fast_to_have_been_used_up_are_counted() -> None:
    shop = Shopfloor(kanban_loop(cycle_time_s=30.0))
    shop.pulls(2)

    (row,) = [row for row in refusals(basis(shop)) if row.what == "too_fast"]

    assert (row.station, row.loop, row.count) == ("assembly", "bracket", 1)


def test_orders_of_whole_lots_swing_more_than_the_pulls_behind_them() -> None:
    shop = signal_loop()
    for number in range(40):
        shop.pull()
        if number % 3 == 2:
            shop.scan("bracket-0001", intent=Intent.RECEIVE)
        shop.wait(60 + 50 * (number % 2))

    (row,) = bullwhip(basis(shop))

    assert row.index is not None
    assert row.index > 1
