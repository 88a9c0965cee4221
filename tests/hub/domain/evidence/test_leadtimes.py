import pytest

from kanban_hub.domain import quality
from kanban_hub.domain.evidence.leadtimes import LeadTimeRow, lead_times, round_rows
from tests.hub.domain.evidence.past import basis, moves, round_trip
from tests.hub.domain.shopfloor import ALL_STEPS, Shopfloor, kanban_loop


def totals(shop: Shopfloor, loop: str | None = "bracket") -> dict[str, LeadTimeRow]:
    return {row.share: row for row in lead_times(basis(shop)) if row.loop == loop}


def test_the_lead_time_is_split_into_seeing_making_and_transport(shop: Shopfloor) -> None:
    card = round_trip(shop, 60, 600, 120)

    (row,) = round_rows(basis(shop))

    assert (row.lead_s, row.seeing_s, row.making_s, row.transport_s) == (780, 60, 600, 120)
    assert (row.supplier_s, row.collecting_s) == (660, 0)
    assert moves(shop, row.events) == [(card, "pull"), (card, "accept"), (card, "ship"), (card, "receive")]


def test_a_finish_ends_the_making_and_waiting_for_transport_is_transport() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    card = shop.pull().card or ""
    for seconds in (10, 20, 30, 40):
        shop.wait(seconds)
        shop.advance()
    shop.wait(50)
    shop.scan(card)

    (row,) = round_rows(basis(shop))

    assert (row.seeing_s, row.making_s, row.transport_s, row.lead_s) == (10, 50, 90, 150)


def test_the_wait_for_a_batch_is_not_the_suppliers_share() -> None:
    shop = Shopfloor(kanban_loop(batch=2))
    shop.pull()
    shop.wait(300)
    shop.pull()
    shop.wait(60)
    shop.advance()
    shop.wait(60)
    shop.advance()
    shop.wait(10)
    shop.scan("bracket-0001")

    (row,) = round_rows(basis(shop))

    assert (row.card, row.collecting_s, row.supplier_s, row.lead_s) == ("bracket-0001", 300, 120, 430)


def test_a_loop_without_marks_tells_the_whole_and_no_share() -> None:
    shop = Shopfloor(kanban_loop(steps=()))
    shop.pull()
    shop.wait(90)
    shop.scan("bracket-0001")

    (row,) = round_rows(basis(shop))

    assert row.lead_s == 90
    assert (row.seeing_s, row.making_s, row.supplier_s, row.transport_s) == (None, None, None, None)


def test_count_mean_median_and_ninth_of_ten_are_those_of_the_rounds(shop: Shopfloor) -> None:
    for making_s in (100, 200, 300, 1_000):
        round_trip(shop, 0, making_s, 0)

    making = totals(shop)["making"]

    assert (making.count, making.mean_s, making.median_s) == (4, 400, 250)
    assert making.p90_s == pytest.approx(790)
    assert totals(shop, None)["making"].mean_s == 400


def test_a_receipt_that_was_taken_back_ends_no_round(shop: Shopfloor) -> None:
    card = round_trip(shop, 60, 600, 120)
    shop.undo(shop.signal)
    assert round_rows(basis(shop)) == []

    shop.wait(500)
    shop.scan(card)

    assert [row.transport_s for row in round_rows(basis(shop))] == [620]


def test_an_acceptance_that_was_taken_back_was_not_seen(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(5)
    shop.advance()
    shop.undo(shop.signal, "paint")
    shop.wait(55)
    shop.advance()
    shop.advance()
    shop.scan("bracket-0001")

    assert [row.seeing_s for row in round_rows(basis(shop))] == [60]


def test_a_round_counts_when_its_container_was_received(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    between_ms = shop.now_ms + 500
    shop.wait(1)
    round_trip(shop, 2, 2, 2)

    assert [row.lead_s for row in round_rows(basis(shop, from_ms=between_ms))] == [6]
    assert [row.lead_s for row in round_rows(basis(shop, to_ms=between_ms))] == [3]


def test_a_rework_is_made_once_more_in_the_same_round(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(10)
    shop.advance()
    shop.wait(10)
    shop.advance()
    shop.fail_code("bracket-0001", "paint")
    shop.order(quality.rework(shop.floor, shop.card(1)))
    shop.wait(100)
    shop.scan("bracket-0001", "paint")
    shop.wait(5)
    shop.scan("bracket-0001")

    (row,) = round_rows(basis(shop))

    assert (row.making_s, row.transport_s, row.lead_s) == (110, 5, 125)
