import pytest

from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moves import Move
from kanban_hub.domain.outcome import Outcome
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import ALL_STEPS, CONSUMER, OTHER, SUPPLIER, Shopfloor, kanban_loop


class ItemFloor(Shopfloor):
    """A floor on which the item's label is scanned, ten seconds after whatever was before."""

    def scan_label(self, station: str = CONSUMER, intent: Intent = Intent.NEXT) -> Outcome:
        self.wait(10)
        return self.scan_item("bracket", station, intent)


def refusal(shop: ItemFloor, station: str, intent: Intent = Intent.NEXT) -> Reason:
    with pytest.raises(DomainError) as refused:
        shop.scan_label(station, intent)
    return refused.value.reason


@pytest.fixture
def shop() -> ItemFloor:
    return ItemFloor(kanban_loop(steps=(Move.ACCEPT, Move.SHIP)))


def shipped(shop: ItemFloor, count: int) -> None:
    """Ask for and ship `count` containers."""
    shop.pulls(count)
    for _ in range(count + 1):
        shop.wait(10)
        shop.advance()


def test_with_nothing_on_the_way_the_oldest_full_container_is_pulled(shop: ItemFloor) -> None:
    assert (shop.scan_label().card, shop.scan_label().card) == ("bracket-0001", "bracket-0002")
    assert shop.states() == ["requested", "requested", "full", "full"]


def test_what_is_in_transit_is_received_first_the_longest_asked_for_before_others(shop: ItemFloor) -> None:
    shipped(shop, 2)

    outcome = shop.scan_label()

    assert (outcome.card, outcome.state) == ("bracket-0001", "full")
    assert shop.states() == ["full", "in_transit", "full", "full"]


def test_a_scanner_that_reads_twice_receives_one_container(shop: ItemFloor) -> None:
    shipped(shop, 2)
    shop.scan_label()

    assert shop.scan_item().verdict == "already"
    assert shop.states() == ["full", "in_transit", "full", "full"]


def test_a_scanner_that_reads_twice_pulls_one_container(shop: ItemFloor) -> None:
    shop.scan_label()

    assert shop.scan_item().verdict == "already"
    assert shop.states() == ["requested", "full", "full", "full"]


def test_with_none_full_and_none_shipped_it_is_asked_for_already(shop: ItemFloor) -> None:
    shop.pulls(4)

    outcome = shop.scan_label()

    assert outcome.verdict == "already"
    assert shop.states() == ["requested"] * 4


def test_the_word_receive_takes_what_was_never_reported_as_shipped(shop: ItemFloor) -> None:
    shop.pulls(1)

    assert shop.scan_label(intent=Intent.RECEIVE).state == "full"


def test_goods_that_nobody_asked_for_are_refused(shop: ItemFloor) -> None:
    assert refusal(shop, CONSUMER, Intent.RECEIVE) is Reason.OVER_PRODUCTION
    assert refusal(shop, SUPPLIER) is Reason.OVER_PRODUCTION


def test_at_the_supplier_it_is_the_next_step_of_the_card_that_is_furthest_along() -> None:
    shop = ItemFloor(kanban_loop(steps=ALL_STEPS))
    shop.pulls(2)

    assert [shop.scan_label(SUPPLIER).state for _ in range(4)] == [
        "accepted",
        "in_process",
        "done",
        "in_transit",
    ]
    assert shop.states()[:2] == ["in_transit", "requested"]


def test_a_bad_container_is_the_one_that_the_button_means(shop: ItemFloor) -> None:
    assert shop.scan_label(intent=Intent.FAIL).card == "bracket-0001"
    assert refusal(shop, SUPPLIER, Intent.FAIL) is Reason.NOTHING_TO_FAIL


def test_the_last_move_made_here_is_taken_back(shop: ItemFloor) -> None:
    shop.scan_label()
    shop.scan_label()

    assert shop.scan_item(intent=Intent.UNDO).card == "bracket-0002"
    assert shop.states() == ["requested", "full", "full", "full"]
    assert refusal(shop, SUPPLIER, Intent.UNDO) is Reason.NOTHING_TO_UNDO


def test_a_station_that_has_no_part_in_the_item_is_refused(shop: ItemFloor) -> None:
    assert refusal(shop, OTHER) is Reason.NOT_YOUR_LOOP


def test_a_supermarket_receives_what_arrives_then_sends_what_is_asked_then_pulls() -> None:
    made = kanban_loop("made", supplier=OTHER, consumer=SUPPLIER, steps=(Move.SHIP,), cards=2)
    drawn = kanban_loop("drawn", supplier=SUPPLIER, consumer=CONSUMER, steps=(Move.SHIP,), cards=2)
    shop = ItemFloor(made, drawn)
    shop.pull("made", SUPPLIER)
    shop.advance("made", OTHER)
    shop.pull("drawn", CONSUMER)

    told = [shop.scan_label(SUPPLIER) for _ in range(3)]

    assert [(one.card, one.state) for one in told] == [
        ("made-0001", "full"),
        ("drawn-0001", "in_transit"),
        ("made-0002", "requested"),
    ]
