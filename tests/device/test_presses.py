import dataclasses

import pytest

from kanban_device import effects
from kanban_device.arrivals import (
    AssignmentArrived,
)
from kanban_hardware.inputs import (
    Held,
    Pressed,
    Released,
    Stuck,
)
from kanban_hardware.wiring import DEFAULT_WIRING, HelpWiring
from kanban_protocol.messages import ReceiptStatus, Side
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import FailBody, HelpBody, PullBody, UndoBody
from tests.device.bench import Bench, tones
from tests.device.fakes import assignment


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_press_at_the_consumer_is_a_pull_and_at_the_supplier_an_advance(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-2", 2.0)
    assert bench.kinds == ["pull", "advance"]
    assert bench.bodies[0] == PullBody(loop="bracket", slot=1)


def test_a_press_is_stored_before_it_flutters_and_beeps(bench: Bench) -> None:
    done = bench.take(Pressed("slot-1", 1.0), 1.0)
    assert [type(effect) for effect in done] == [effects.Store, effects.Flutter, effects.Beep]
    assert tones(done) == ["short"]


def test_a_slot_without_assignment_is_refused_with_a_long_beep_and_a_text(bench: Bench) -> None:
    assert tones(bench.press("slot-3", 1.0)) == ["long"]
    assert bench.station.texts(1.0) == (TEXTS[Refusal.NOT_ASSIGNED],)
    assert bench.station.texts(12.0) == ()
    assert (bench.stored, bench.station.refused) == ([], 1)


def test_a_first_press_held_long_is_one_signal_and_nothing_else(bench: Bench) -> None:
    bench.press("slot-1", 1.0, hold_s=5.0)
    assert bench.kinds == ["pull"]


def test_a_second_press_is_another_signal_timed_at_its_down(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-1", 10.0, hold_s=0.5)
    assert [(store.kind, store.at_s) for store in bench.stored] == [("pull", 1.0), ("pull", 10.0)]


def test_holding_the_same_button_takes_the_last_press_back(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-1", 10.0, hold_s=3.0)
    assert bench.bodies[1] == UndoBody(signal="id-1")
    assert bench.stored[1].at_s == 10.0


def test_each_hold_takes_one_more_press_back(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-1", 3.0)
    for at_s in (5.0, 10.0, 15.0):
        bench.press("slot-1", at_s, hold_s=3.0)
    assert bench.kinds == ["pull", "pull", "undo", "undo", "pull"]
    assert bench.bodies[2:4] == [UndoBody(signal="id-2"), UndoBody(signal="id-1")]


def test_a_press_older_than_the_undo_time_is_not_taken_back(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-1", 31.0, hold_s=3.0)
    assert bench.kinds == ["pull", "pull"]


def test_holding_another_button_takes_nothing_back(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("slot-2", 2.0, hold_s=3.0)
    assert bench.kinds == ["pull", "advance"]


@pytest.mark.parametrize("status", [ReceiptStatus.REFUSED, ReceiptStatus.ALREADY])
def test_a_press_that_moved_nothing_is_not_taken_back(bench: Bench, status: ReceiptStatus) -> None:
    bench.press("slot-1", 1.0)
    bench.receipt(1, status)
    bench.press("slot-1", 10.0, hold_s=3.0)
    assert bench.kinds == ["pull", "pull"]


def test_a_receipt_during_the_hold_leaves_nothing_to_take_back(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.take(Pressed("slot-1", 4.0), 4.0)
    bench.receipt(1, ReceiptStatus.REFUSED, reason=Refusal.UNKNOWN_LOOP)
    assert tones(bench.take(Held("slot-1", 6.0, 4.0), 6.0)) == ["long"]
    assert bench.kinds == ["pull"]


def test_a_button_that_gets_stuck_while_it_waits_means_nothing(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.take(Pressed("slot-1", 2.0), 2.0)
    bench.take(Stuck("slot-1", 2.5), 2.5)
    bench.take(Released("slot-1", 3.0), 3.0)
    assert bench.kinds == ["pull"]


def test_quality_then_a_slot_is_a_fail_of_its_loop(bench: Bench) -> None:
    assert tones(bench.press("quality", 1.0)) == ["double"]
    bench.press("slot-2", 5.0)
    assert bench.bodies == [FailBody(loop="hinge")]
    bench.press("slot-1", 6.0)
    assert bench.kinds == ["fail", "pull"]


def test_quality_then_a_slot_with_a_recent_press_is_a_fail_at_once(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    bench.press("quality", 2.0)
    bench.take(Pressed("slot-1", 3.0), 3.0)
    assert bench.kinds == ["pull", "fail"]


def test_quality_lapses_after_ten_seconds(bench: Bench) -> None:
    bench.press("quality", 1.0)
    bench.press("slot-1", 11.0)
    assert bench.kinds == ["pull"]


def test_a_second_quality_press_disarms(bench: Bench) -> None:
    bench.press("quality", 1.0)
    bench.press("quality", 2.0)
    bench.press("slot-1", 3.0)
    assert bench.kinds == ["pull"]


def test_with_one_assigned_slot_quality_needs_no_second_press_and_can_be_taken_back(bench: Bench) -> None:
    bench.take(AssignmentArrived(assignment((1, "bracket", Side.CONSUMER))), 0.0)
    bench.press("quality", 1.0)
    bench.press("quality", 5.0, hold_s=3.0)
    assert bench.bodies == [FailBody(loop="bracket"), UndoBody(signal="id-1")]


def test_while_armed_the_assigned_slots_and_red_are_fast(bench: Bench) -> None:
    bench.press("quality", 1.0)
    lamps = bench.station.lamps(2.0)
    assert [lamps[part].value for part in ("slot-1", "slot-2", "slot-3", "red")] == [
        "fast",
        "fast",
        "double",
        "fast",
    ]
    assert bench.station.due_s(2.0) == 11.0


@pytest.fixture
def with_help() -> Bench:
    return Bench(dataclasses.replace(DEFAULT_WIRING, help=HelpWiring(button=12)))


def test_the_help_button_calls_at_once_and_every_slot_says_that_it_is_stored(with_help: Bench) -> None:
    done = with_help.press("help", 1.0)
    assert with_help.kinds == ["help"]
    assert with_help.bodies == [HelpBody()]
    fluttered = [effect.part for effect in done if isinstance(effect, effects.Flutter)]
    assert fluttered == ["slot-1", "slot-2", "slot-3", "slot-4"]
    assert tones(done) == ["short"]


def test_holding_the_help_button_takes_the_call_back(with_help: Bench) -> None:
    with_help.press("help", 1.0)
    with_help.press("help", 10.0, hold_s=3.0)
    assert with_help.bodies == [HelpBody(), UndoBody(signal="id-1")]


def test_a_call_for_help_leaves_a_quality_fail_that_was_begun_as_it_is(with_help: Bench) -> None:
    with_help.press("quality", 1.0)
    with_help.press("help", 2.0)
    with_help.press("slot-1", 3.0)
    assert with_help.kinds == ["help", "fail"]


def test_a_stuck_help_button_is_told_in_the_heartbeat(with_help: Bench) -> None:
    assert with_help.station.inputs.as_dict()["help"] == "ok"
    with_help.take(Stuck("help", 1.0), 1.0)
    assert with_help.station.inputs.as_dict()["help"] == "stuck"
