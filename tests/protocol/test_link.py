"""What the real link does beyond the contract of `Link`, which tests/contracts/test_link.py proves."""

import dataclasses
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanban_protocol.backoff import Backoff
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.link import Connected, Disconnected, LinkEvent, MqttLink, Received, Session, Will
from tests.mosquitto import Mosquitto
from tests.protocol.literal import (
    CONNACK,
    CONNECT,
    DISCONNECT,
    SUBACK,
    SUBSCRIBE,
    LiteralBroker,
    publish,
    refusal,
)

WITHIN_S = 10.0
AN_HOUR_S = 3_600.0
# The delay that a test expects is short, the other an hour: a second try shows which one was taken.
SOON = Backoff(first_s=0.02, longest_s=0.05, refused_s=AN_HOUR_S)
SOON_WHEN_REFUSED = Backoff(first_s=AN_HOUR_S, longest_s=AN_HOUR_S, refused_s=0.02)
NEVER = Backoff(first_s=AN_HOUR_S, longest_s=AN_HOUR_S, refused_s=AN_HOUR_S)

Events = queue.Queue[LinkEvent]


@contextmanager
def running(endpoint: Endpoint, backoff: Backoff, *filters: str) -> Iterator[tuple[MqttLink, Events]]:
    events: Events = queue.Queue()
    session = Session("paint", filters, lambda n: Will("gone/paint", b"%d" % n))
    link = MqttLink(endpoint, session, events.put, backoff=backoff)
    link.start()
    yield link, events
    link.close()


def packets(broker: LiteralBroker, count: int) -> list[int]:
    return [broker.packets.get(timeout=WITHIN_S) for _ in range(count)]


@pytest.mark.parametrize("code", [2, 4, 5])
def test_who_is_refused_asks_again_only_after_the_long_delay(code: int) -> None:
    with LiteralBroker({CONNECT: refusal(code)}) as broker, running(broker.endpoint, SOON_WHEN_REFUSED):
        assert packets(broker, 2) == [CONNECT, CONNECT]


@pytest.mark.parametrize("code", [1, 3])
def test_a_broker_that_is_not_ready_is_asked_again_soon(code: int) -> None:
    with LiteralBroker({CONNECT: refusal(code)}) as broker, running(broker.endpoint, SOON):
        assert packets(broker, 2) == [CONNECT, CONNECT]


