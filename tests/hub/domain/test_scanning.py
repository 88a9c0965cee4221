"""A scanned card: state and side say the next move; a part of a number matches nothing."""

import pytest

from kanban_hub.domain import standing
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import ALL_STEPS, OTHER, SUPPLIER, Shopfloor, kanban_loop


def refusal(shop: Shopfloor, code: str, station: str = "assembly", intent: Intent = Intent.NEXT) -> Reason:
    with pytest.raises(DomainError) as refused:
        shop.scan(code, station, intent)
    return refused.value.reason


def test_a_card_is_scanned_all_the_way_round() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    states = [shop.scan("bracket-0002").state]
    for _ in ALL_STEPS:
        shop.wait(10)
        states.append(shop.scan("bracket-0002", SUPPLIER).state)
    states.append(shop.scan("bracket-0002").state)

    assert states == ["requested", "accepted", "in_process", "done", "in_transit", "full"]


def test_case_and_blanks_of_a_scanner_do_not_matter(shop: Shopfloor) -> None:
    assert shop.scan(" BRACKET-0003 ").card == "bracket-0003"


@pytest.mark.parametrize(
    "code", ["bracket-000", "bracket-00011", "bracket", "bracket-1", "%", "acket-0001", ""]
)
def test_a_part_of_a_number_matches_nothing(shop: Shopfloor, code: str) -> None:
    assert refusal(shop, code) is Reason.UNKNOWN_CARD


def test_the_tenth_card_is_not_the_hundredth() -> None:
    shop = Shopfloor(kanban_loop("kb", cards=100, item="kb"))

    shop.scan("kb-0010")

    assert [card.id for card in shop.floor.cards_of("kb") if card.state is not State.FULL] == ["kb-0010"]


def test_the_same_card_twice_inside_the_window_is_one_pull(shop: Shopfloor) -> None:
    shop.scan("bracket-0001")
    shop.wait(2.9)

    assert shop.scan("bracket-0001").verdict == "already"
    assert shop.states() == ["requested", "full", "full", "full"]


def test_a_scan_read_twice_at_the_supplier_is_one_step() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    shop.scan("bracket-0001")
    shop.wait(10)
    shop.scan("bracket-0001", SUPPLIER)
    shop.wait(1)

    assert shop.scan("bracket-0001", SUPPLIER).verdict == "already"
    assert shop.card(1).state is State.ACCEPTED


def test_an_impatient_second_scan_does_not_book_an_empty_container_in(shop: Shopfloor) -> None:
    shop.scan("bracket-0001")
    shop.wait(60)

    assert shop.scan("bracket-0001").verdict == "already"
    assert shop.card(1).state is State.REQUESTED


def test_the_receive_intent_books_in_what_nobody_shipped(shop: Shopfloor) -> None:
    shop.scan("bracket-0001")
    shop.wait(60)

    assert shop.scan("bracket-0001", intent=Intent.RECEIVE).state is State.FULL


def test_a_loop_without_steps_is_asked_and_received_by_scans() -> None:
    shop = Shopfloor(kanban_loop(steps=()))
    shop.scan("bracket-0001")
    shop.wait(60)

    assert shop.scan("bracket-0001").state is State.FULL


def test_a_supplier_that_scans_a_full_card_makes_without_a_card(shop: Shopfloor) -> None:
    assert refusal(shop, "bracket-0001", SUPPLIER) is Reason.OVER_PRODUCTION


def test_a_station_on_neither_side_moves_nothing(shop: Shopfloor) -> None:
    for intent in Intent:
        assert refusal(shop, "bracket-0001", OTHER, intent) is Reason.NOT_YOUR_LOOP


def test_the_supplier_cannot_receive(shop: Shopfloor) -> None:
    shop.pull()
    assert refusal(shop, "bracket-0001", SUPPLIER, Intent.RECEIVE) is Reason.NOT_YOUR_LOOP


def test_a_void_number_stays_void(shop: Shopfloor) -> None:
    shop.order(standing.lose(shop.floor, shop.card(1)))

    assert refusal(shop, "bracket-0001") is Reason.CARD_LOST
    assert shop.card(5).state is State.FULL


def test_a_quarantined_card_is_neither_pulled_nor_shipped(shop: Shopfloor) -> None:
    shop.fail()
    shop.wait(10)

    assert refusal(shop, "bracket-0001") is Reason.QUARANTINED
    assert refusal(shop, "bracket-0001", SUPPLIER) is Reason.QUARANTINED


def test_the_undo_intent_takes_the_cards_last_move_back(shop: Shopfloor) -> None:
    shop.scan("bracket-0001")
    shop.wait(10)
    shop.scan("bracket-0001", intent=Intent.UNDO)

    assert shop.card(1).state is State.FULL
    last = shop.card(1).last
    assert last is not None
    assert last.move is Move.UNDO
