"""Cards for an occasion end by themselves."""

import pytest

from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import CardVoidError, DomainError
from kanban_hub.domain.onetime import Occasional
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.orders import AddCards
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop


@pytest.fixture
def shop() -> Shopfloor:
    return Shopfloor(kanban_loop(kind=LoopKind.EVENT, cards=0, duplicate_window_s=0, steps=()))


def round_trip(shop: Shopfloor, card: str) -> None:
    shop.wait(60)
    shop.scan(card)
    shop.wait(60)


def test_one_time_cards_are_asked_for_at_once_and_counted_apart(shop: Shopfloor) -> None:
    shop.ask(AddCards("bracket", Occasional("fair", cards=2)))
    (sheet,) = balance(shop.floor)
    assert (shop.states(), sheet.regular, sheet.temporary) == (["requested", "requested"], 0, 2)


def test_pieces_become_containers_and_the_last_one_is_partial(shop: Shopfloor) -> None:
    shop.ask(AddCards("bracket", Occasional("order 7", pieces=47)))
    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert [entry.quantity for entry in queue] == [20, 20, 7]


@pytest.mark.parametrize("cycles", [1, 2, 3])
def test_a_card_dies_after_its_cycles(shop: Shopfloor, cycles: int) -> None:
    shop.ask(AddCards("bracket", Occasional("fair", cards=1, cycles=cycles)))
    for left in reversed(range(cycles)):
        round_trip(shop, "bracket-0001")
        assert shop.card(1).cycles_left == left
        outcome = shop.pull()
    assert str(outcome.text) == "Card ended: put it aside"
    with pytest.raises(CardVoidError):
        round_trip(shop, "bracket-0001")


def test_an_undone_pull_gives_the_cycle_back(shop: Shopfloor) -> None:
    shop.ask(AddCards("bracket", Occasional("fair", cards=1, cycles=2)))
    round_trip(shop, "bracket-0001")
    shop.pull()
    shop.undo(shop.signal)
    assert (shop.card(1).cycles_left, shop.states()) == (1, ["full"])


def test_a_card_ends_at_its_date(shop: Shopfloor) -> None:
    until_ms = shop.now_ms + 600_000
    shop.ask(AddCards("bracket", Occasional("Saturday", cards=2, cycles=99, until_ms=until_ms)))
    round_trip(shop, "bracket-0001")
    shop.wait(600)
    shop.come_due()
    assert shop.card(2).standing == "retired"
    assert str(shop.pull().text) == "Card ended: put it aside"
    assert shop.states() == []


@pytest.mark.parametrize(
    "wanted",
    [
        Occasional("x"),
        Occasional("x", cards=1, pieces=1),
        Occasional("x", cards=0),
        Occasional("x", pieces=-5),
        Occasional("x", cards=1, cycles=0),
        Occasional("x", cards=1, until_ms=1),
        Occasional("x", cards=100_000),
    ],
)
def test_what_cannot_be_is_refused_and_issues_nothing(shop: Shopfloor, wanted: Occasional) -> None:
    with pytest.raises(DomainError):
        shop.ask(AddCards("bracket", wanted))
    assert shop.states() == []


def test_cards_for_an_occasion_go_beside_regular_ones() -> None:
    shop = Shopfloor()
    shop.ask(AddCards("bracket", Occasional("promotion", cards=1)))
    assert shop.states() == ["full"] * 4 + ["requested"]
    assert balance(shop.floor)[0].is_even
