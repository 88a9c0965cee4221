"""Everything that can be stored can be sent, and a hub can read it."""

from typing import Any

import msgspec
import pytest

from kanban_device.arrivals import HubHeartbeatArrived, HubStatusArrived
from kanban_device.row import Row
from kanban_device.sender import Sending
from kanban_device.wire import FORMS, Wire
from kanban_protocol import codec
from kanban_protocol.link import Received
from kanban_protocol.signals import (
    AdvanceBody,
    Body,
    FailBody,
    HelpBody,
    Intent,
    PullBody,
    ScanBody,
    UndoBody,
)
from kanban_protocol.topics import Down, Hub, Topics
from tests.device.fakes import FakeClock, hub_status

TOPICS = Topics("plant")


class Recorder:
    """A link that always takes."""

    turned_at_s = 0.0

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def start(self) -> None: ...

    def close(self) -> None: ...

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        assert topic == "kanban/v1/plant/up/assembly/signal"
        assert (qos, retain) == (1, False)
        self.sent.append(payload)
        return True


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("pull", PullBody(loop="bracket", slot=1)),
        ("advance", AdvanceBody(loop="bracket", slot=1)),
        ("scan", ScanBody(code="[)>\x1e06\x1d15KX\x1e\x04", intent=Intent.UNDO)),
        ("fail", FailBody(code='"\\' * 64)),
        ("help", HelpBody()),
        ("undo", UndoBody(signal="0198f2c4-7c1e-7abc-8def-0123456789ab")),
    ],
)
def test_what_is_stored_arrives_as_it_was(kind: str, body: Body) -> None:
    link, clock = Recorder(), FakeClock()
    text = msgspec.json.encode(body).decode()
    row = Row(5, "0198f2c4-7c1e-7abc-8def-0123456789ab", kind, text, clock.stamp(990.0))
    Wire(link, TOPICS, "assembly").send_signal(Sending(row, 3), "9f2c61d0a7b34e55", clock.stamp(1_000.0))
    signal: Any = codec.decode_signal(link.sent[0])
    assert (signal.body, signal.seq, signal.attempt, signal.age_ms) == (body, 5, 3, 10_000)


def test_every_channel_to_a_station_can_be_read() -> None:
    assert set(FORMS) == {*Down, *Hub}


@pytest.mark.parametrize(
    "topic",
    [
        "x",
        "kanban/v1/other/hub/status",
        "kanban/v1/plant/up/assembly/status",
        "kanban/v1/plant/down/paint/lamps",
    ],
)
def test_a_topic_that_is_not_ours_is_dropped_and_counted(topic: str) -> None:
    wire = Wire(Recorder(), TOPICS, "assembly")
    assert wire.read(Received(topic, codec.encode(hub_status()), retained=True, at_s=0.0)) is None
    assert wire.dropped == 1


def test_a_heartbeat_counts_only_live() -> None:
    wire = Wire(Recorder(), TOPICS, "assembly")
    payload = b'{"v":1,"boot":"00000001","count":1,"commit_age_ms":0}'
    live = Received(TOPICS.hub(Hub.HEARTBEAT), payload, retained=False, at_s=0.0)
    assert wire.read(live) == HubHeartbeatArrived()
    assert wire.read(Received(live.topic, payload, retained=True, at_s=0.0)) is None


def test_a_status_says_whether_the_broker_only_remembered_it() -> None:
    wire = Wire(Recorder(), TOPICS, "assembly")
    received = Received(TOPICS.hub(Hub.STATUS), codec.encode(hub_status()), retained=True, at_s=0.0)
    assert wire.read(received) == HubStatusArrived(hub_status(), retained=True)
