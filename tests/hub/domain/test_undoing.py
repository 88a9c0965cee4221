"""Taking back: by the same station, in time, if nothing was built on it."""

import pytest

from kanban_hub.domain import helping
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moves import Standing
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor, kanban_loop


def refusal(shop: Shopfloor, signal: str, station: str = CONSUMER) -> Reason:
    with pytest.raises(DomainError) as refused:
        shop.undo(signal, station)
    return refused.value.reason


def test_a_pull_is_taken_back_and_the_card_has_its_old_place(shop: Shopfloor) -> None:
    before = shop.card(1)
    shop.pull()
    shop.wait(10)

    shop.undo(shop.signal)

    assert (shop.card(1).state, shop.card(1).since_ms) == (before.state, before.since_ms)


def test_after_an_undo_a_press_inside_the_window_counts_again(shop: Shopfloor) -> None:
    shop.pull()
    shop.undo(shop.signal)
    shop.wait(1)

    assert shop.pull().verdict == "accepted"


@pytest.mark.parametrize(("seconds", "allowed"), [(30, True), (30.1, False)])
def test_the_undo_time_is_thirty_seconds(shop: Shopfloor, seconds: float, *, allowed: bool) -> None:
    shop.pull()
    signal = shop.signal
    shop.wait(seconds)
    if allowed:
        assert shop.undo(signal).verdict == "accepted"
    else:
        assert refusal(shop, signal) is Reason.TOO_LATE


def test_another_station_takes_nothing_back(shop: Shopfloor) -> None:
    shop.pull()
    assert refusal(shop, shop.signal, SUPPLIER) is Reason.UNKNOWN_SIGNAL


def test_what_somebody_built_on_stays(shop: Shopfloor) -> None:
    shop.pull()
    signal = shop.signal
    shop.advance()

    assert refusal(shop, signal) is Reason.BUILT_ON
    assert shop.states()[0] == "accepted"


def test_one_seen_press_for_three_is_taken_back_for_all_three(shop: Shopfloor) -> None:
    shop.pulls(3)
    shop.advance()
    shop.undo(shop.signal, SUPPLIER)

    assert shop.states() == ["requested", "requested", "requested", "full"]


def test_taking_back_the_pull_that_completed_a_batch_leaves_the_others_collecting() -> None:
    shop = Shopfloor(kanban_loop(batch=3))
    shop.pulls(3)
    assert shop.states()[:3] == ["requested"] * 3

    shop.undo(shop.signal)

    assert sorted(shop.states()) == ["collecting", "collecting", "full", "full"]


def test_a_fail_is_taken_back_with_its_call_and_its_replacement(shop: Shopfloor) -> None:
    shop.fail()
    shop.undo(shop.signal)

    assert shop.states() == ["full"] * 4
    assert shop.card(5).standing is Standing.RETIRED
    assert shop.floor.open_calls() == []


def test_a_fail_whose_call_was_taken_stays(shop: Shopfloor) -> None:
    shop.fail()
    signal = shop.signal
    (call,) = shop.floor.open_calls()
    shop.order(helping.take(call))

    assert refusal(shop, signal) is Reason.BUILT_ON


def test_a_fail_whose_replacement_is_on_its_way_stays(shop: Shopfloor) -> None:
    shop.fail()
    signal = shop.signal
    shop.advance()

    assert refusal(shop, signal) is Reason.BUILT_ON


def test_a_call_for_help_is_taken_back(shop: Shopfloor) -> None:
    shop.call_help()
    shop.undo(shop.signal)

    assert shop.floor.open_calls() == []


def test_the_same_is_taken_back_once(shop: Shopfloor) -> None:
    shop.pull()
    signal = shop.signal
    shop.undo(signal)

    assert refusal(shop, signal) in {Reason.NOTHING_TO_UNDO, Reason.BUILT_ON}
    assert refusal(shop, "signal-999") is Reason.UNKNOWN_SIGNAL
