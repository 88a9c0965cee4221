"""The whole firmware but its wires: real outbox, real rules, a panel and a broker in memory."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kanban_device.errors import DataLockedError, PanelDeadError
from kanban_device.joining.identity import CERTIFICATE, FACTS, KEY, TRUSTED, Facts, Identity
from kanban_device.program import Program
from kanban_hardware.pattern import Pattern
from kanban_protocol import codec
from kanban_protocol.messages import (
    Command,
    CommandKind,
    HubHeartbeat,
    Receipt,
    Receipts,
    ReceiptStatus,
    Sync,
)
from kanban_protocol.topics import Down, Hub, Up
from tests.device.fakes import crash, hub_status
from tests.device.plant import STATION, TOPICS, Plant


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    opened = Plant(tmp_path)
    opened.program.start()
    opened.turn()
    yield opened
    opened.program.close()


def test_a_station_announces_itself_its_lamps_and_its_health(plant: Plant) -> None:
    assert [channel for channel, _ in plant.heard] == [Up.STATUS, Up.LAMPS, Up.HEARTBEAT]
    assert plant.last(Up.STATUS)["online"] is True
    assert plant.last(Up.LAMPS)["lamps"]["1"] == "double"
    assert plant.last(Up.HEARTBEAT)["outbox"] == 0


def test_a_press_is_committed_then_shown_then_sent_until_its_receipt(plant: Plant) -> None:
    plant.greet()
    plant.press()
    assert plant.panel.did == ["flutter slot-1", "beep short"]
    (signal,) = plant.signals
    assert (signal.seq, signal.attempt, signal.age_ms, signal.__struct_config__.tag) == (1, 1, 0, "pull")
    plant.turn(3.0)
    assert plant.signals[-1].attempt == 2
    assert plant.signals[-1].age_ms == 3_000
    assert codec.content_digest(plant.signals[0]) == codec.content_digest(plant.signals[1])
    assert plant.program.view.outbox == 1
    plant.receipt(signal)
    assert plant.program.view.outbox == 0
    plant.turn(60.0)
    assert len(plant.signals) == 2


def test_the_display_says_what_waits_until_the_hub_has_it(plant: Plant) -> None:
    assert list(plant.panel.lines) == ["No word from the hub"]
    plant.greet()
    plant.press()
    assert list(plant.panel.lines) == ["1 signal waits for the hub"]
    plant.receipt(plant.signals[0])
    assert list(plant.panel.lines) == []


def test_wanted_lamps_are_shown_and_reported_with_their_revision(plant: Plant) -> None:
    plant.greet()
    plant.turn()
    assert plant.program.shown()["slot-1"].value == "slow"
    shown = plant.last(Up.LAMPS)
    assert (shown["revision"], shown["lamps"]["1"], shown["lamps"]["green"]) == (7, "slow", "on")


def test_lamps_that_do_not_follow_are_reported_as_they_are(plant: Plant) -> None:
    plant.panel.is_frozen = True
    plant.greet()
    assert plant.last(Up.LAMPS)["revision"] is None
    plant.turn(0.6)
    shown = plant.last(Up.LAMPS)
    assert (shown["revision"], shown["lamps"]["1"]) == (7, "double")


def test_a_press_while_the_link_is_down_survives_a_restart(plant: Plant) -> None:
    plant.greet()
    plant.broker.stop()
    plant.turn()
    plant.press()
    assert plant.panel.did == ["flutter slot-1", "beep short"]
    plant.restart()
    assert plant.program.view.outbox == 1
    plant.broker.restart()
    plant.listener.reconnect()
    plant.link.reconnect()
    plant.turn()
    assert [signal.seq for signal in plant.signals] == [1]


def test_a_station_works_after_a_power_cut_with_the_broker_away(plant: Plant) -> None:
    plant.greet()
    plant.broker.stop()
    plant.restart()
    plant.press()
    assert plant.program.view.outbox == 1, "what the slot means was kept"


def test_after_a_reconnect_everything_pending_is_sent_at_once(plant: Plant) -> None:
    plant.greet()
    plant.press()
    plant.link.drop(publish_will=False)
    plant.turn()
    plant.press("slot-1")
    plant.link.reconnect()
    plant.turn()
    assert [(signal.seq, signal.attempt) for signal in plant.signals] == [(1, 1), (1, 2), (2, 1)]


def test_connection_numbers_rise_over_restarts(plant: Plant) -> None:
    first = plant.last(Up.STATUS)["connection"]
    plant.restart()
    assert plant.last(Up.STATUS)["connection"] > first


def test_a_station_that_ends_in_good_order_says_so(plant: Plant) -> None:
    plant.program.close()
    assert plant.last(Up.STATUS)["online"] is False
    assert not plant.panel.is_open
    plant.program.close()


def test_a_hub_restored_from_a_backup_gets_again_what_it_lost(plant: Plant) -> None:
    plant.greet()
    for _ in range(3):
        plant.press()
        plant.receipt(plant.signals[-1])
    epoch = plant.signals[0].epoch
    plant.say(Down.SYNC, Sync(v=1, epochs={epoch: 1}))
    plant.say(Hub.STATUS, hub_status("00000000000000ff"))
    assert [signal.seq for signal in plant.signals[3:]] == [2, 3]


def test_an_old_copy_of_the_card_goes_on_under_a_new_epoch(plant: Plant) -> None:
    plant.greet()
    plant.press()
    (signal,) = plant.signals
    refused = Receipt(seq=1, status=ReceiptStatus.REFUSED, reason="conflict")  # type: ignore[arg-type]
    receipts = codec.encode(Receipts(v=1, epoch=signal.epoch, signals=[refused]))
    plant.broker.publish(TOPICS.down(STATION, Down.RECEIPTS), receipts)
    plant.turn()
    again = plant.signals[-1]
    assert (again.id, again.seq, again.attempt) == (signal.id, 1, 1)
    assert again.epoch != signal.epoch


def test_a_heartbeat_goes_every_ten_seconds(plant: Plant) -> None:
    plant.greet()
    plant.press()
    before = len([1 for channel, _ in plant.heard if channel is Up.HEARTBEAT])
    for _ in range(25):
        plant.turn(1.0)
    assert len([1 for channel, _ in plant.heard if channel is Up.HEARTBEAT]) == before + 2
    beat = plant.last(Up.HEARTBEAT)
    assert (beat["outbox"], beat["lamps_revision"], beat["inputs"]["slot-1"]) == (1, 7, "ok")
    assert 15 < beat["oldest_s"] <= 25


def test_at_a_rebirth_status_lamps_and_heartbeat_are_told_anew(plant: Plant) -> None:
    plant.greet()
    plant.turn()
    plant.heard.clear()
    plant.say(Down.COMMAND, rebirth(), retain=False)
    plant.turn()
    assert {channel for channel, _ in plant.heard} == {Up.STATUS, Up.LAMPS, Up.HEARTBEAT}


def test_lamps_that_do_not_follow_are_in_the_heartbeat_as_they_are(plant: Plant) -> None:
    plant.greet()
    plant.turn(10.0)
    assert "stuck_lamps" not in plant.last(Up.HEARTBEAT)
    plant.panel.failing, plant.panel.is_frozen = {"slot-1", "red"}, True
    plant.panel.lamps |= {"slot-1": Pattern.OFF, "red": Pattern.ON}
    plant.turn(10.0)
    assert plant.last(Up.HEARTBEAT)["stuck_lamps"] == {"1": "off", "red": "on"}


def rebirth() -> Command:
    return Command(v=1, id="00000000-0000-0000-0000-000000000001", command=CommandKind.REBIRTH)


@pytest.mark.parametrize(
    "word",
    [
        "reboot",
        "sh -c 'rm -rf /'",
        "/usr/bin/true",
        "{{ 7 * 7 }}",
        "../../etc/passwd",
        "",
        "IDENTIFY",
        "exec",
    ],
)
def test_no_word_but_the_four_of_the_contract_is_obeyed(plant: Plant, word: str) -> None:
    plant.greet()
    plant.turn()
    before, beeps = len(plant.heard), list(plant.panel.did)
    told = {"v": 1, "id": "00000000-0000-0000-0000-000000000001", "command": word}
    plant.broker.publish(TOPICS.down(STATION, Down.COMMAND), json.dumps(told).encode())
    plant.turn()
    assert (len(plant.heard), plant.panel.did) == (before, beeps)
    assert {kind.value for kind in CommandKind} == {"identify", "self_test", "update", "rebirth"}


def test_a_command_that_the_broker_remembers_is_nobodys_word(plant: Plant) -> None:
    plant.greet()
    plant.link.drop(publish_will=False)
    plant.broker.retained[TOPICS.down(STATION, Down.COMMAND)] = codec.encode(
        Command(v=1, id="00000000-0000-0000-0000-000000000009", command=CommandKind.IDENTIFY)
    )
    plant.link.reconnect()
    plant.turn()
    assert "beep double" not in plant.panel.did


def test_hub_silence_shows_and_its_heartbeat_heals(plant: Plant) -> None:
    plant.greet()
    plant.turn(16.0)
    assert plant.panel.lamps["slot-1"].value == "double"
    plant.say(Hub.HEARTBEAT, HubHeartbeat(v=1, boot="00000001", count=1, commit_age_ms=1), retain=False)
    assert plant.panel.lamps["slot-1"].value == "slow"


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b'{"v":2}', b"\xff", b'{"v":1,"epochs":{"x":1}}'])
def test_a_message_that_follows_no_contract_is_dropped(plant: Plant, payload: bytes) -> None:
    plant.broker.publish(TOPICS.down(STATION, Down.SYNC), payload)
    plant.turn()
    plant.greet()
    plant.press()
    assert len(plant.signals) == 1


def test_a_retained_receipt_is_nobodys_word(plant: Plant) -> None:
    plant.greet()
    plant.press()
    (signal,) = plant.signals
    forged = Receipts(v=1, epoch=signal.epoch, signals=[Receipt(seq=1, status=ReceiptStatus.ACCEPTED)])
    plant.link.drop(publish_will=False)
    plant.broker.retained[TOPICS.down(STATION, Down.RECEIPTS)] = codec.encode(forged)
    plant.link.reconnect()
    plant.turn()
    assert plant.program.view.outbox == 1


def test_a_flood_of_messages_leaves_room_for_presses(plant: Plant) -> None:
    plant.greet()
    for _ in range(3_000):
        plant.broker.publish(TOPICS.down(STATION, Down.SYNC), b"{")
    assert plant.mailbox.dropped == 2_000
    plant.press()
    assert plant.program.view.outbox == 1


def test_a_panel_that_stays_dead_ends_the_program(plant: Plant) -> None:
    plant.panel.is_alive = False
    plant.turn(2.0)
    with pytest.raises(PanelDeadError):
        plant.turn(2.0)


def test_a_panel_that_was_only_frozen_does_not(plant: Plant) -> None:
    for is_alive in (False, True, False, True):
        plant.panel.is_alive = is_alive
        plant.turn(2.0)


def test_a_second_process_on_one_data_directory_is_refused(plant: Plant) -> None:
    with pytest.raises(DataLockedError, match="another kanban-station"):
        Plant(plant.data)


def test_a_killed_station_has_kept_what_it_has_shown(plant: Plant) -> None:
    plant.greet()
    plant.press()
    crash(plant.data, plant.program._parts.outbox)
    plant.program.close()
    plant.start()
    plant.program.start()
    plant.turn()
    assert plant.program.view.outbox == 1


def test_what_waits_is_seen_before_the_first_turn(plant: Plant) -> None:
    plant.greet()
    plant.press()
    plant.program.close()

    plant.start()

    assert plant.program.view.outbox == 1


def test_run_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    plant, stop = Plant(tmp_path), threading.Event()
    thread = threading.Thread(target=_run, args=(plant.program, stop))
    thread.start()
    stop.set()
    thread.join(10.0)
    assert not thread.is_alive()


def _run(program: Program, stop: threading.Event) -> None:
    program.run(stop)
    program.close()


def test_a_certificate_that_has_ended_is_said_until_there_is_another_and_presses_are_kept(
    tmp_path: Path,
) -> None:
    plant = Plant(tmp_path, url="mqtts://hub.lan:8883")
    wall_s = plant.clock.stamp(plant.clock.now_s()).wall_ms / 1000
    _join(tmp_path, wall_s + 30)
    plant.program.start()
    plant.greet()
    assert "Certificate ended: call service. Presses are kept" not in plant.panel.lines

    plant.turn(61)
    assert plant.panel.lines[0] == "Certificate ended: call service. Presses are kept"
    plant.broker.stop()
    plant.press()
    assert plant.program.view.outbox == 1

    _join(tmp_path, wall_s + 9_000)
    plant.turn(61)
    assert "Certificate ended: call service. Presses are kept" not in plant.panel.lines
    plant.program.close()


def _join(data: Path, ends_s: float) -> None:
    facts = Facts("assembly", "https://hub.lan:8443", "mqtts://hub.lan:8883", 0, int(ends_s))
    identity = Identity(data)
    parts = dict.fromkeys((KEY, CERTIFICATE, TRUSTED), b"")
    identity.switch(identity.keep(parts | {FACTS: msgspec.json.encode(facts)}))
