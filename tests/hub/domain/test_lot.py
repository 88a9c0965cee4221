"""Signal kanban: one card, a lot, a reorder point."""

from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop


def signal_loop(lot: int = 5, reorder: int = 2) -> Shopfloor:
    loop = kanban_loop(
        kind=LoopKind.SIGNAL, cards=1, lot_containers=lot, reorder_containers=reorder, duplicate_window_s=0
    )
    return Shopfloor(loop)


def stock(shop: Shopfloor) -> int:
    return stock_pieces(shop.floor, shop.floor.loop("bracket"))


def test_a_new_loop_begins_with_a_lot_in_stock() -> None:
    shop = signal_loop()
    assert (shop.states(), stock(shop)) == (["full"], 100)


def test_each_press_takes_a_container_and_asks_for_nothing_above_the_reorder_point() -> None:
    shop = signal_loop()
    shop.pulls(2)
    assert (shop.states(), stock(shop)) == (["full"], 60)


def test_at_the_reorder_point_the_lot_is_asked_for() -> None:
    shop = signal_loop()
    shop.pulls(3)
    (entry,) = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert (shop.states(), entry.quantity, entry.stock_pieces) == (["requested"], 100, 40)


def test_the_rest_is_used_up_while_the_lot_is_on_its_way_and_then_nothing_is_queued_twice() -> None:
    shop = signal_loop()
    shop.pulls(5)
    assert stock(shop) == 0
    assert shop.pull().verdict == "already"
    assert shop.states() == ["requested"]


def test_the_lot_arrives_on_top_of_what_is_left() -> None:
    shop = signal_loop()
    shop.pulls(4)
    for _ in range(2):
        shop.wait(10)
        shop.advance()
    shop.wait(10)
    shop.scan("bracket-0001")
    assert (shop.states(), stock(shop)) == (["full"], 120)


def test_a_taken_container_is_put_back_by_an_undo() -> None:
    shop = signal_loop()
    shop.pulls(3)
    shop.undo(shop.signal)
    assert (shop.states(), stock(shop)) == (["full"], 60)


def test_a_press_taken_back_counts_in_no_rate() -> None:
    shop = signal_loop(lot=50)
    shop.pulls(7)
    shop.undo(shop.signal)
    assert rate(shop.floor, shop.floor.loop("bracket")).per_hour == 20 * 360
    assert len(shop.floor.recall.pulls["bracket"]) == 6


def test_the_rate_counts_containers_and_not_lots() -> None:
    shop = signal_loop(lot=50)
    shop.pulls(6)
    assert rate(shop.floor, shop.floor.loop("bracket")).per_hour == 20 * 360


@given(lot=st.integers(2, 9), data=st.data())
def test_stock_is_what_came_less_what_went(lot: int, data: st.DataObject) -> None:
    shop = signal_loop(lot, data.draw(st.integers(0, lot - 1)))
    expected = lot * 20
    for _ in range(data.draw(st.integers(1, 30))):
        shop.wait(10)
        if data.draw(st.booleans()):
            expected -= 20 * (shop.pull().verdict == "accepted")
        elif shop.states() != ["full"]:
            shop.scan("bracket-0001", intent=Intent.RECEIVE)
            expected += lot * 20
    assert stock(shop) == expected
    assert full_containers(shop.floor, shop.floor.loop("bracket")) == expected // 20
