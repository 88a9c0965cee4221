"""The consumer's press and the containers that arrive."""

from typing import Any

import pytest

from kanban_hub.domain import collecting, quality, standing
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import OTHER, SUPPLIER, Shopfloor, kanban_loop


def batched(**changes: Any) -> KanbanLoop:
    return kanban_loop(batch=3, batch_max_wait_s=600, **changes)


def test_a_pull_takes_the_card_that_has_been_full_longest(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(60)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)
    assert shop.pulls(4) == ["bracket-0002", "bracket-0003", "bracket-0004", "bracket-0001"]


def test_a_pull_asks_for_its_card(shop: Shopfloor) -> None:
    outcome = shop.pull()
    assert (outcome.verdict, outcome.card, outcome.state) == ("accepted", "bracket-0001", "requested")
    assert shop.card(1).asked_ms == shop.now_ms


def test_a_press_without_a_full_container_is_good_news_and_queues_nothing(shop: Shopfloor) -> None:
    shop.pulls(4)
    shop.wait(10)
    before = dict(shop.floor.cards)
    outcome = shop.pull()
    assert (outcome.verdict, str(outcome.text)) == ("already", "Already asked for: 4 of 4 on the way")
    assert shop.floor.cards == before


def test_a_held_container_is_not_pulled(shop: Shopfloor) -> None:
    shop.order(standing.hold(shop.card(1), "dented"))
    assert shop.pull().card == "bracket-0002"


@pytest.mark.parametrize(("apart_s", "verdict"), [(0, "already"), (2.999, "already"), (3, "accepted")])
def test_two_presses_within_the_window_are_one_pull(shop: Shopfloor, apart_s: float, verdict: str) -> None:
    shop.pull()
    shop.wait(apart_s)
    outcome = shop.pull()
    assert outcome.verdict == verdict
    assert shop.states().count("requested") == (1 if verdict == "already" else 2)


def test_a_repeated_press_names_the_card_that_the_first_one_took(shop: Shopfloor) -> None:
    assert shop.pull().card == shop.pull().card


def test_repeated_presses_do_not_stretch_the_window(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(2)
    shop.pull()
    shop.wait(2)
    assert shop.pull().verdict == "accepted"


def test_a_window_of_zero_takes_every_press() -> None:
    shop = Shopfloor(kanban_loop(duplicate_window_s=0))
    assert [shop.pull().verdict for _ in range(4)] == ["accepted"] * 4


def test_the_window_is_of_one_loop_only() -> None:
    shop = Shopfloor(kanban_loop(), kanban_loop("screw", item="screw"))
    assert [shop.pull("bracket").verdict, shop.pull("screw").verdict] == ["accepted", "accepted"]


@pytest.mark.parametrize("station", [SUPPLIER, OTHER, "nowhere"])
def test_only_the_consumer_pulls(shop: Shopfloor, station: str) -> None:
    with pytest.raises(DomainError) as refused:
        shop.pull(station=station)
    assert refused.value.reason is Reason.NOT_YOUR_LOOP
    assert shop.states() == ["full"] * 4


@pytest.mark.parametrize("loop", ["brack", "bracket-0001", "bracket2", ""])
def test_an_unknown_loop_is_never_a_near_match(shop: Shopfloor, loop: str) -> None:
    with pytest.raises(DomainError) as refused:
        shop.pull(loop)
    assert refused.value.reason is Reason.UNKNOWN_LOOP


def test_a_batch_collects_until_it_is_complete() -> None:
    shop = Shopfloor(batched())
    first = shop.pull()
    shop.wait(10)
    assert (first.state, str(first.text)) == ("collecting", "1 of 3 collected")
    assert str(shop.pull().text) == "2 of 3 collected"
    shop.wait(10)
    shop.pull()
    assert shop.states() == ["requested", "requested", "requested", "full"]


def test_the_age_of_a_batch_counts_from_each_pull() -> None:
    shop = Shopfloor(batched())
    pulled_ms = []
    for _ in range(3):
        pulled_ms.append(shop.now_ms)
        shop.pull()
        shop.wait(10)
    assert [shop.card(number).asked_ms for number in (1, 2, 3)] == pulled_ms


@pytest.mark.parametrize(("waited_s", "overdue"), [(599.999, []), (600, ["bracket"])])
def test_a_batch_is_due_when_its_first_card_has_waited_long_enough(
    waited_s: float, overdue: list[str]
) -> None:
    shop = Shopfloor(batched())
    shop.pull()
    shop.wait(waited_s)
    assert collecting.overdue_batches(shop.floor, shop.now_ms) == overdue


def test_a_release_gives_the_signal_for_a_batch_that_is_not_complete() -> None:
    shop = Shopfloor(batched())
    shop.pull()
    shop.order(collecting.release(shop.floor, "bracket"))
    assert shop.states() == ["requested", "full", "full", "full"]


def test_a_held_card_is_neither_counted_nor_released_with_its_batch() -> None:
    shop = Shopfloor(batched())
    shop.pull()
    shop.order(standing.hold(shop.card(1), "label unreadable"))
    shop.pulls(2)
    assert shop.states() == ["collecting", "collecting", "collecting", "full"]
    shop.order(collecting.release(shop.floor, "bracket"))
    assert shop.states() == ["collecting", "requested", "requested", "full"]


def test_a_replacement_that_is_no_longer_needed_ends_when_it_is_pulled(shop: Shopfloor) -> None:
    shop.fail()
    shop.scan("bracket-0005", intent=Intent.RECEIVE)
    shop.pulls(3)
    shop.order(quality.clear(shop.floor, shop.card(1)))
    assert shop.pulls(2) == ["bracket-0005", "bracket-0001"]
    assert shop.card(5).standing == "retired"
    assert shop.states() == ["requested"] * 4


def test_a_bounce_after_the_pull_that_ends_a_replacement_pulls_nothing_else(shop: Shopfloor) -> None:
    shop.fail()
    shop.scan("bracket-0005", intent=Intent.RECEIVE)
    shop.order(quality.clear(shop.floor, shop.card(1)))
    for number in (1, 2, 3, 4):
        shop.wait(5)
        shop.scan(f"bracket-{number:04d}")
    shop.scan("bracket-0001", intent=Intent.RECEIVE)
    shop.wait(5)
    shop.pull()
    assert shop.pull().verdict == "already"
    assert (shop.card(5).standing, shop.card(1).state) == ("retired", "full")


@pytest.mark.parametrize("presses", range(5))
def test_a_container_is_received_from_every_state_on_the_way(presses: int) -> None:
    shop = Shopfloor(kanban_loop(steps=("accept", "start", "finish", "ship")))
    shop.pull()
    for _ in range(presses):
        shop.advance()
    outcome = shop.scan("bracket-0001", intent=Intent.RECEIVE)
    assert (outcome.verdict, outcome.state, shop.card(1).asked_ms) == ("accepted", "full", None)


def test_a_second_receipt_of_one_container_changes_nothing(shop: Shopfloor) -> None:
    assert shop.scan("bracket-0001", intent=Intent.RECEIVE).verdict == "already"
