"""What the events of a loop say about its demand and its lead time."""

import pytest

from kanban_hub.domain import pulling, quality, standing
from kanban_hub.domain.events import Occasion
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.sizing.course import Course, course
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.measurement import Measured, basis, inputs_of, measured
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor, kanban_loop


def course_of(shop: Shopfloor, since: int = 0) -> Course:
    """The course from event `since` on."""
    cards = [card for card in shop.floor.cards.values() if card.loop == "bracket"]
    return course([one for one in shop.log[since:] if one[0].loop == "bracket"], cards)


def measured_of(shop: Shopfloor) -> dict[str, Measured]:
    return measured(course_of(shop), shop.floor.plant.loops["bracket"])


def round_trip(shop: Shopfloor, away_s: float, pause_s: float = 0) -> None:
    card = shop.pull().card
    shop.wait(away_s)
    shop.scan(str(card), intent=Intent.RECEIVE)
    shop.wait(pause_s)


def test_until_there_are_five_measurements_the_planned_figures_hold_and_say_so(shop: Shopfloor) -> None:
    for _ in range(4):
        round_trip(shop, 1800, 1800)
    found = measured_of(shop)
    assert (found["demand_per_hour"].value, found["demand_per_hour"].source) == (30.0, "planned")
    assert (found["lead_time_h"].value, found["lead_time_h"].source) == (2.0, "planned")
    assert found["lead_time_h"].why == "only 4 lead times so far, 5 are needed"
    assert found["lead_time_deviation_h"].value is None


def test_demand_is_the_pieces_between_the_first_and_the_last_pull(shop: Shopfloor) -> None:
    for _ in range(5):
        round_trip(shop, 900, 900)
    found = measured_of(shop)["demand_per_hour"]
    assert found.value == pytest.approx(40.0)
    assert (found.source, found.why) == ("measured", "5 pulls in 2 h")


def test_the_lead_time_has_a_mean_and_the_deviation_of_a_sample(shop: Shopfloor) -> None:
    for hours in (1, 2, 3, 4, 5):
        round_trip(shop, hours * 3600)
    found = measured_of(shop)
    assert found["lead_time_h"].value == pytest.approx(3.0)
    assert found["lead_time_h"].why == "mean of 5, the longest 5 h"
    assert found["lead_time_deviation_h"].value == pytest.approx(2.5**0.5)


def test_waiting_for_the_batch_is_part_of_the_time_that_a_card_is_away() -> None:
    shop = Shopfloor(kanban_loop(batch=2))
    for _ in range(3):
        first = shop.pull().card
        shop.wait(3600)
        second = shop.pull().card
        shop.wait(3600)
        shop.scan(str(first), intent=Intent.RECEIVE)
        shop.scan(str(second), intent=Intent.RECEIVE)
    assert measured_of(shop)["lead_time_h"].value == pytest.approx(1.5)


def test_the_high_demand_is_that_of_the_busiest_lead_time(shop: Shopfloor) -> None:
    for pause_s in (3600, 3600, 3600, 0, 3600):
        round_trip(shop, 1800, pause_s)
    found = measured_of(shop)["high_demand_per_hour"]
    assert found.why == "1 pull in the busiest 0.5 h"
    shop.pulls(3)
    assert measured_of(shop)["high_demand_per_hour"].value == pytest.approx(3 * 20 / 0.5)


def test_a_pull_that_was_taken_back_measures_nothing(shop: Shopfloor) -> None:
    for _ in range(4):
        round_trip(shop, 900, 900)
    shop.pull()
    shop.wait(5)
    shop.undo(shop.signal)
    found = measured_of(shop)
    assert found["demand_per_hour"].why.startswith("only 4 pulls")
    assert found["lead_time_h"].why.startswith("only 4 lead times")


def test_the_way_of_a_failed_container_measures_no_lead_time(shop: Shopfloor) -> None:
    card = shop.pull().card
    shop.advance()
    shop.advance()
    shop.fail_code(str(card), SUPPLIER)
    shop.wait(3600)
    shop.scan("bracket-0005", intent=Intent.RECEIVE)
    (want,) = course_of(shop).wants
    assert (want.back_ms, want.is_measured) == (shop.now_ms, False)


def test_the_successor_of_a_lost_card_comes_in_its_place(shop: Shopfloor) -> None:
    card = shop.pull().card
    shop.order(standing.lose(shop.floor, shop.floor.cards[str(card)]))
    shop.wait(60)
    shop.scan("bracket-0005", intent=Intent.RECEIVE)
    (want,) = course_of(shop).wants
    assert (want.back_ms, want.is_measured) == (shop.now_ms, False)


def test_presses_without_a_full_container_are_one_want_until_one_is_full(shop: Shopfloor) -> None:
    shop.pulls(4)
    shop.pulls(3)
    assert [want.is_met for want in course_of(shop).wants] == [True] * 4 + [False]
    shop.scan("bracket-0001", intent=Intent.RECEIVE)
    shop.pulls(2)
    assert [want.is_met for want in course_of(shop).wants] == [True] * 4 + [False, True, False]


def test_a_course_that_begins_in_mid_history_knows_what_stood_there(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.order(standing.hold(shop.card(3), "dented"))
    since = len(shop.log)
    shop.order(standing.resume(shop.card(3)))
    shop.scan("bracket-0001", intent=Intent.RECEIVE)
    failed = shop.floor.cards[str(shop.fail().card)]
    shop.order(quality.scrap(shop.floor, failed))
    found = course_of(shop, since)
    assert found.full == 1
    assert [step.change for step in found.steps] == [1, 1, -1]
    assert [step.want for step in found.steps] == [None] * 3


def test_what_is_given_stands_before_what_was_measured_and_that_before_the_plan(shop: Shopfloor) -> None:
    for _ in range(5):
        round_trip(shop, 900, 900)
    found = basis(course_of(shop), shop.floor.plant.loops["bracket"], {"lead_time_h": 3.0, "safety": 0.2})
    sources = {
        name: found[name].source for name in ("lead_time_h", "demand_per_hour", "cards", "variability")
    }
    assert list(sources.values()) == ["given", "measured", "planned", "default"]
    assert inputs_of(found) == Inputs(
        demand_per_hour=40.0,
        lead_time_h=3.0,
        container_quantity=20,
        cards=4,
        safety=0.2,
        high_demand_per_hour=80.0,
        lead_time_deviation_h=0.0,
        order_quantity=20,
    )


def test_the_time_from_the_press_to_the_hub_is_the_part_of_the_scan_delta_that_is_seen() -> None:
    shop = Shopfloor(kanban_loop(cards=5))
    for number in range(5):
        shop.wait(60)
        moment = Moment(shop.now_ms, shop.now_ms + 36_000 * (1 + number), "boot", shop.now_ms)
        occasion = Occasion(moment, CONSUMER, f"late-{number}", "pull")
        for event in pulling.pull(shop.floor, "bracket", occasion).events:
            shop.floor.apply(event, occasion)
            shop.log.append((event, occasion))
    found = measured_of(shop)["scan_delta_h"]
    assert found.value == pytest.approx(0.03)
    assert found.source == "measured"
