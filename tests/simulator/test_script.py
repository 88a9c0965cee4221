"""A day on which things go wrong: a standstill with a promise, and calls that nobody takes for a while."""

from kanban_hub.domain.andon import CallState
from kanban_hub.domain.records.promise import Promise
from kanban_simulator.pace import Pace
from kanban_simulator.script import Script
from kanban_simulator.shift import Shift
from kanban_simulator.world import MakePromise, MoveCall
from tests.simulator.paperfloor import PaperFloor, demo_plant

STEP_S = 0.3
DAY = Script("paint")


class Day:
    """The demo's plant on a scripted day, on paper, looked at by whoever wants to."""

    def __init__(self) -> None:
        plant = demo_plant()
        self.floor, self.shift, self.now_s = (
            PaperFloor(plant),
            Shift(plant, Pace(fail_share=0.15), 1, DAY),
            0.0,
        )
        self.done: list[tuple[float, object]] = []

    def until(self, now_s: float) -> "Day":
        while self.now_s < now_s:
            self.now_s += STEP_S
            self.floor.come_due(self.now_s)
            for action in self.shift.decide(self.floor.world(self.now_s), self.now_s):
                self.floor.do(action, self.now_s)
                self.done.append((self.now_s, action))
        return self

    def lamp(self, station: str, colour: str) -> str:
        return self.floor.world(self.now_s).panels[station].stack[colour]


def test_a_standstill_is_promised_once_and_amber_warns_before_the_consumer_starves() -> None:
    day = Day().until(DAY.standstill_at_s + 8)

    promises = [action for _, action in day.done if isinstance(action, MakePromise)]

    assert [(one.loop, one.reason) for one in promises] == [("housing-painted", "oven cold")]
    assert day.lamp("final-assembly", "amber") == "fast"
    slot = day.floor.world(day.now_s).panels["final-assembly"].slots
    assert "fast" not in slot.values()


def test_the_consumer_starves_and_recovers_when_the_promise_is_kept() -> None:
    day = Day().until(DAY.standstill_at_s + DAY.standstill_s - 2)
    assert "fast" in day.floor.world(day.now_s).panels["final-assembly"].slots.values()

    day.until(DAY.absent_at_s)

    assert day.floor.floor.records_of(Promise) == []
    assert day.floor.refused == []


def test_nothing_is_made_where_the_machine_stands_but_requests_are_seen() -> None:
    day = Day().until(DAY.standstill_at_s + DAY.standstill_s - 1)
    cards = day.floor.floor.cards_of("housing-painted")
    since_ms = (DAY.standstill_at_s + 1) * 1000
    moves = {str(card.last.move) for card in cards if card.last and card.last.moment.at_ms > since_ms}
    assert "accept" in moves
    assert moves.isdisjoint({"start", "finish", "ship"})


def test_a_call_waits_while_nobody_is_there_to_take_it() -> None:
    day = Day().until(DAY.absent_at_s + DAY.absent_s - 1)
    calls = day.floor.floor.open_calls()
    assert any(call.state is CallState.RAISED for call in calls)
    taken = [at_s for at_s, action in day.done if isinstance(action, MoveCall) and at_s > DAY.absent_at_s]
    assert taken == []

    day.until(DAY.absent_at_s + DAY.absent_s + 10)
    assert all(call.state is not CallState.RAISED for call in calls if call.id not in day.floor.floor.calls)
    assert [at_s for at_s, action in day.done if isinstance(action, MoveCall) and at_s > DAY.absent_at_s]


def test_without_a_script_nobody_promises_anything() -> None:
    plant = demo_plant()
    floor, shift = PaperFloor(plant), Shift(plant, Pace(), 1)
    for turn in range(1, 600):
        for action in shift.decide(floor.world(turn * STEP_S), turn * STEP_S):
            assert not isinstance(action, MakePromise)
            floor.do(action, turn * STEP_S)


def test_the_call_that_waits_rises_to_the_first_level_and_red_blinks_fast() -> None:
    day = Day().until(DAY.absent_at_s + DAY.absent_s - 1)

    risen = [call for call in day.floor.floor.open_calls() if call.level >= 1]

    assert risen
    assert all(day.lamp(call.station, "red") == "fast" for call in risen)
