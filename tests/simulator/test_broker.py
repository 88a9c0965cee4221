from pathlib import Path
from queue import Queue

import pytest

from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.link import Connected, LinkEvent, MqttLink, Received, Session, Will
from kanban_simulator.broker import Broker, Kind, mosquitto_config
from kanban_simulator.errors import ProcessError
from kanban_simulator.loopback import is_answering
from tests.waiting import is_gone

KINDS = [pytest.param(Kind.MOSQUITTO, marks=pytest.mark.mosquitto), Kind.AMQTT]
WAIT_S = 10.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_broker_carries_and_keeps_what_is_retained(tmp_path: Path, kind: Kind) -> None:
    broker = Broker(tmp_path, kind)
    events: Queue[LinkEvent] = Queue()
    session = Session("tester", ("a/b",), lambda _: Will("a/will", b""))
    link = MqttLink(Endpoint.parse(broker.url), session, events.put)
    try:
        link.start()
        assert isinstance(events.get(timeout=WAIT_S), Connected)
        assert link.publish("a/b", b"hello", retain=True)
        received = events.get(timeout=WAIT_S)
        assert isinstance(received, Received)
        assert received.payload == b"hello"
    finally:
        link.close()
        broker.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_broker_ends_when_it_is_closed(tmp_path: Path, kind: Kind) -> None:
    broker = Broker(tmp_path, kind)
    broker.check()

    broker.close()

    assert is_gone(broker.pid)
    assert not is_answering(broker.port)
    with pytest.raises(ProcessError):
        broker.check()


def test_mosquitto_is_set_as_every_broker_of_this_project_has_to_be() -> None:
    settings = mosquitto_config(1883).splitlines()

    assert "listener 1883 127.0.0.1" in settings
    assert {"persistence false", "set_tcp_nodelay true", "max_queued_messages 2000"} <= set(settings)
    limit = next(row for row in settings if row.startswith("max_packet_size")).split()[1]
    assert int(limit) > MAX_MESSAGE_BYTES
