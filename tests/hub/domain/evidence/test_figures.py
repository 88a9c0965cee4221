"""The smaller figures, each on a floor where its value can be counted by hand."""

import dataclasses
from datetime import time

import pytest

from kanban_hub.domain import quality, standing
from kanban_hub.domain.evidence.figures import FIGURES
from kanban_hub.domain.evidence.firstpass import FirstPassRow, first_pass
from kanban_hub.domain.evidence.pareto import pareto
from kanban_hub.domain.evidence.queueage import queue_age
from kanban_hub.domain.evidence.refusals import refusals
from kanban_hub.domain.evidence.responses import ResponseRow, responses
from kanban_hub.domain.evidence.sheet import sheets
from kanban_hub.domain.evidence.spread import spread
from kanban_hub.domain.evidence.turns import turns
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.promising import promise
from tests.hub.domain.evidence.past import basis, events, move_call, moves, round_trip, work
from tests.hub.domain.shopfloor import Shopfloor

DAY_S = 86_400


def yields(shop: Shopfloor) -> FirstPassRow:
    (row,) = first_pass(basis(shop))
    return row


def quality_responses(shop: Shopfloor) -> dict[str, ResponseRow]:
    return {row.until: row for row in responses(basis(shop)) if row.call_kind == "quality"}


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_is_as_its_figure_says_and_leads_to_events(name: str, shop: Shopfloor) -> None:
    for _ in range(6):
        round_trip(shop, 5, 20, 5)
    for _ in range(2):
        shop.fail(defect="scratch")
        shop.wait(500)
    shop.pulls(4)
    shop.pull()
    move_call(shop, next(iter(shop.floor.calls)), "solved", "worn tool")
    shop.order(promise(shop.floor, "bracket", shop.now_ms + 1, None, Moment.at(shop.now_ms)))
    figure = FIGURES[name]

    rows = figure.rows(basis(shop))

    assert rows
    assert dataclasses.fields(figure.row)[-1].name == "events"
    for row in rows:
        assert type(row) is figure.row
        assert set(row.events) <= set(range(1, len(shop.log) + 1))
    assert any(row.events for row in rows)


@pytest.mark.parametrize("name", FIGURES)
def test_a_plant_where_nothing_happened_breaks_no_figure(name: str, shop: Shopfloor) -> None:
    assert all(type(row) is FIGURES[name].row for row in FIGURES[name].rows(basis(shop)))


def test_turns_are_containers_emptied_by_card_and_day(shop: Shopfloor) -> None:
    for _ in range(8):
        round_trip(shop, 1, 1, 1)
    shop.wait(2 * DAY_S - 24)

    (row,) = turns(basis(shop))

    assert (row.pulls, row.pieces, row.turns) == (8, 160, 2)
    assert row.turns_per_day == pytest.approx(1)


def test_a_pull_that_was_taken_back_is_no_turn(shop: Shopfloor) -> None:
    shop.pull()
    shop.undo(shop.signal)

    assert [row.pulls for row in turns(basis(shop))] == [0]


