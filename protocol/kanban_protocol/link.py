"""The one place that speaks to an MQTT broker: paho behind a port, with its measured traps closed.

- Every callback is guarded, and paho told to suppress: one exception ends paho's thread in silence while
  `is_connected()` stays true and `publish()` returns success (eclipse-paho/paho.mqtt.python #365, #504).
- Each connection is a new client: paho resends its memory after a reconnect, past its window (#492), and
  reconnects without jitter. What must survive lies in the outbox or is published again by the hub.
- Subscriptions are made in `on_connect`, and their grants are read; made elsewhere they go with the session.
- TCP_NODELAY: Nagle's algorithm against delayed acknowledgement costs 40 ms each way.
- paho's thread is watched: one that has ended or hangs without a word is replaced with its client.
- Nothing is queued while there is no connection, and nothing larger than the broker takes is sent: one
  packet over the limit is resent and refused once a second for ever.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from kanban_protocol.backoff import Backoff
from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.errors import TooLargeError

log = logging.getLogger(__name__)

KEEPALIVE_S = 15
# How soon a link notices that it shall connect otherwise; paho's loop turns once a second (its `timeout`).
LOOK_S = 2.0
CONNECT_TIMEOUT_S = 5.0
STABLE_AFTER_S = 30.0
STOPPED_AFTER_LOOKS = 15  # counted, not timed: a process that was frozen as a whole finds every clock late
WINDOW = 1_000  # publishes in flight; the station's own window of 8 is the sender's business
_REFUSALS = frozenset({"Not authorized", "Bad user name or password", "Client identifier not valid"})


@dataclass(frozen=True)
class Connected:
    """The session stands and every subscription is granted. `connection` counts from 1."""

    connection: int
    at_s: float


@dataclass(frozen=True)
class Disconnected:
    reason: str
    at_s: float


@dataclass(frozen=True)
class Received:
    topic: str
    payload: bytes
    retained: bool
    at_s: float


LinkEvent = Connected | Disconnected | Received


@dataclass(frozen=True)
class Will:
    """What the broker says for us, retained, when we vanish."""

    topic: str
    payload: bytes


class Link(Protocol):
    """The port to a broker. Events arrive on a foreign thread: the taker only enqueues."""

    def start(self) -> None: ...

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        """Hand a message to the broker. False when there is no connection: nothing is kept.

        Raises `TooLargeError` for a payload that no broker of ours takes.
        """
        ...

    def close(self) -> None: ...

    @property
    def turned_at_s(self) -> float:
        """When the threads of the link last got on, by its clock; connected or not, they always do."""
        ...


@dataclass(frozen=True)
class Session:
    """Who we are at the broker. `will` gives the last will of the n-th connection; a guest has none.

    `refused` is told, on a foreign thread, why a connection did not come about.
    """

    client_id: str
    filters: tuple[str, ...]
    will: Callable[[int], Will] | None
    refused: Callable[[str], object] = lambda _reason: None


class MqttLink:
    """A `Link` on paho. Two threads: paho's, and one that connects again for ever.

    `endpoint` may be a function: when what it gives becomes another one, the link ends its connection in good
    order and connects there. So a renewed certificate is taken while the program runs.
    """

    def __init__(
        self,
        endpoint: Endpoint | Callable[[], Endpoint],
        session: Session,
        take: Callable[[LinkEvent], None],
        *,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._where = endpoint if callable(endpoint) else lambda: endpoint
        self._endpoint = self._where()
        self._session = session
        self._take = take
        self._backoff = backoff or Backoff()
        self._clock = clock
        self._closing = threading.Event()
        self._ended = threading.Event()
        self._refused = False
        self._client: paho.Client | None = None
        self._connection = 0
        self._connected_at_s: float | None = None
        self._early: list[Received] = []
        self._turned_at_s = clock()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        if len(payload) > MAX_MESSAGE_BYTES:
            raise TooLargeError(len(payload), MAX_MESSAGE_BYTES)
        client = self._client
        if client is None or self._connected_at_s is None:
            return False
        return bool(client.publish(topic, payload, qos=qos, retain=retain).rc == paho.MQTT_ERR_SUCCESS)

    @property
    def turned_at_s(self) -> float:
        return self._turned_at_s

    def close(self) -> None:
        """End the connection in good order: the broker then publishes no will."""
        self._closing.set()
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=CONNECT_TIMEOUT_S + 1)

    def _run(self) -> None:
        attempt = 0
        while not self._closing.is_set():
            started_at_s = self._clock()
            self._connect_once()
            attempt = 0 if self._clock() - started_at_s >= STABLE_AFTER_S else attempt + 1
            delay_s = self._backoff.delay_s(max(0, attempt - 1))
            self._pause(self._backoff.refused_s if self._refused else delay_s)

    def _connect_once(self) -> None:
        self._ended.clear()
        self._refused = False
        self._early.clear()
        self._connection += 1
        self._endpoint = self._now()
        try:
            client = self._client = self._new_client()
            client.connect(self._endpoint.host, self._endpoint.port, keepalive=KEEPALIVE_S)
        except (OSError, ValueError) as error:  # also TLS files that are missing or do not fit
            self._client = None
            log.warning("no connection to %s: %s", self._endpoint, error)
            self._session.refused(str(error))
            return
        client.loop_start()
        self._follow(client)
        client.disconnect()
        client.loop_stop()
        self._client = None

    def _now(self) -> Endpoint:
        """Where to connect now; while that cannot be read, where it was."""
        try:
            return self._where()
        except OSError as error:
            log.warning("%s: %s", self._endpoint, error)
            return self._endpoint

    def _pause(self, delay_s: float) -> None:
        """Wait before the next try, or until it shall be another endpoint; tell meanwhile that this lives."""
        until_s = time.monotonic() + delay_s
        while (left_s := until_s - time.monotonic()) > 0 and not self._closing.wait(min(LOOK_S, left_s)):
            self._turned_at_s = self._clock()
            if self._now() != self._endpoint:
                return

    def _follow(self, client: "_Client") -> None:
        """Wait until the connection has ended, shall be another, or paho's thread has stopped unsaid."""
        turns, without = client.turns, 0
        while not self._closing.is_set() and not self._ended.wait(LOOK_S):
            self._turned_at_s = self._clock()
            without = without + 1 if client.turns == turns else 0
            turns = client.turns
            if without >= STOPPED_AFTER_LOOKS:
                log.error("the thread of the connection to %s has stopped; it is made anew", self._endpoint)
                self._on_disconnect(client, None, None, "its thread has stopped", None)
            elif self._now() != self._endpoint:
                log.info("connecting anew: %s with what has changed", self._endpoint)
                break

    def _new_client(self) -> "_Client":
        client = _Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._session.client_id,
            clean_session=True,
            protocol=MQTTProtocolVersion.MQTTv311,
            reconnect_on_failure=False,
        )
        client.suppress_exceptions = True
        client.connect_timeout = CONNECT_TIMEOUT_S
        client.max_inflight_messages_set(WINDOW)
        client.max_queued_messages_set(WINDOW)
        if self._session.will:
            will = self._session.will(self._connection)
            client.will_set(will.topic, will.payload, qos=1, retain=True)
        if self._endpoint.username is not None:
            client.username_pw_set(self._endpoint.username, self._endpoint.password)
        if self._endpoint.tls:
            client.tls_set(self._endpoint.ca, self._endpoint.certificate, self._endpoint.key)
        client.on_socket_open = _no_delay
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(
        self, client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode, _props: Any
    ) -> None:
        if reason.is_failure:
            self._refused = str(reason) in _REFUSALS
            log.error("%s refused the connection: %s", self._endpoint, reason)
            self._session.refused(str(reason))
            self._ended.set()
        elif self._session.filters:
            client.subscribe([(topic, 1) for topic in self._session.filters])
        else:
            self._stand()

    def _on_subscribe(
        self, _client: paho.Client, _data: Any, _mid: int, reasons: list[ReasonCode], _props: Any
    ) -> None:
        refused = [f for f, r in zip(self._session.filters, reasons, strict=False) if r.is_failure]
        if refused:
            self._refused = True
            log.error("%s refused the subscription to %s", self._endpoint, ", ".join(refused))
            self._session.refused(f"no subscription to {', '.join(refused)}")
            self._ended.set()
        else:
            self._stand()

    def _stand(self) -> None:
        self._connected_at_s = self._clock()
        log.info("connected to %s as %s", self._endpoint, self._session.client_id)
        self._take_guarded(Connected(self._connection, self._connected_at_s))
        for event in self._early:
            self._take_guarded(event)
        self._early.clear()

    def _on_disconnect(
        self, _client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode | str, _props: Any
    ) -> None:
        was_connected, self._connected_at_s = self._connected_at_s is not None, None
        self._ended.set()
        if was_connected:
            log.info("connection to %s ended: %s", self._endpoint, reason)
            self._take_guarded(Disconnected(str(reason), self._clock()))
        else:
            self._session.refused(str(reason))

    def _on_message(self, _client: paho.Client, _data: Any, message: paho.MQTTMessage) -> None:
        event = Received(message.topic, bytes(message.payload), message.retain, self._clock())
        if self._connected_at_s is None:
            # A broker may send what it retained before it grants the subscription (MQTT 3.1.1 §3.8.4).
            self._early.append(event)
        else:
            self._take_guarded(event)

    def _take_guarded(self, event: LinkEvent) -> None:
        try:
            self._take(event)
        except Exception:  # paho would end its thread
            log.exception("an event of the link was dropped")


class _Client(paho.Client):
    """paho's client, which also counts the turns of its loop."""

    turns = 0

    def loop_misc(self) -> MQTTErrorCode:
        self.turns += 1
        return super().loop_misc()


def _no_delay(_client: paho.Client, _data: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