def test_a_refused_subscription_ends_the_connection_and_is_asked_again_after_the_long_delay(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers = {CONNECT: CONNACK, SUBSCRIBE: bytes.fromhex("900400010180")}
    with (
        LiteralBroker(answers) as broker,
        running(broker.endpoint, SOON_WHEN_REFUSED, "a", "b") as (link, events),
    ):
        assert packets(broker, 4) == [CONNECT, SUBSCRIBE, DISCONNECT, CONNECT]
        assert link.publish("up", b"x") is False
        assert events.empty()
    assert "refused the subscription to b" in caplog.text


def test_connected_is_told_before_what_the_broker_sends_ahead_of_its_grant() -> None:
    early = publish(b"down", b"first", retain=True) + publish(b"down", b"second")
    answers = {CONNECT: CONNACK, SUBSCRIBE: early + SUBACK + publish(b"down", b"third")}
    with LiteralBroker(answers) as broker, running(broker.endpoint, NEVER, "down") as (_, events):
        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        for payload, retained in ((b"first", True), (b"second", False), (b"third", False)):
            event = events.get(timeout=WITHIN_S)
            assert isinstance(event, Received)
            assert (event.payload, event.retained) == (payload, retained)


def test_an_empty_payload_is_delivered_as_it_is() -> None:
    answers = {CONNECT: CONNACK, SUBSCRIBE: SUBACK + publish(b"down", b"")}
    with LiteralBroker(answers) as broker, running(broker.endpoint, NEVER, "down") as (_, events):
        events.get(timeout=WITHIN_S)
        event = events.get(timeout=WITHIN_S)
        assert isinstance(event, Received)
        assert event.payload == b""


def test_bytes_that_are_no_packet_end_the_connection_and_not_the_link() -> None:
    with (
        LiteralBroker({CONNECT: CONNACK, SUBSCRIBE: b"\x00\x00\xff\xff"}) as broker,
        running(broker.endpoint, SOON, "down"),
    ):
        assert packets(broker, 4) == [CONNECT, SUBSCRIBE, CONNECT, SUBSCRIBE]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_of_the_library_that_ends_without_a_word_is_replaced(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kanban_protocol.link.LOOK_S", 0.15)

    def end(_client: object) -> None:
        raise SystemExit

    answers = {CONNECT: CONNACK, SUBSCRIBE: SUBACK}
    with LiteralBroker(answers) as broker, running(broker.endpoint, SOON, "down") as (_, events):
        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        with monkeypatch.context() as patched:
            patched.setattr("kanban_protocol.link._Client.loop_misc", end)
            assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
        assert packets(broker, 4)[:2] == [CONNECT, SUBSCRIBE]
    assert "has stopped; it is made anew" in caplog.text


def test_a_link_turns_on_while_it_waits_for_its_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanban_protocol.link.LOOK_S", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        endpoint = Endpoint("127.0.0.1", taken.getsockname()[1])
    with running(endpoint, NEVER) as (link, _):
        seen_s = link.turned_at_s
        deadline_s = time.monotonic() + WITHIN_S
        while link.turned_at_s == seen_s and time.monotonic() < deadline_s:
            threading.Event().wait(0.01)
        assert link.turned_at_s > seen_s


def test_nobody_at_the_address_is_tried_again_until_somebody_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        endpoint = Endpoint("127.0.0.1", taken.getsockname()[1])
    with running(endpoint, SOON) as (link, _), socket.create_server(("127.0.0.1", endpoint.port)) as server:
        assert link.publish("up", b"x") is False
        server.settimeout(WITHIN_S)
        server.accept()[0].close()


@pytest.mark.parametrize(
    "files",
    [{"ca": "/nowhere/ca.pem"}, {"ca": __file__}, {"certificate": "/nowhere/c.pem", "key": "/nowhere/k.pem"}],
)
def test_tls_files_that_are_missing_or_none_are_told_and_the_link_tries_on(
    files: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    endpoint = dataclasses.replace(Endpoint.parse("mqtts://127.0.0.1:1"), **files)  # type: ignore[arg-type] # all three are text
    tried: queue.Queue[int] = queue.Queue()

    def will(connection: int) -> Will:
        tried.put(connection)
        return Will("gone/paint", b"")

    link = MqttLink(endpoint, Session("paint", (), will), lambda _event: None, backoff=SOON)
    link.start()
    assert [tried.get(timeout=WITHIN_S) for _ in range(3)] == [1, 2, 3]
    link.close()
    assert "no connection to mqtts://127.0.0.1:1" in caplog.text


def test_a_host_that_no_name_server_knows_is_no_end() -> None:
    with running(Endpoint("no-such-host.invalid", 1883), SOON) as (link, _):
        assert link.publish("up", b"x") is False


def test_the_socket_waits_for_no_more_bytes() -> None:
    with (
        LiteralBroker({CONNECT: CONNACK, SUBSCRIBE: SUBACK}) as broker,
        running(broker.endpoint, NEVER, "down") as (link, events),
    ):
        events.get(timeout=WITHIN_S)
        assert link._client is not None
        sock = link._client.socket()
        assert isinstance(sock, socket.socket)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_closing_says_goodbye_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with LiteralBroker({CONNECT: CONNACK, SUBSCRIBE: SUBACK}) as broker:
        with running(broker.endpoint, NEVER, "down") as (_, events):
            events.get(timeout=WITHIN_S)
        assert packets(broker, 3) == [CONNECT, SUBSCRIBE, DISCONNECT]
        assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
    assert set(threading.enumerate()) == before


def test_closing_between_two_tries_does_not_wait_for_the_next() -> None:
    before = set(threading.enumerate())
    with LiteralBroker({CONNECT: refusal(5)}) as broker, running(broker.endpoint, NEVER):
        assert packets(broker, 1) == [CONNECT]
    assert set(threading.enumerate()) == before


def test_closing_what_was_never_started_does_nothing() -> None:
    MqttLink(Endpoint("127.0.0.1", 1), Session("x", (), lambda n: Will("w", b"%d" % n)), print).close()


@pytest.mark.mosquitto
def test_a_packet_that_the_broker_refuses_is_not_sent_again_and_again(tmp_path: Path) -> None:
    with (
        Mosquitto(tmp_path, "max_packet_size 2000") as broker,
        running(broker.endpoint, SOON, "down") as (link, events),
    ):
        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        link.publish("down", b"x" * 5_000)
        assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
        again = events.get(timeout=WITHIN_S)
        assert isinstance(again, Connected)
        link.publish("down", b"good")
        event = events.get(timeout=WITHIN_S)
        assert isinstance(event, Received)
        assert event.payload == b"good"


@pytest.mark.mosquitto
def test_the_broker_asks_for_name_and_password(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    subprocess.run(["mosquitto_passwd", "-c", "-b", passwords, "paint", "secret"], check=True)
    settings = ("allow_anonymous false", f"password_file {passwords}")
    with Mosquitto(tmp_path, *settings) as broker:
        known = dataclasses.replace(broker.endpoint, username="paint", password="secret")
        with running(known, NEVER) as (_, events):
            assert isinstance(events.get(timeout=WITHIN_S), Connected)


def test_a_link_whose_endpoint_becomes_another_one_leaves_in_good_order_and_connects_there() -> None:
    answers = {CONNECT: CONNACK}
    with LiteralBroker(answers) as first, LiteralBroker(answers) as second:
        where = [first.endpoint]
        events: Events = queue.Queue()
        session = Session("paint", (), lambda n: Will("gone/paint", b"%d" % n))
        link = MqttLink(lambda: where[0], session, events.put, backoff=SOON)
        link.start()
        assert packets(first, 1) == [CONNECT]
        assert isinstance(events.get(timeout=WITHIN_S), Connected)

        where[0] = second.endpoint

        assert packets(first, 1) == [DISCONNECT]
        assert packets(second, 1) == [CONNECT]
        assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
        assert events.get(timeout=WITHIN_S).connection == 2  # type: ignore[union-attr]
        link.close()


def test_while_it_cannot_be_read_where_to_connect_a_link_stays_where_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with LiteralBroker({CONNECT: CONNACK}) as broker:
        where = [broker.endpoint]

        def asked() -> Endpoint:
            if len(where) > 1:
                raise OSError("the disk is away")
            return where[0]

        events: Events = queue.Queue()
        link = MqttLink(asked, Session("paint", (), lambda _: Will("gone", b"")), events.put, backoff=SOON)
        link.start()
        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        where.append(broker.endpoint)
        link._ended.set()  # the connection breaks
        assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        link.close()
    assert "the disk is away" in caplog.text


def test_a_link_that_waits_to_try_again_goes_at_once_where_it_shall_connect_now() -> None:
    with LiteralBroker({CONNECT: refusal(5)}) as first, LiteralBroker({CONNECT: CONNACK}) as second:
        where = [first.endpoint]
        events: Events = queue.Queue()
        session = Session("paint", (), lambda _: Will("gone/paint", b""))
        link = MqttLink(lambda: where[0], session, events.put, backoff=NEVER)
        link.start()
        assert packets(first, 1) == [CONNECT]

        where[0] = second.endpoint

        assert isinstance(events.get(timeout=WITHIN_S), Connected)
        link.close()
