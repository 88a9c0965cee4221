from itertools import count

import pytest

from kanban_device import effects
from kanban_device.arrivals import (
    AssignmentArrived,
    CommandArrived,
    HubHeartbeatArrived,
    HubStatusArrived,
    LampsArrived,
    ReceiptsArrived,
    Renewed,
    Settled,
    StationInput,
    Stored,
    StoreLooked,
    StoreRefused,
)
from kanban_device.config import TimingTable
from kanban_device.effects import Effect, Store
from kanban_device.outbox import StoreHealth
from kanban_device.station import Memory, Station
from kanban_hardware.inputs import (
    Freed,
    Held,
    Pressed,
    Released,
    Scanned,
    ScannerLost,
    Stuck,
    Unreadable,
    UnreadableReason,
)
from kanban_hardware.wiring import DEFAULT_WIRING, ScannerWiring, Wiring
from kanban_protocol.messages import Command, CommandKind, Receipt, Receipts, ReceiptStatus, Side
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import Body, FailBody, Intent, PullBody, ScanBody, UndoBody
from tests.device.fakes import assignment, hub_status, lamp_state

EPOCH = "9f2c61d0a7b34e55"
TWO_SLOTS = assignment((1, "bracket", Side.CONSUMER), (2, "hinge", Side.SUPPLIER))


class Bench:
    """A station whose store answers at once; `stored` is what would be in the outbox."""

    def __init__(self, wiring: Wiring = DEFAULT_WIRING) -> None:
        self.ids = count(1)
        memory = Memory(EPOCH, assignment=TWO_SLOTS)
        self.station = Station(TimingTable(), wiring, memory, lambda: f"id-{next(self.ids)}", 0.0)
        self.stored: list[Store] = []
        self.did: list[Effect] = []
        self.is_full = False

    def take(self, taken: StationInput, now_s: float) -> list[Effect]:
        done: list[Effect] = []
        for effect in self.station.handle(taken, now_s):
            done.append(effect)
            if isinstance(effect, Store):
                done += self.take(self.answer(effect), now_s)
        self.did += done
        return done

    def answer(self, store: Store) -> StationInput:
        if self.is_full:
            return StoreRefused(store, StoreHealth.FULL)
        self.stored.append(store)
        return Stored(store, len(self.stored))

    def press(self, part: str, at_s: float, hold_s: float = 0.1) -> list[Effect]:
        done = self.take(Pressed(part, at_s), at_s)
        if hold_s >= 2.0:
            done += self.take(Held(part, at_s + 2.0, at_s), at_s + 2.0)
        return done + self.take(Released(part, at_s + hold_s), at_s + hold_s)

    def scan(self, code: str, at_s: float) -> list[Effect]:
        return self.take(Scanned(code, at_s), at_s)

    def receipt(self, seq: int, status: ReceiptStatus, **more: object) -> list[Effect]:
        receipt = Receipt(seq=seq, status=status, **more)  # type: ignore[arg-type]
        return self.take(Settled((receipt,)), 5.0)

    @property
    def bodies(self) -> list[Body]:
        return [store.body for store in self.stored]

    @property
    def kinds(self) -> list[str]:
        return [store.kind for store in self.stored]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def tones(done: list[Effect]) -> list[str]:
    return [effect.tone.value for effect in done if isinstance(effect, effects.Beep)]


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


def test_quality_then_a_scan_is_a_fail_of_that_card(bench: Bench) -> None:
    bench.press("quality", 1.0)
    bench.scan("bracket-0001", 5.0)
    assert bench.bodies == [FailBody(code="bracket-0001")]


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


def test_a_scan_alone_asks_for_the_next_move_and_every_slot_flutters(bench: Bench) -> None:
    done = bench.scan("bracket-0001", 1.0)
    assert bench.bodies == [ScanBody(code="bracket-0001")]
    flutters = [effect.part for effect in done if isinstance(effect, effects.Flutter)]
    assert flutters == ["slot-1", "slot-2", "slot-3", "slot-4"]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("KSS:FAIL", FailBody(code="bracket-0001")),
        ("KSS:UNDO", ScanBody(code="bracket-0001", intent=Intent.UNDO)),
        ("KSS:RECEIVE", ScanBody(code="bracket-0001", intent=Intent.RECEIVE)),
    ],
)
def test_a_command_code_sets_what_the_next_scan_means_and_no_other(
    bench: Bench, command: str, body: Body
) -> None:
    assert tones(bench.scan(command, 1.0)) == ["double"]
    bench.scan("bracket-0001", 5.0)
    bench.scan("bracket-0001", 6.0)
    assert bench.bodies == [body, ScanBody(code="bracket-0001")]


def test_the_help_code_calls_at_once(bench: Bench) -> None:
    bench.scan("KSS:HELP", 1.0)
    assert bench.kinds == ["help"]


def test_an_unreadable_code_is_refused_and_nothing_is_sent(bench: Bench) -> None:
    assert tones(bench.take(Unreadable(UnreadableReason.TOO_LONG, 1.0), 1.0)) == ["long"]
    assert bench.station.texts(1.0) == (TEXTS[Refusal.UNREADABLE],)
    assert bench.stored == []


def test_a_full_store_refuses_visibly(bench: Bench) -> None:
    bench.is_full = True
    assert tones(bench.press("slot-1", 1.0)) == ["long"]
    assert bench.station.lamps(1.0)["red"].value == "fast"
    assert not [effect for effect in bench.did if isinstance(effect, effects.Flutter)]
    bench.take(StoreLooked(StoreHealth.OK), 3.0)
    assert bench.station.lamps(3.0)["red"].value == "double"


