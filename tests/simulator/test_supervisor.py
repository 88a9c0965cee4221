from random import Random

from kanban_simulator.pace import Pace
from kanban_simulator.supervisor import CAUSES, Supervisor
from kanban_simulator.world import CallSeen, CardSeen, MoveCall, MoveCard, World

PACE = Pace(take_s=6, solve_s=10, judge_s=5, scrap_share=1)
BAD = CardSeen("bracket-0001", "bracket", "quarantined")


def world(state: str | None, *cards: CardSeen) -> World:
    calls = (CallSeen("call-1", state, BAD.id),) if state else ()
    return World({}, cards, calls)


def test_a_call_is_taken_after_a_while_and_solved_after_another() -> None:
    supervisor = Supervisor(PACE, Random(1))

    assert supervisor.act(world("raised", BAD), 0) == []
    assert supervisor.act(world("raised", BAD), 6) == [MoveCall("call-1", "take")]
    assert supervisor.act(world("taken", BAD), 7) == []
    (solved,) = supervisor.act(world("taken", BAD), 17)

    assert isinstance(solved, MoveCall)
    assert solved.move == "solve"
    assert solved.cause in CAUSES


def test_a_bad_container_is_judged_when_its_call_is_solved() -> None:
    supervisor = Supervisor(PACE, Random(1))

    assert supervisor.act(world("taken", BAD), 0) == []
    assert supervisor.act(world(None, BAD), 1) == []
    assert supervisor.act(world(None, BAD), 6) == [MoveCard(BAD.id, "scrap")]


def test_what_has_not_helped_is_tried_again_later_and_not_at_once() -> None:
    supervisor = Supervisor(PACE, Random(1))
    supervisor.act(world("raised"), 0)
    supervisor.act(world("raised"), 6)

    assert supervisor.act(world("raised"), 7) == []
    assert supervisor.act(world("raised"), 12) == [MoveCall("call-1", "take")]


def test_containers_may_be_good_after_all() -> None:
    supervisor = Supervisor(Pace(judge_s=0, scrap_share=0), Random(1))

    assert supervisor.act(world(None, BAD), 0) == [MoveCard(BAD.id, "clear")]
