"""Where quality fails come from, what comes again, and whether calls are answered in time."""

from datetime import time

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.evidence.fails import fails
from kanban_hub.domain.evidence.repeats import repeats
from kanban_hub.domain.evidence.targets import TargetRow, targets
from tests.hub.domain.evidence.past import basis, events, move_call, work
from tests.hub.domain.shopfloor import Shopfloor


def fail(shop: Shopfloor, defect: str) -> str:
    shop.fail(defect=defect)
    return f"call-{shop.signal}"


def solve(shop: Shopfloor, call: str, after_s: float, cause: str = "worn tool") -> None:
    shop.wait(after_s)
    move_call(shop, call, "taken")
    shop.wait(after_s)
    move_call(shop, call, "solved", cause)


def of_quality(shop: Shopfloor) -> dict[str, TargetRow]:
    return {row.clock: row for row in targets(basis(shop)) if row.call_kind == "quality"}


def test_each_fail_stands_once_in_every_kind_of_row(shop: Shopfloor) -> None:
    for defect in ("scratch", "dent"):
        fail(shop, defect)

    rows = {(row.kind, row.text): row.count for row in fails(basis(shop))}

    assert rows == {("item", "bracket"): 2, ("maker", "paint"): 2, ("finder", "assembly"): 2}


def test_fails_are_told_by_shift_where_the_plant_has_some(shop: Shopfloor) -> None:
    work(shop, time(0), time(1))
    fail(shop, "scratch")
    shop.wait(7_200)
    fail(shop, "scratch")

    rows = {row.text: row.count for row in fails(basis(shop)) if row.kind == "shift"}

    assert rows == {"day": 1, "outside shifts": 1}


def test_a_rejected_fail_counts_nowhere(shop: Shopfloor) -> None:
    move_call(shop, fail(shop, "scratch"), "rejected")

    assert (fails(basis(shop)), repeats(basis(shop)), targets(basis(shop))) == ([], [], [])


def test_what_comes_again_after_it_was_solved_is_told_with_its_last_cause(shop: Shopfloor) -> None:
    solve(shop, fail(shop, "scratch"), 10)
    shop.wait(60)
    solve(shop, fail(shop, "scratch"), 10, cause="hook")
    fail(shop, "dent")

    (row,) = repeats(basis(shop))

    assert (row.station, row.loop, row.text) == ("paint", "bracket", "scratch")
    assert (row.count, row.after_solved, row.cause) == (2, 1, "hook")
    assert [event.topic for event in events(shop, row.events)] == ["scratch", "scratch"]


def test_two_at_once_are_repeated_but_after_nothing_solved(shop: Shopfloor) -> None:
    fail(shop, "scratch")
    fail(shop, "scratch")

    (row,) = repeats(basis(shop))

    assert (row.count, row.after_solved, row.cause) == (2, 0, None)


def test_answers_are_held_against_the_first_level_of_the_tree(shop: Shopfloor) -> None:
    shop.floor.plant.escalation = (EscalationRule(1, 60, 120, ("lead",), (CallKind.QUALITY,)),)
    solve(shop, fail(shop, "scratch"), 60)
    solve(shop, fail(shop, "dent"), 121)

    rows = of_quality(shop)

    assert (rows["take"].target_s, rows["take"].count, rows["take"].within) == (60, 2, 1)
    assert (rows["solve"].target_s, rows["solve"].count, rows["solve"].within) == (120, 2, 1)
    assert (rows["arrive"].target_s, rows["arrive"].count, rows["arrive"].within) == (None, 0, None)
    assert (rows["take"].mean_s, rows["take"].p90_s) == (90.5, 114.9)


def test_the_second_clock_begins_with_whoever_is_simply_there(shop: Shopfloor) -> None:
    call = fail(shop, "scratch")
    shop.wait(30)
    move_call(shop, call, "arrived")
    shop.wait(40)
    move_call(shop, call, "solved", "hook")

    rows = of_quality(shop)

    assert (rows["arrive"].mean_s, rows["solve"].mean_s) == (30, 40)
