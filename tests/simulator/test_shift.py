import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_hub.domain.balance import balance
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import KanbanLoop
from kanban_simulator.pace import Pace
from kanban_simulator.shift import Shift
from kanban_simulator.world import Action, MoveCall, MoveCard, PressQuality, PressSlot, ScanCode
from tests.simulator.paperfloor import PaperFloor, demo_plant

STEP_S = 0.3


def work(seconds: float, seed: int = 1, speed: float = 1.0) -> tuple[PaperFloor, list[tuple[float, Action]]]:
    """Let a shift of the demo plant work on paper; returns the floor and what was done when."""
    plant = demo_plant()
    floor = PaperFloor(plant)
    shift = Shift(plant, Pace().at(speed), seed)
    done: list[tuple[float, Action]] = []
    for turn in range(1, int(seconds / STEP_S / speed)):
        now_s = turn * STEP_S * speed
        for action in shift.decide(floor.world(now_s), now_s):
            floor.do(action, now_s)
            done.append((now_s, action))
    return floor, done


def test_something_is_taken_within_the_first_second() -> None:
    _, done = work(1.5)

    assert isinstance(done[0][1], PressSlot)
    assert done[0][1].station == "shipping"


def test_a_pull_by_the_customer_reaches_the_supplier_outside_through_three_tiers() -> None:
    _, done = work(240)
    pressing = {action.station for _, action in done if isinstance(action, PressSlot)}

    assert pressing == set(demo_plant().stations)


def test_people_press_nothing_that_the_rules_refuse() -> None:
    floor, _ = work(900)

    assert floor.refused == []


def test_the_plant_keeps_up_with_its_customer() -> None:
    _, done = work(900)
    taken = [a for _, a in done if isinstance(a, PressSlot) and a.station == "shipping"]

    assert len(taken) > 0.85 * 900 / Pace().customer_s


def test_some_containers_fail_by_button_and_by_scan_and_all_are_judged() -> None:
    floor, done = work(1_800)
    buttons = [a for _, a in done if isinstance(a, PressQuality)]
    codes = [a for _, a in done if isinstance(a, ScanCode) and a.code == "KSS:FAIL"]
    judged = [a for _, a in done if isinstance(a, MoveCard)]

    assert buttons
    assert codes
    assert {a.move for a in judged} == {"scrap", "clear"}
    assert {a.move for _, a in done if isinstance(a, MoveCall)} == {"take", "solve"}
    assert floor.count(State.QUARANTINED) <= 3


def test_nobody_does_two_things_at_once() -> None:
    _, done = work(300)
    times: dict[str, float] = {}
    for now_s, action in done:
        station = getattr(action, "station", None)
        if station is not None:
            assert now_s - times.get(station, -9) >= Pace().hands_s
            times[station] = now_s


def test_the_same_seed_is_the_same_day_and_another_is_another() -> None:
    assert work(120, seed=3)[1] == work(120, seed=3)[1]
    assert work(300, seed=3)[1] != work(300, seed=4)[1]


@settings(max_examples=8, deadline=None)
@given(st.integers(), st.sampled_from([1.0, 4.0, 20.0]))
def test_every_loop_stays_in_balance_on_any_day(seed: int, speed: float) -> None:
    floor, done = work(400, seed, speed)

    assert [sheet for sheet in balance(floor.floor) if not sheet.is_even] == []
    assert floor.refused == []
    assert done


def test_who_has_no_power_does_nothing() -> None:
    plant = demo_plant()
    floor, shift = PaperFloor(plant), Shift(plant, Pace(), 1)
    for station in plant.stations:
        floor.show(station, power=False)

    assert shift.decide(floor.world(0), 100.0) == []


def test_pulls_that_wait_in_the_outbox_are_not_pressed_again() -> None:
    plant = demo_plant()
    floor, shift = PaperFloor(plant), Shift(plant, Pace(), 1)
    floor.show("shipping", outbox=4, network=False)

    assert shift.decide(floor.world(0), 100.0) == []


def test_a_supplier_does_not_work_by_a_lamp_that_knows_nothing() -> None:
    plant = demo_plant()
    floor, shift = PaperFloor(plant), Shift(plant, Pace(), 1)
    floor.do(PressSlot("shipping", 1), 0.0)
    floor.show("final-assembly", slots=dict.fromkeys("1234", "double"))

    actions = shift.decide(floor.world(1), 1.0)

    assert [a for a in actions if getattr(a, "station", "") == "final-assembly"] == []


def test_nobody_presses_a_slot_that_somebody_else_has_armed() -> None:
    plant = demo_plant()
    floor, shift = PaperFloor(plant), Shift(plant, Pace(), 1)
    floor.do(PressSlot("shipping", 1), 0.0)
    floor.do(PressQuality("final-assembly"), 0.0)

    actions = shift.decide(floor.world(1), 1.0)

    assert [a for a in actions if getattr(a, "station", "") == "final-assembly"] == []


@pytest.mark.parametrize("loop", demo_plant().loops.values(), ids=lambda loop: loop.id)
def test_every_loop_of_the_demo_is_seen_and_shipped_by_its_supplier(loop: KanbanLoop) -> None:
    # The shift knows by the card under way that a container has left.
    assert {"accept", "ship"} <= set(loop.steps)


def test_no_container_of_the_demo_is_smaller_than_what_is_made_of_it() -> None:
    plant = demo_plant()
    for station in plant.stations:
        made = [one.container_quantity for one in plant.loops.values() if one.supplier == station]
        used = [one.container_quantity for one in plant.loops.values() if one.consumer == station]
        assert not made or all(one % max(made) == 0 for one in used)
