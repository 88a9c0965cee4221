import pytest

from kanban_hub.inbox import Delivery, Word
from kanban_hub.outlet import RECEIPTS_A_MESSAGE
from kanban_protocol.messages import (
    Assignment,
    HubStatus,
    LampState,
    Receipt,
    Receipts,
    ReceiptStatus,
    Sync,
)
from kanban_protocol.topics import Down
from tests.hub.bench import STATIONS, TOPICS, HubBench, Probe, started
from tests.hub.signals import EPOCH, OTHER_EPOCH


@pytest.fixture
def hub() -> tuple[HubBench, Probe]:
    return started()


def test_everything_retained_is_said_again_at_each_connection_the_status_last(
    hub: tuple[HubBench, Probe],
) -> None:
    bench, probe = hub
    bench.press(1)
    bench.broker.stop()
    bench.broker.restart()
    probe.link.reconnect()
    probe.heard.clear()
    bench.connect()
    stations = [station.id for station in STATIONS]
    retained = {TOPICS.down(s, c) for s in stations for c in (Down.ASSIGNMENT, Down.SYNC, Down.LAMPS)}
    assert retained == {topic for topic in bench.broker.retained if "/down/" in topic}
    assert probe.channels()[-1] == "status"
    assert probe.channels().count("status") == 1
    assert bench.lamps("paint").slots["1"] == "slow"


def test_the_will_is_replaced_by_a_birth(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.link.drop()
    bench.connect()
    assert [status.online for status in probe.all("status", HubStatus)] == [True, False, True]


def test_what_does_not_go_out_is_said_at_the_next_connection(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.send("assembly", b"{")
    bench.link.drop()
    bench.press(1)
    assert probe.receipts() == []
    bench.connect()
    assert bench.lamps("paint").revision == 1


def test_an_assignment_names_loop_side_and_item(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    said = bench.broker.retained[TOPICS.down("paint", Down.ASSIGNMENT)]
    assert said == (
        b'{"v":1,"slots":[{"slot":1,"loop":"bracket","side":"supplier","item":"Bracket, left"},'
        b'{"slot":2,"loop":"casting","side":"consumer","item":"Casting"}]}'
    )


def test_the_lamps_are_said_whole_with_epoch_and_revision(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    bench.press(1)
    state = bench.lamps("paint")
    assert (state.epoch, state.revision) == (bench.ledger.epoch, 2)
    assert state.slots == {"1": "slow", "2": "off"}
    assert (state.stack.red, state.stack.amber, state.stack.green) == ("off", "slow", "off")
    assert [line.text for line in state.display] == [
        "Bracket, left: 1 asked, oldest < 1 min", "Casting: all full",
    ]  # fmt: skip


def test_receipts_are_one_message_a_station_and_epoch_and_not_too_many_in_one(
    hub: tuple[HubBench, Probe],
) -> None:
    bench, probe = hub
    receipts = [Receipt(seq=seq, status=ReceiptStatus.ACCEPTED) for seq in range(1, RECEIPTS_A_MESSAGE + 2)]
    outlet = bench.writer._parts.outlet
    outlet.receipts(
        [
            *(Word(Delivery("paint", "t", b"", 0), EPOCH, receipt) for receipt in receipts),
            Word(Delivery("assembly", "t", b"", 0), EPOCH, receipts[0]),
            Word(Delivery("paint", "t", b"", 0), OTHER_EPOCH, receipts[0]),
        ]
    )
    heard = [
        (topic.split("/")[4], message.epoch, len(message.signals))
        for (topic, _), message in zip(probe.heard[-4:], probe.all("receipts", Receipts), strict=True)
    ]
    assert heard == [
        ("assembly", EPOCH, 1), ("paint", EPOCH, 32), ("paint", EPOCH, 1), ("paint", OTHER_EPOCH, 1),
    ]  # fmt: skip


def test_a_station_of_many_outboxes_hears_of_the_latest(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for number in range(70):
        bench.ledger.progress.add("paint", f"{number:016x}", 1)
    bench.ledger.progress.add("paint", f"{0:016x}", 2)
    bench.writer._parts.outlet.sync("paint", bench.ledger.progress.of_station("paint"))
    epochs = probe.all("sync", Sync)[-1].epochs
    assert len(epochs) == 64
    assert epochs[f"{0:016x}"] == 2


def test_the_messages_are_of_the_contract(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.go_on(5)
    assert probe.all("lamps", LampState)
    assert probe.all("assignment", Assignment)
    assert set(probe.channels()) == {
        "assignment", "sync", "lamps", "status", "receipts", "heartbeat",
    }  # fmt: skip
