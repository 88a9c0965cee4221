from contextlib import suppress
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain import standing
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Bounds
from kanban_hub.domain.evidence.stockouts import stock_out_totals, stock_outs
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.evidence.past import basis, chronicle, moves, work
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop

HOUR_S = 3600


def empty(shop: Shopfloor) -> None:
    shop.pulls(4)


def test_a_stock_out_lasts_from_the_last_pull_until_the_next_receipt(shop: Shopfloor) -> None:
    empty(shop)
    began_ms = shop.now_ms
    shop.wait(2 * HOUR_S)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)

    (row,) = stock_outs(basis(shop))

    assert (row.began_at_ms, row.ended_at_ms, row.hours, row.is_open) == (began_ms, shop.now_ms, 2, False)
    assert moves(shop, row.events) == [("bracket-0004", "pull"), ("bracket-0001", "receive")]


def test_one_that_lasts_is_open_and_counts_until_now(shop: Shopfloor) -> None:
    empty(shop)
    began_ms = shop.now_ms
    shop.wait(HOUR_S / 2)

    (total,) = stock_out_totals(basis(shop))

    assert (total.count, total.hours, total.open_since_at_ms) == (1, 0.5, began_ms)


def test_a_last_pull_that_was_taken_back_emptied_nothing(shop: Shopfloor) -> None:
    empty(shop)
    shop.undo(shop.signal)

    assert stock_outs(basis(shop)) == []


def test_a_held_container_is_none_that_can_be_used(shop: Shopfloor) -> None:
    shop.pulls(3)
    shop.order(standing.hold(shop.card(4), "bent"))
    shop.wait(HOUR_S)
    shop.order(standing.resume(shop.card(4)))

    assert [row.hours for row in stock_outs(basis(shop))] == [1]


def test_a_failed_last_container_is_a_stock_out(shop: Shopfloor) -> None:
    shop.pulls(3)
    shop.fail()

    assert [row.is_open for row in stock_outs(basis(shop))] == [True]


def test_only_the_hours_inside_the_window_count(shop: Shopfloor) -> None:
    empty(shop)
    began_ms = shop.now_ms
    shop.wait(4 * HOUR_S)

    (row,) = stock_outs(basis(shop, began_ms + HOUR_S * 1000, began_ms + 3 * HOUR_S * 1000))

    assert (row.hours, row.began_at_ms, row.is_open) == (2, began_ms, True)


def test_working_time_is_told_when_it_is_known(shop: Shopfloor) -> None:
    empty(shop)
    shop.wait(4 * HOUR_S)

    (unknown,) = stock_outs(basis(shop))
    work(shop, time(2), time(3))
    (row,) = stock_outs(basis(shop))

    assert (row.hours, row.working_hours) == (4, 1)
    assert unknown.working_hours is None
    assert [total.working_hours for total in stock_out_totals(basis(shop))] == [1]


def test_a_loop_never_out_of_stock_has_a_row_of_nothing(shop: Shopfloor) -> None:
    (total,) = stock_out_totals(basis(shop))

    assert (total.loop, total.count, total.hours, total.events) == ("bracket", 0, 0, ())


def test_forgotten_events_change_nothing_about_later_stock_outs(shop: Shopfloor) -> None:
    shop.pulls(3)
    shop.wait(1_000)
    shop.pull()
    shop.wait(HOUR_S)
    late = chronicle(shop, Bounds(age_ms=500_000, steps=2))

    rows = stock_outs(Basis(late, shop.floor, Window(0, shop.now_ms + 1), shop.now_ms))

    assert [row.hours for row in rows] == [1]


def act(shop: Shopfloor, what: str) -> None:
    """One thing that people do, a while after the one before; what is refused changes nothing."""
    shop.wait(7)
    with suppress(DomainError):
        match what:
            case "receive":
                away = [card.id for card in shop.floor.cards_of("bracket") if card.state != "full"]
                if away:
                    shop.scan(away[0], intent=Intent.RECEIVE)
            case "undo":
                shop.undo(shop.signal)
            case "wait":
                shop.wait(100)
            case _:
                getattr(shop, what)()


@given(st.lists(st.sampled_from(["pull", "advance", "receive", "fail", "undo", "wait"]), max_size=30))
def test_it_is_open_exactly_while_the_floor_has_no_usable_container(todo: list[str]) -> None:
    shop = Shopfloor(kanban_loop(cards=2, duplicate_window_s=0))
    for what in todo:
        act(shop, what)

    (total,) = stock_out_totals(basis(shop))

    usable = [c for c in shop.floor.cards_of("bracket") if c.state == "full" and c.standing == "active"]
    assert (total.open_since_at_ms is None) == bool(usable)
