import dataclasses

import pytest

from kanban_device import effects
from kanban_device.arrivals import (
    AssignmentArrived,
    CommandArrived,
    HubHeartbeatArrived,
    HubStatusArrived,
    LampsArrived,
    Linked,
    ReceiptsArrived,
    Renewed,
    StoreLooked,
)
from kanban_device.outbox import StoreHealth
from kanban_hardware.inputs import (
    Found,
    Freed,
    Lost,
    Stuck,
)
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import (
    DEFAULT_WIRING,
    DisplayWiring,
    NetworkLampWiring,
    ScannerWiring,
    StackWiring,
    Wiring,
)
from kanban_protocol.messages import Command, CommandKind, Receipt, Receipts, ReceiptStatus, Side
from kanban_protocol.refusals import TEXTS, Refusal
from tests.device.bench import EPOCH, Bench, tones
from tests.device.fakes import assignment, hub_status, lamp_state


@pytest.fixture
def bench() -> Bench:
    return Bench()


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
    bench.take(Lost("scanner-20", 1.0), 1.0)
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


FIVE = dataclasses.replace(DEFAULT_WIRING, stack=StackWiring(6, 13, 19, blue=21, white=18))


def test_blue_is_lit_while_signals_wait_and_white_blinks_while_a_scan_is_waited_for() -> None:
    bench = Bench(FIVE)
    assert bench.station.lamps(1.0, waiting=1)["blue"] is Pattern.ON
    assert bench.station.lamps(1.0, waiting=0)["blue"] is Pattern.OFF
    bench.scan("KSS:UNDO", 1.0)
    assert bench.station.lamps(1.0)["white"] is Pattern.SLOW
    bench.scan("BRACKET-0001", 2.0)
    assert bench.station.lamps(2.0)["white"] is Pattern.OFF


def test_the_page_of_the_display_says_what_its_lines_cannot_say_of_themselves() -> None:
    bench = Bench()
    assert bench.station.page(1.0, 2) == ("No word from the hub", "2 signals wait for the hub")
    bench.take(HubHeartbeatArrived(), 2.0)
    assert bench.station.page(2.0, 1) == ("1 signal waits for the hub",)
    bench.press("slot-3", 3.0)
    assert bench.station.page(3.0, 0) == (TEXTS[Refusal.NOT_ASSIGNED],)


def test_a_display_or_a_network_lamp_that_does_not_answer_is_told_in_the_heartbeat() -> None:
    lamp = NetworkLampWiring("http://192.168.10.1")
    bench = Bench(dataclasses.replace(DEFAULT_WIRING, stack=None, network_lamp=lamp, display=DisplayWiring()))
    for part in ("display", "network-lamp"):
        assert bench.station.inputs.as_dict()[part] == "ok"
        bench.take(Lost(part, 1.0), 1.0)
        assert bench.station.inputs.as_dict()[part] == "lost"
        bench.take(Found(part, 2.0), 2.0)
        assert bench.station.inputs.as_dict()[part] == "ok"
    assert set(bench.station.lamps(1.0)) >= {"red", "amber", "green"}


def test_a_rebirth_has_the_station_tell_everything_of_its_connection_anew(bench: Bench) -> None:
    assert bench.take(command(CommandKind.REBIRTH), 1.0) == []
    bench.take(Linked(7), 2.0)
    assert bench.take(command(CommandKind.REBIRTH, 2), 3.0) == [effects.Announce(7)]
