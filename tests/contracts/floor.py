"""A broker and links to it, in memory or with Mosquitto, for the one suite on both."""

import queue
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kanban_protocol.backoff import Backoff
from kanban_protocol.link import Connected, Disconnected, Link, LinkEvent, MqttLink, Received, Session, Will
from tests.fakes.link import FakeLink, InMemoryBroker
from tests.mosquitto import Mosquitto

WITHIN_S = 10.0
Take = Callable[[LinkEvent], None]


class Side:
    """One link with the events it told, and where its will goes."""

    def __init__(self, floor: "Floor", name: str, *filters: str) -> None:
        self.floor = floor
        self.events: queue.Queue[LinkEvent] = queue.Queue()
        self.link = floor.link(Session(name, filters, lambda n: Will(f"gone/{name}", b"%d" % n)), self.take)
        self.link.start()

    def take(self, event: LinkEvent) -> None:
        self.events.put(event)
        if isinstance(event, Received) and event.payload == b"poison":
            raise RuntimeError("a taker with a fault")

    def connected(self) -> Connected:
        event = self.events.get(timeout=WITHIN_S)
        assert isinstance(event, Connected)
        return event

    def received(self) -> Received:
        event = self.events.get(timeout=WITHIN_S)
        assert isinstance(event, Received)
        return event

    def disconnected(self) -> Disconnected:
        event = self.events.get(timeout=WITHIN_S)
        assert isinstance(event, Disconnected)
        return event


class Floor(Protocol):
    """A broker and the links to it."""

    def link(self, session: Session, take: Take) -> Link: ...
    def cut(self, link: Link) -> None: ...
    def kill_broker(self) -> None: ...
    def start_broker(self) -> None: ...
    def close(self) -> None: ...


class InMemoryFloor:
    def __init__(self) -> None:
        self._broker = InMemoryBroker()
        self._links: list[FakeLink] = []

    def link(self, session: Session, take: Take) -> Link:
        self._links.append(FakeLink(self._broker, session, take))
        return self._links[-1]

    def cut(self, link: Link) -> None:
        assert isinstance(link, FakeLink)
        link.drop()
        link.reconnect()

    def kill_broker(self) -> None:
        self._broker.stop()

    def start_broker(self) -> None:
        self._broker.restart()
        for link in self._links:
            link.reconnect()

    def close(self) -> None:
        for link in self._links:
            link.close()


class MosquittoFloor:
    def __init__(self, directory: Path) -> None:
        self._broker = Mosquitto(directory)
        self._broker.start()
        self._links: list[Link] = []

    def link(self, session: Session, take: Take) -> Link:
        backoff = Backoff(first_s=0.05, longest_s=0.2)
        self._links.append(MqttLink(self._broker.endpoint, session, take, backoff=backoff))
        return self._links[-1]

    def cut(self, link: Link) -> None:
        assert isinstance(link, MqttLink)
        assert link._client is not None
        sock = link._client.socket()
        assert isinstance(sock, socket.socket)
        sock.shutdown(socket.SHUT_RDWR)

    def kill_broker(self) -> None:
        self._broker.kill9()

    def start_broker(self) -> None:
        self._broker.start()

    def close(self) -> None:
        for link in self._links:
            link.close()
        self._broker.stop()