def test_an_accepted_signal_shows_by_its_lamp_alone(bench: Bench) -> None:
    bench.press("slot-1", 1.0)
    assert bench.receipt(1, ReceiptStatus.ACCEPTED) == []
    assert bench.station.texts(5.0) == ()


def test_already_is_good_news_with_one_short_beep(bench: Bench) -> None:
    assert tones(bench.receipt(1, ReceiptStatus.ALREADY, text="Already asked for: 4 of 4")) == ["short"]
    assert bench.station.texts(5.0) == ("Already asked for: 4 of 4",)


def test_a_refusal_of_the_hub_is_told_in_the_stations_words(bench: Bench) -> None:
    assert tones(bench.receipt(1, ReceiptStatus.REFUSED, reason=Refusal.CARD_LOST, text="verloren")) == [
        "long"
    ]
    assert bench.station.texts(14.9) == (TEXTS[Refusal.CARD_LOST],)
    assert bench.station.texts(15.0) == ()


def test_receipts_of_another_epoch_settle_nothing(bench: Bench) -> None:
    signals = [Receipt(seq=1, status=ReceiptStatus.ACCEPTED)]
    assert bench.take(ReceiptsArrived(Receipts(v=1, epoch="0" * 16, signals=signals)), 1.0) == []


def test_a_conflict_renews_the_outbox_once_and_is_settled_the_second_time(bench: Bench) -> None:
    conflict = Receipt(seq=1, status=ReceiptStatus.REFUSED, reason=Refusal.CONFLICT)
    first = bench.take(ReceiptsArrived(Receipts(v=1, epoch=EPOCH, signals=[conflict])), 1.0)
    assert [type(effect) for effect in first] == [effects.Renew]
    bench.take(Renewed("1" * 16, 1), 1.0)
    second = bench.take(ReceiptsArrived(Receipts(v=1, epoch="1" * 16, signals=[conflict])), 2.0)
    assert [type(effect) for effect in second] == [effects.Settle]


def test_an_assignment_is_remembered_once(bench: Bench) -> None:
    other = assignment((3, "plate", Side.CONSUMER))
    assert [type(effect) for effect in bench.take(AssignmentArrived(other), 1.0)] == [effects.Remember]
    assert bench.take(AssignmentArrived(other), 2.0) == []
    bench.press("slot-3", 3.0)
    assert bench.kinds == ["pull"]


def test_the_hub_is_lost_after_15_seconds_of_silence_and_back_at_its_next_heartbeat(bench: Bench) -> None:
    bench.take(HubStatusArrived(hub_status(), retained=False), 0.0)
    bench.take(LampsArrived(lamp_state()), 0.0)
    assert bench.station.lamps(14.9)["green"].value == "on"
    assert bench.station.due_s(14.9) == 15.0
    assert bench.station.lamps(15.0)["slot-1"].value == "double"
    bench.take(HubHeartbeatArrived(), 60.0)
    assert bench.station.lamps(60.0)["slot-1"].value == "slow"


def test_a_stuck_button_is_reported_and_its_slot_does_not_look_dark(bench: Bench) -> None:
    bench.take(HubStatusArrived(hub_status(), retained=False), 0.0)
    bench.take(LampsArrived(lamp_state()), 0.0)
    bench.take(Stuck("slot-2", 1.0), 1.0)
    assert bench.station.lamps(1.0)["slot-2"].value == "double"
    assert bench.station.inputs.as_dict()["slot-2"] == "stuck"
    bench.take(Freed("slot-2", 2.0), 2.0)
    assert bench.station.lamps(2.0)["slot-2"].value == "off"
    assert set(bench.station.inputs.as_dict().values()) == {"ok"}


def test_a_lost_scanner_is_reported_first_of_more_parts_than_a_heartbeat_holds() -> None:
    scanners = tuple(ScannerWiring(port=f"/dev/{number}") for number in range(20))
    bench = Bench(Wiring(scanners=scanners))
    bench.take(ScannerLost("scanner-20", 1.0), 1.0)
    inputs = bench.station.inputs.as_dict()
    assert next(iter(inputs.items())) == ("scanner-20", "lost")
    assert len(inputs) == 16


def command(kind: CommandKind, number: int = 1) -> CommandArrived:
    return CommandArrived(Command(v=1, id=f"00000000-0000-0000-0000-{number:012}", command=kind))


def test_identify_blinks_all_lamps_for_ten_seconds_and_each_command_acts_once(bench: Bench) -> None:
    assert tones(bench.take(command(CommandKind.IDENTIFY), 1.0)) == ["double"]
    assert bench.take(command(CommandKind.IDENTIFY), 9.0) == []
    assert {pattern.value for pattern in bench.station.lamps(10.9).values()} == {"slow"}
    assert bench.station.lamps(11.0)["slot-1"].value == "double"


def test_a_self_test_lights_each_lamp_in_turn(bench: Bench) -> None:
    bench.take(command(CommandKind.SELF_TEST), 1.0)
    lit = []
    for step in range(7):
        lamps = bench.station.lamps(1.5 + step)
        lit += [part for part, pattern in lamps.items() if pattern.value == "on"]
    assert lit == ["slot-1", "slot-2", "slot-3", "slot-4", "red", "amber", "green"]
    assert bench.station.due_s(1.5) == 2.0
    assert bench.station.lamps(8.5)["slot-1"].value == "double"


def test_an_update_is_not_supported_and_changes_nothing(bench: Bench) -> None:
    assert bench.take(command(CommandKind.UPDATE), 1.0) == []
