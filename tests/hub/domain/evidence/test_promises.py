from kanban_hub.domain.evidence.promises import OnTimeRow, on_time, promises
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.promising import promise
from tests.hub.domain.evidence.past import basis, events
from tests.hub.domain.shopfloor import Shopfloor


def promised(shop: Shopfloor, in_s: float, reason: str | None = None) -> None:
    ready_ms = shop.now_ms + round(in_s * 1000)
    shop.order(promise(shop.floor, "bracket", ready_ms, reason, Moment.at(shop.now_ms)))


def asked(shop: Shopfloor) -> None:
    shop.wait(10)
    shop.pull()
    shop.advance()


def total(shop: Shopfloor) -> OnTimeRow:
    (row,) = [row for row in on_time(basis(shop)) if row.loop is None]
    return row


def test_a_promise_is_held_against_the_next_container_that_leaves(shop: Shopfloor) -> None:
    asked(shop)
    promised(shop, 600, "out of paint")
    shop.wait(590)
    shop.advance()

    (row,) = promises(basis(shop))

    assert (row.supplier, row.loop, row.reason) == ("paint", "bracket", "out of paint")
    assert (row.late_s, row.is_kept, row.is_revised) == (-10, True, False)
    assert [event.kind for event in events(shop, row.events)] == ["promise_made", "card_moved"]


def test_one_that_was_shipped_later_was_not_kept(shop: Shopfloor) -> None:
    for late_s in (-10, 5):
        asked(shop)
        promised(shop, 600)
        shop.wait(600 + late_s)
        shop.advance()

    row = total(shop)

    assert (row.promises, row.kept, row.late, row.on_time) == (2, 1, 1, 0.5)


def test_a_date_put_off_is_not_a_date_kept(shop: Shopfloor) -> None:
    asked(shop)
    promised(shop, 600)
    shop.wait(500)
    promised(shop, 600)
    shop.wait(600)
    shop.advance()

    first, second = promises(basis(shop))

    assert (first.late_s, first.is_kept, first.is_revised) == (500, False, True)
    assert (second.late_s, second.is_kept, second.is_revised) == (0, True, False)


def test_an_open_promise_is_late_only_once_its_time_has_passed(shop: Shopfloor) -> None:
    asked(shop)
    promised(shop, 600)
    shop.wait(600)
    assert (total(shop).open, total(shop).late, total(shop).on_time) == (1, 0, None)

    shop.wait(1)

    assert (total(shop).open, total(shop).late, total(shop).on_time) == (0, 1, 0)


def test_a_shipping_that_was_taken_back_keeps_no_promise(shop: Shopfloor) -> None:
    asked(shop)
    promised(shop, 600)
    shop.advance()
    shop.undo(shop.signal, "paint")

    assert [row.left_at_ms for row in promises(basis(shop))] == [None]