def test_the_age_of_a_queue_is_that_of_what_was_asked_and_not_shipped(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(100)
    shop.pull()
    shop.wait(50)
    shop.advance()

    (row,) = queue_age(basis(shop))

    assert (row.requests, row.oldest_s, row.mean_s) == (2, 150, 100)
    assert (row.oldest_card, row.oldest_loop) == ("bracket-0001", "bracket")
    assert moves(shop, row.events) == [("bracket-0001", "pull"), ("bracket-0002", "pull")]


def test_what_is_shipped_or_held_waits_for_nobody(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.advance()
    shop.advance()
    shop.order(standing.hold(shop.card(2), "no steel"))

    (row,) = queue_age(basis(shop))

    assert (row.requests, row.oldest_s, row.mean_s, row.events) == (0, None, None, ())


def test_over_production_and_repeated_pulls_are_counted_by_station(shop: Shopfloor) -> None:
    shop.refuse("paint", "over_production")
    shop.refuse("paint", "over_production")
    shop.pulls(5)

    rows = {(row.station, row.what, row.reason): row for row in refusals(basis(shop))}

    assert rows["paint", "refused", "over_production"].count == 2
    repeated = rows["assembly", "repeated", None]
    assert repeated.count == 1
    assert [event.kind for event in events(shop, repeated.events)] == ["pull_repeated"]


def test_first_pass_yield_is_what_did_not_fail_of_all(shop: Shopfloor) -> None:
    for _ in range(4):
        round_trip(shop, 1, 1, 1)
    shop.fail_code("bracket-0001")

    row = yields(shop)

    # Four were pulled that stood there from the beginning, and four came.
    assert (row.station, row.item, row.containers, row.failed) == ("paint", "bracket", 8, 1)
    assert row.first_pass_yield == 7 / 8
    assert moves(shop, row.failed_events) == [("bracket-0001", "fail")]


def test_a_cleared_fail_was_none(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    shop.fail_code("bracket-0001")
    shop.order(quality.clear(shop.floor, shop.card(1)))

    row = yields(shop)

    assert (row.failed, row.cleared, row.first_pass_yield) == (0, 1, 1)


def test_a_fail_that_was_taken_back_is_nowhere_in_the_yield(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    shop.fail_code("bracket-0001")
    shop.undo(shop.signal)

    row = yields(shop)

    assert (row.failed, row.cleared, row.failed_events) == (0, 0, ())


def test_what_a_rework_gives_back_is_no_first_pass(shop: Shopfloor) -> None:
    round_trip(shop, 1, 1, 1)
    shop.fail_code("bracket-0001")
    shop.order(quality.rework(shop.floor, shop.card(1)))
    shop.scan("bracket-0001", "paint")
    shop.scan("bracket-0001")

    row = yields(shop)

    assert (row.containers, row.failed) == (2, 1)


def test_defects_and_causes_stand_in_the_order_of_how_often(shop: Shopfloor) -> None:
    for defect in ("scratch", "dent", "scratch"):
        shop.wait(100)
        shop.fail(defect=defect)
        move_call(shop, f"call-{shop.signal}", "solved", "worn tool")
    shop.wait(100)
    shop.fail()

    rows = pareto(basis(shop))

    told = [(row.kind, row.text, row.count) for row in rows]
    assert told == [
        ("defect", "scratch", 2),
        ("defect", "dent", 1),
        ("defect", "not told", 1),
        ("cause", "worn tool", 3),
    ]
    assert [row.cumulative_share for row in rows[:3]] == [0.5, 0.75, 1]
    assert [event.topic for event in events(shop, rows[0].events)] == ["scratch", "scratch"]


def test_response_times_run_from_the_raising(shop: Shopfloor) -> None:
    shop.fail()
    call = f"call-{shop.signal}"
    shop.wait(60)
    move_call(shop, call, "taken")
    shop.wait(240)
    move_call(shop, call, "solved", "worn tool")

    rows = quality_responses(shop)

    assert (rows["taken"].count, rows["taken"].mean_s) == (1, 60)
    assert (rows["solved"].count, rows["solved"].mean_s) == (1, 300)
    assert (rows["arrived"].count, rows["arrived"].mean_s) == (0, None)
    assert [event.kind for event in events(shop, rows["taken"].events)] == ["call_raised", "call_moved"]


def test_nobody_is_late_while_nobody_works(shop: Shopfloor) -> None:
    work(shop, time(0), time(1))
    shop.fail()
    shop.wait(DAY_S)
    move_call(shop, f"call-{shop.signal}", "taken")

    assert quality_responses(shop)["taken"].mean_s == 3_600


def test_a_call_taken_back_is_excluded_from_every_mean(shop: Shopfloor) -> None:
    shop.fail()
    shop.wait(100)
    move_call(shop, f"call-{shop.signal}", "solved")
    shop.wait(10)
    shop.fail()
    shop.undo(shop.signal)

    rows = quality_responses(shop)

    assert (rows["solved"].calls, rows["solved"].excluded) == (1, 1)
    assert (rows["solved"].count, rows["solved"].mean_s) == (1, 100)


def test_a_rejected_call_is_excluded_from_every_mean_and_from_the_causes(shop: Shopfloor) -> None:
    shop.fail(defect="none at all")
    call = f"call-{shop.signal}"
    shop.wait(5)
    move_call(shop, call, "taken")
    move_call(shop, call, "rejected")

    rows = quality_responses(shop)

    assert (rows["taken"].calls, rows["taken"].excluded, rows["taken"].mean_s) == (0, 1, None)
    assert pareto(basis(shop)) == []


def test_the_balance_sheet_counts_by_state_and_standing(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.fail()
    shop.order(standing.hold(shop.card(4), "bent"))
    shop.order(standing.lose(shop.floor, shop.card(1)))

    (row,) = sheets(basis(shop))

    assert (row.defined, row.regular, row.temporary, row.is_even) == (4, 4, 1, True)
    assert (row.full, row.requested, row.quarantined, row.held, row.lost) == (1, 3, 1, 1, 1)


def test_the_spread_of_nothing_says_so() -> None:
    assert dataclasses.astuple(spread([])) == (0, None, None, None)
    assert dataclasses.astuple(spread([4.0])) == (1, 4, 4, 4)
