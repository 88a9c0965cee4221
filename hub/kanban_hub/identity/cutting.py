"""Ending the live connection of a revoked station, and knowing that it is ended.

A list of revoked certificates ends no connection that stands, and a connection that is ended comes back as
long as the broker has not read the list. So the order is: write the list; wait until the broker refuses the
certificate that was revoked in this very list for the purpose; then connect under the station's own name,
which by the rules of MQTT ends its connection (3.1.1 §3.1.4-2). The broker takes the client id from the
certificate, and the hub can make one of any name.
"""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kanban_hub.identity import keyfile, paper
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.broker import BrokerFolder
from kanban_hub.identity.ports import IdentityStore
from kanban_hub.identity.record import Certificate
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.handshake import Verdict, tried
from kanban_protocol.link import Connected, LinkEvent, MqttLink, Session, Will
from kanban_protocol.topics import Topics, Up

WITHIN_S = 5.0
_MINUTES_10_MS = 600_000


@dataclass(frozen=True)
class Hindrance:
    """Why a revoked station may still be connected. `verdict` is the broker's on the canary."""

    verdict: Verdict | None
    detail: str


class Cutter:
    """One thread has it."""

    def __init__(
        self, store: IdentityStore, now_ms: Callable[[], int], endpoint: Callable[[], Endpoint]
    ) -> None:
        self._store = store
        self._now_ms = now_ms
        self._endpoint = endpoint
        self.hindrance: Hindrance | None = None

    def due(self) -> list[Certificate]:
        """What is revoked and may still be connected."""
        now_ms = self._now_ms()
        with self._store.identities(writes=False) as book:
            known = book.certificates()
        return [one for one in known if one.revoked_ms and one.cut_ms is None and now_ms < one.expires_ms]

    def cut(self, opened: Callable[[], Authority]) -> None:
        """End what is due, as far as the broker lets us now; `hindrance` says what is in the way."""
        due, self.hindrance = self.due(), None
        if not due:
            return
        authority = opened()
        folder = BrokerFolder(authority)
        folder.revoke([int(one.serial, 16) for one in due], self._now_ms())
        self.hindrance = self._looked(folder)
        if self.hindrance is not None:
            return
        with self._store.identities(writes=False) as book:
            plant = book.plant()
        for station in dict.fromkeys(one.station for one in due):
            if plant is None or not self._taken_over(authority, Topics(plant.site), station):
                self.hindrance = Hindrance(
                    Verdict.UNREACHABLE, f"the broker does not let the hub in as {station}"
                )
                return
            self._note([one for one in due if one.station == station])

    def _looked(self, folder: BrokerFolder) -> Hindrance | None:
        endpoint = self._endpoint()
        if not endpoint.tls:
            return Hindrance(
                None,
                "the hub knows no address of the broker with TLS: start it with --stations-mqtt mqtts://HOST:8883",
            )
        canary = str(folder.canary)
        found = tried(replace(endpoint, certificate=canary, key=canary, username=None, password=None))
        if found.verdict is Verdict.REVOKED:
            return None
        told = found.detail or "the broker has not read the new list of revoked certificates"
        return Hindrance(found.verdict, told)

    def _taken_over(self, authority: Authority, topics: Topics, station: str) -> bool:
        events: queue.Queue[LinkEvent] = queue.Queue()
        session = Session(station, (), lambda _: Will(topics.up(station, Up.STATUS), b""))
        with _lent(authority, station, self._now_ms()) as path:
            endpoint = replace(self._endpoint(), certificate=path, key=path, username=None, password=None)
            link = MqttLink(endpoint, session, events.put)
            link.start()
            try:
                return isinstance(events.get(timeout=WITHIN_S), Connected)
            except queue.Empty:
                return False
            finally:
                link.close()

    def _note(self, ended: list[Certificate]) -> None:
        now_ms = self._now_ms()
        with self._store.identities() as book:
            for one in ended:
                book.save_certificate(replace(one, cut_ms=now_ms))


@contextmanager
def _lent(authority: Authority, station: str, now_ms: int) -> Iterator[str]:
    """A certificate of the station's name for ten minutes, which never leaves the hub."""
    path = authority.folder / "takeover.pem"
    key = paper.fresh_key()
    made = paper.client(authority.signer, station, key.public_key(), (now_ms, now_ms + _MINUTES_10_MS))
    keyfile.write(path, paper.key_pem(key) + paper.pem(made))
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)
