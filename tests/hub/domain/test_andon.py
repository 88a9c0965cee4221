"""What people do with a call, and its two clocks."""

import pytest

from kanban_hub.domain.andon import CALL_MOVES, AndonCall, CallKind, CallState
from kanban_hub.domain.errors import DomainError
from kanban_hub.execution import CALL_ORDERS
from kanban_hub.orders import MoveCall
from tests.hub.domain.shopfloor import CONSUMER, Shopfloor
from tests.hub.domain.test_worktime import EARLY, ms, worktime

# from: the orders that are possible
POSSIBLE = {
    "raised": {"take", "arrive", "solve", "reject"},
    "taken": {"arrive", "solve", "reject"},
    "arrived": {"solve", "reject"},
    "solved": {"close"},
    "closed": set(),
    "rejected": set(),
    "withdrawn": set(),
}
WAY = {
    "raised": [],
    "taken": ["take"],
    "arrived": ["take", "arrive"],
    "solved": ["solve"],
    "closed": ["solve", "close"],
    "rejected": ["reject"],
}


def order(shop: Shopfloor, move: str, cause: str | None = None) -> AndonCall:
    """Order `move` for the one call there is."""
    (call,) = shop.floor.calls
    shop.ask(MoveCall(call, move, cause))
    return shop.floor.calls[call]


def called(*moves: str) -> Shopfloor:
    """A floor with one call, moved so far; a minute for each move."""
    shop = Shopfloor()
    shop.call_help()
    for move in moves:
        shop.wait(60)
        order(shop, move, "nozzle")
    return shop


def test_a_floor_keeps_the_open_calls_and_only_so_many_of_the_others(
    shop: Shopfloor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanban_hub.domain.floor.CALLS_KEPT", 5)
    for number in range(20):
        shop.call_help(topic=f"topic {number}")
        if number > 2:
            shop.ask(MoveCall(shop.floor.open_calls()[-1].id, "reject"))
    assert [call.topic for call in shop.floor.open_calls()] == ["topic 0", "topic 1", "topic 2"]
    assert len(shop.floor.calls) == 5


def test_open_calls_are_kept_however_many(shop: Shopfloor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanban_hub.domain.floor.CALLS_KEPT", 5)
    for number in range(20):
        shop.call_help(topic=f"topic {number}")
    assert len(shop.floor.open_calls()) == 20


def test_the_table_knows_every_state_and_leads_to_each_but_the_first() -> None:
    assert set(POSSIBLE) == set(CallState)
    assert set(CALL_MOVES) == set(CallState) - {CallState.RAISED}


@pytest.mark.parametrize("state", list(WAY))
@pytest.mark.parametrize("move", list(CALL_ORDERS))
def test_a_call_moves_as_the_table_says_and_no_other_way(state: str, move: str) -> None:
    shop = called(*WAY[state])
    (before,) = shop.floor.calls.values()
    assert before.state == state
    if move in POSSIBLE[state]:
        order(shop, move, "nozzle")
        return
    with pytest.raises(DomainError):
        order(shop, move, "nozzle")
    assert list(shop.floor.calls.values()) == [before]


def test_each_step_keeps_its_time() -> None:
    shop = called("take", "arrive", "solve", "close")
    (call,) = shop.floor.calls.values()
    start_ms = call.raised_ms
    marks = (call.taken_ms, call.arrived_ms, call.ended_ms, call.closed_ms)
    assert marks == tuple(start_ms + minute * 60_000 for minute in (1, 2, 3, 4))


def test_who_arrives_without_a_word_has_taken_it_thereby() -> None:
    (call,) = called("arrive").floor.calls.values()
    assert call.taken_ms == call.arrived_ms == call.raised_ms + 60_000


def test_a_call_closes_only_when_its_cause_is_known() -> None:
    shop = Shopfloor()
    shop.call_help()
    order(shop, "solve")
    with pytest.raises(DomainError, match="say the cause of call-signal-1"):
        order(shop, "close")
    assert order(shop, "close", "nozzle").cause == "nozzle"


def test_a_cause_said_when_it_was_solved_is_enough_and_a_better_one_replaces_it() -> None:
    shop = Shopfloor()
    shop.call_help()
    assert order(shop, "solve", "nozzle").cause == "nozzle"
    assert order(shop, "close").cause == "nozzle"
    again = Shopfloor()
    again.call_help()
    order(again, "solve", "nozzle")
    assert order(again, "close", "nozzle worn out").cause == "nozzle worn out"


def test_a_call_that_was_none_or_was_taken_back_does_not_count() -> None:
    shop = called("reject")
    assert [call.is_true for call in shop.floor.calls.values()] == [False]
    shop.call_help()
    shop.undo(shop.signal)
    assert [call.state for call in shop.floor.calls.values()] == ["rejected", "withdrawn"]
    assert not any(call.is_true for call in shop.floor.calls.values())


def test_help_with_a_machine_is_a_call_of_its_own_kind() -> None:
    shop = Shopfloor()
    shop.call_help(topic="machine")
    shop.call_help()
    assert [call.kind for call in shop.floor.open_calls(CONSUMER)] == [CallKind.MACHINE, CallKind.HELP]
    assert shop.call_help(topic="machine").verdict == "already"


def test_both_clocks_count_working_time_and_stop_when_their_part_is_over() -> None:
    early = worktime(EARLY)
    raised_ms, taken_ms = ms("2026-07-01 08:55"), ms("2026-07-01 13:50")
    call = AndonCall("call-1", CallKind.HELP, "paint", raised_ms)
    assert call.untaken_s(early, ms("2026-07-01 09:20")) == 10 * 60, "a break is between"
    assert call.unsolved_s(early, ms("2026-07-01 09:20")) is None
    taken = call.moved(CallState.TAKEN, taken_ms)
    assert taken.unsolved_s(early, ms("2026-07-02 06:05")) == 15 * 60, "a night is between"
    solved = taken.moved(CallState.ARRIVED, ms("2026-07-02 06:00")).moved(
        CallState.SOLVED, ms("2026-07-02 06:10")
    )
    later_ms = ms("2026-07-03 12:00")
    assert solved.untaken_s(early, later_ms) == (5 + 4 * 60 + 35) * 60
    assert solved.unsolved_s(early, later_ms) == 20 * 60
    assert solved.open_s(early, later_ms) == solved.untaken_s(early, later_ms) + 20 * 60
