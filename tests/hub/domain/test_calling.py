"""What becomes of a call that nobody takes or solves: the tree of escalation and the line stop."""

from datetime import time
from typing import Any

from kanban_hub.domain.andon import AndonCall, CallKind
from kanban_hub.domain.calendar import Break, Calendar, Shift, Weekday
from kanban_hub.domain.escalation import (
    DEFAULT,
    SOLVE_WITHIN_S,
    TAKE_WITHIN_S,
    EscalationRule,
    tree_of,
)
from kanban_hub.domain.events import CallEscalated, Event, LineStopped
from kanban_hub.orders import MoveCall
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor, kanban_loop

TREE = (
    EscalationRule(1, 60, 120, ("team-lead",)),
    EscalationRule(2, 300, 600, ("manager",)),
)
# At 1,000 s after the epoch, when the floor begins, it is 00:16:40.
SHIFT = Shift("all", "All", tuple(Weekday), time(0), time(23), (Break(time(0, 20), time(0, 50)),))


def floor(**station: Any) -> Shopfloor:
    """A floor whose supplier has these settings, without the slowness of a second card window."""
    loop = kanban_loop(cards=9, duplicate_window_s=0)
    return Shopfloor(loop, stations={SUPPLIER: station}, escalation=TREE)


def after(shop: Shopfloor, seconds: float) -> list[Event]:
    """What has come due after this time."""
    shop.wait(seconds)
    return shop.come_due()


def levels(events: list[Event]) -> list[int]:
    return [event.level for event in events if isinstance(event, CallEscalated)]


def stops(shop: Shopfloor) -> list[LineStopped]:
    return [event for event, _ in shop.log if isinstance(event, LineStopped)]


def the_call(shop: Shopfloor) -> AndonCall:
    (call,) = shop.floor.calls.values()
    return call


def test_a_call_that_nobody_takes_rises_level_by_level_and_each_is_told_once() -> None:
    shop = floor()
    shop.call_help()
    assert levels(after(shop, 59)) == []
    assert levels(after(shop, 1)) == [1]
    assert levels(after(shop, 1)) == []
    assert levels(after(shop, 239)) == [2]
    assert levels(after(shop, 100_000)) == []
    assert the_call(shop).level == 2


def test_a_call_that_is_taken_begins_its_second_clock_from_the_bottom() -> None:
    shop = floor()
    shop.call_help()
    after(shop, 60)
    shop.ask(MoveCall(the_call(shop).id, "take"))
    assert the_call(shop).level == 0
    assert levels(after(shop, 119)) == []
    assert levels(after(shop, 1)) == [1]
    shop.ask(MoveCall(the_call(shop).id, "arrive"))
    assert the_call(shop).level == 1, "to arrive is not to solve"
    assert levels(after(shop, 480)) == [2]
    shop.ask(MoveCall(the_call(shop).id, "solve"))
    assert levels(after(shop, 100_000)) == []


def test_levels_that_came_due_while_nobody_looked_are_all_told() -> None:
    shop = floor()
    shop.call_help()
    assert levels(after(shop, 10_000)) == [1, 2]


def test_a_break_stops_the_clock_of_the_station_where_somebody_has_one() -> None:
    shop = Shopfloor(
        stations={SUPPLIER: {"shifts": ("all",)}}, calendar=Calendar(shifts=(SHIFT,)), escalation=TREE
    )
    shop.wait(180)  # 00:19:40
    shop.call_help(SUPPLIER)
    assert levels(after(shop, 30 * 60)) == []  # 00:49:40
    assert levels(after(shop, 20 + 39)) == []
    assert levels(after(shop, 1)) == [1]


def test_without_a_tree_the_fixed_times_hold_as_level_one() -> None:
    assert (DEFAULT.level, DEFAULT.take_within_s, DEFAULT.solve_within_s) == (1, 300, 1800)
    shop = Shopfloor()
    shop.call_help()
    assert levels(after(shop, TAKE_WITHIN_S)) == [1]
    shop.ask(MoveCall(the_call(shop).id, "take"))
    assert levels(after(shop, SOLVE_WITHIN_S)) == [1]


def test_a_row_that_names_the_kind_goes_before_one_for_all_and_no_kind_is_forgotten() -> None:
    quality = EscalationRule(1, 5, 10, ("quality",), (CallKind.QUALITY,))
    assert tree_of([*TREE, quality], CallKind.QUALITY) == [quality, TREE[1]]
    assert tree_of([quality, *TREE], CallKind.HELP) == list(TREE)
    assert tree_of([quality], CallKind.MACHINE) == [DEFAULT]


def test_the_line_stops_once_when_the_takt_is_over_and_the_call_not_solved() -> None:
    shop = floor(takt_s=90)
    shop.call_help(SUPPLIER)
    shop.ask(MoveCall(the_call(shop).id, "take"))
    after(shop, 89)
    assert stops(shop) == []
    after(shop, 1)
    after(shop, 1_000)
    assert stops(shop) == [LineStopped(None, the_call(shop).id, SUPPLIER)]
    assert the_call(shop).stopped_ms == the_call(shop).raised_ms + 90_000


def test_the_line_goes_on_when_the_call_is_solved_within_the_takt_or_was_none() -> None:
    for move in ("solve", "reject"):
        shop = floor(takt_s=90)
        shop.call_help(SUPPLIER)
        shop.wait(89)
        shop.ask(MoveCall(the_call(shop).id, move))
        after(shop, 1_000)
        assert stops(shop) == []


def test_a_station_without_a_takt_stops_no_line() -> None:
    shop = floor(takt_s=90)
    shop.call_help(CONSUMER)
    after(shop, 100_000)
    assert stops(shop) == []


def test_so_many_fails_in_the_time_stop_the_line_in_the_same_moment() -> None:
    shop = floor(takt_s=100_000, stop_after_fails=3, stop_within_s=600)
    for _ in range(2):
        shop.fail()
        shop.wait(200)
    assert stops(shop) == []
    shop.fail()
    (stop,) = stops(shop)
    assert stop.call == list(shop.floor.calls)[-1]


def test_fails_too_far_apart_solved_or_not_do_not_stop_the_line() -> None:
    shop = floor(takt_s=100_000, stop_after_fails=3, stop_within_s=600)
    for _ in range(5):
        shop.fail()
        shop.wait(300)
    assert stops(shop) == []


def test_a_fail_that_was_none_does_not_count_for_the_stop_and_a_solved_one_does() -> None:
    for move, count in (("reject", 0), ("solve", 1)):
        shop = floor(takt_s=100_000, stop_after_fails=2, stop_within_s=600)
        shop.fail()
        shop.ask(MoveCall(the_call(shop).id, move))
        shop.wait(60)
        shop.fail()
        assert len(stops(shop)) == count
