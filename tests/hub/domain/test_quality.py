"""A bad container: quarantine, call, replacement, and what is decided about it."""

import pytest

from kanban_hub.domain import quality
from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.replenishment import replenishment_queue
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor


def sheet(shop: Shopfloor) -> tuple[int, int, int]:
    (one,) = balance(shop.floor)
    return one.defined, one.regular, one.temporary


def circulate(shop: Shopfloor, card: str) -> None:
    """Bring an asked card to the consumer."""
    shop.advance()
    shop.wait(10)
    shop.scan(card, SUPPLIER)
    shop.wait(10)
    shop.scan(card)
    shop.wait(10)


def test_a_fail_quarantines_the_container_in_use_calls_the_supplier_and_feeds_the_line(
    shop: Shopfloor,
) -> None:
    outcome = shop.fail(defect="scratched")

    assert (outcome.card, outcome.state) == ("bracket-0001", State.QUARANTINED)
    (call,) = shop.floor.open_calls()
    assert (call.kind, call.station, call.card, call.topic) == (
        CallKind.QUALITY, SUPPLIER, "bracket-0001", "scratched",
    )  # fmt: skip
    assert (shop.card(5).state, shop.card(5).replaces) == (State.REQUESTED, "bracket-0001")
    assert sheet(shop) == (4, 4, 1)


def test_the_replacement_goes_before_everything_else(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.wait(600)
    shop.fail()

    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)

    assert [entry.card.id for entry in queue] == ["bracket-0005", "bracket-0001", "bracket-0002"]


def test_the_supplier_fails_the_card_that_is_furthest_along(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.advance()
    shop.advance()

    assert shop.fail(station=SUPPLIER).card == "bracket-0001"


def test_nothing_can_be_failed_where_no_container_is(shop: Shopfloor) -> None:
    with pytest.raises(DomainError) as refused:
        shop.fail(station=SUPPLIER)

    assert refused.value.reason is Reason.NOTHING_TO_FAIL


def test_a_container_is_quarantined_once(shop: Shopfloor) -> None:
    shop.fail_code("bracket-0002")

    assert shop.fail_code("bracket-0002").verdict == "already"
    assert sheet(shop) == (4, 4, 1)


def test_scrap_retires_the_bad_card_and_makes_its_replacement_regular(shop: Shopfloor) -> None:
    shop.fail()
    shop.order(quality.scrap(shop.floor, shop.card(1)))

    assert shop.card(1).standing is Standing.RETIRED
    assert not shop.card(5).is_temporary
    assert sheet(shop) == (4, 4, 0)


@pytest.mark.parametrize(
    ("decide", "state"), [(quality.clear, State.FULL), (quality.rework, State.IN_PROCESS)]
)
def test_after_clear_or_rework_the_replacement_ends_when_it_is_next_pulled(
    shop: Shopfloor, decide: object, state: State
) -> None:
    shop.fail()
    circulate(shop, "bracket-0005")
    assert shop.card(5).state is State.FULL
    shop.order(decide(shop.floor, shop.card(1)))  # type: ignore[operator]  # a parameter of the test
    assert shop.card(1).state is state

    pulled = shop.scan("bracket-0005")

    assert (pulled.verdict, shop.card(5).standing) == ("accepted", Standing.RETIRED)
    assert sheet(shop) == (4, 4, 0)


def test_a_replacement_that_is_bad_itself_is_replaced_in_its_turn(shop: Shopfloor) -> None:
    shop.fail()
    circulate(shop, "bracket-0005")
    shop.fail_code("bracket-0005")
    shop.order(quality.scrap(shop.floor, shop.card(5)))
    shop.order(quality.scrap(shop.floor, shop.card(1)))

    assert not shop.card(6).is_temporary
    assert sheet(shop) == (4, 4, 0)


def test_only_a_quarantined_card_is_decided_about(shop: Shopfloor) -> None:
    for decide in (quality.clear, quality.rework, quality.scrap):
        with pytest.raises(DomainError):
            decide(shop.floor, shop.card(1))
