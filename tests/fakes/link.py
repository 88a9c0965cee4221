"""A broker in memory, and links to it: retained messages, wills, QoS 1 as a plain delivery in order.

It behaves; it records nothing. One suite, tests/contracts/test_link.py, runs on it and on the real link.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_protocol.errors import TooLargeError
from kanban_protocol.link import Connected, Disconnected, LinkEvent, Received, Session


def _matches(pattern: str, topic: str) -> bool:
    wanted, found = pattern.split("/"), topic.split("/")
    return len(wanted) == len(found) and all(w in ("+", f) for w, f in zip(wanted, found, strict=True))


@dataclass
class InMemoryBroker:
    """Delivers in the caller's thread, in order. `is_up = False` refuses and drops every connection."""

    retained: dict[str, bytes] = field(default_factory=dict)
    links: "list[FakeLink]" = field(default_factory=list)
    is_up: bool = True
    lock: threading.RLock = field(default_factory=threading.RLock)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        with self.lock:
            if retain and payload:
                self.retained[topic] = payload
            elif retain:
                self.retained.pop(topic, None)
            for link in list(self.links):
                link.deliver(topic, payload, retained=False)

    def stop(self) -> None:
        """The broker dies: what it retained is gone, and no will is published."""
        with self.lock:
            self.is_up = False
            self.retained.clear()
            for link in list(self.links):
                link.drop(publish_will=False)

    def restart(self) -> None:
        with self.lock:
            self.is_up = True


class FakeLink:
    """A `Link` to an `InMemoryBroker`. It connects at `start` and again at `reconnect`."""

    def __init__(
        self,
        broker: InMemoryBroker,
        session: Session,
        take: Callable[[LinkEvent], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._broker = broker
        self._session = session
        self._take = take
        self._clock = clock
        self._connection = 0
        self._is_closed = False
        self._stopped_at_s: float | None = None
        self.is_connected = False

    def start(self) -> None:
        self.reconnect()

    def reconnect(self) -> None:
        """Connect when the broker is up and this link is neither connected nor closed."""
        with self._broker.lock:
            if not self._broker.is_up or self.is_connected or self._is_closed:
                return
            self._connection += 1
            self.is_connected = True
            self._broker.links.append(self)
            self._take_guarded(Connected(self._connection, self._clock()))
            for topic, payload in list(self._broker.retained.items()):
                self.deliver(topic, payload, retained=True)

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        if len(payload) > MAX_MESSAGE_BYTES:
            raise TooLargeError(len(payload), MAX_MESSAGE_BYTES)
        if not self.is_connected:
            return False
        self._broker.publish(topic, payload, retain=retain)
        return True

    @property
    def turned_at_s(self) -> float:
        return self._clock() if self._stopped_at_s is None else self._stopped_at_s

    def freeze(self) -> None:
        """From now on its threads get on no more, and say nothing about it."""
        self._stopped_at_s = self._clock()

    def close(self) -> None:
        self._is_closed = True
        self.drop(publish_will=False)

    def drop(self, *, publish_will: bool = True) -> None:
        """Lose the connection, as a pulled cable does."""
        with self._broker.lock:
            if not self.is_connected:
                return
            self.is_connected = False
            self._broker.links.remove(self)
            will = self._session.will(self._connection) if self._session.will else None
            self._take_guarded(Disconnected("dropped", self._clock()))
            if publish_will and will is not None:
                self._broker.publish(will.topic, will.payload, retain=True)

    def deliver(self, topic: str, payload: bytes, *, retained: bool) -> None:
        if self.is_connected and any(_matches(pattern, topic) for pattern in self._session.filters):
            self._take_guarded(Received(topic, payload, retained, self._clock()))

    def _take_guarded(self, event: LinkEvent) -> None:
        # As the real one: what a taker raises stays with that one event.
        with contextlib.suppress(Exception):
            self._take(event)
