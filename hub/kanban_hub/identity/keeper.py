"""What goes on by itself while the hub runs: the door, its own certificates, and what revocation asks for."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kanban_hub.errors import HubError
from kanban_hub.identity import own
from kanban_hub.identity.authority import SIGNING, Authority
from kanban_hub.identity.broker import BrokerFolder
from kanban_hub.identity.cutting import Cutter, Hindrance
from kanban_hub.identity.door import Door
from kanban_hub.identity.errors import AuthorityError
from kanban_hub.identity.listener import Listener
from kanban_hub.identity.packing import FOLDER
from kanban_hub.identity.ports import IdentityStore
from kanban_protocol.endpoint import Endpoint

log = logging.getLogger(__name__)

LOOK_S = 1.0
# Certificates live for months: an hour is soon enough to renew one.
REFRESH_MS = 3_600_000
JOIN_S = 8.0


@dataclass(frozen=True)
class KeeperParts:
    """`endpoint` is the broker's address as it was given. `names` are what the door is reached under.

    `stations` is where stations find the broker, where that is another place.
    """

    data: Path
    store: IdentityStore
    now_ms: Callable[[], int]
    endpoint: Endpoint
    address: tuple[str, int] | None = None
    names: tuple[str, ...] = ()
    stations: Endpoint | None = None


class Keeper:
    """Any thread may ask; `start` and `close` belong to one."""

    def __init__(self, parts: KeeperParts) -> None:
        self._parts = parts
        self._cutter = Cutter(parts.store, parts.now_ms, self._at_stations)
        self._barred: frozenset[str] = frozenset()
        self._seen: object = None
        self._known: object = None
        self._listener: Listener | None = None
        self._threads: list[threading.Thread] = []
        self.port: int | None = None

    @property
    def hindrance(self) -> Hindrance | None:
        """Why a revoked station may still be connected."""
        return self._cutter.hindrance

    def authority(self) -> Authority:
        return Authority.open(self._parts.data, self._parts.now_ms())

    def endpoint(self) -> Endpoint:
        """Where the broker is, with the hub's own certificate unless another was named."""
        given = self._parts.endpoint
        if not given.tls or not _has_authority(self._parts.data):
            return given
        try:
            authority = self.authority()
        except AuthorityError as error:
            log.error("%s", error)  # noqa: TRY400  # the text says it all
            return given
        found = replace(given, ca=given.ca or str(own.trusted(authority)))
        if given.certificate is not None or given.username is not None:
            return found
        path = str(own.as_client(authority, self._parts.now_ms()))
        return replace(found, certificate=path, key=path)

    def _at_stations(self) -> Endpoint:
        """Where revoked stations are to be ended: where they connect."""
        given = self._parts.stations or self._parts.endpoint
        return replace(given, ca=self._parts.endpoint.ca or str(own.trusted(self.authority())))

    def is_barred(self, station: str) -> bool:
        """Whether its newest certificate was revoked: what still comes in its name is not taken."""
        return station in self._barred

    def start(self, door: Callable[[], Door], stop: threading.Event) -> None:
        """Open the door where one is wanted, and begin to look. Raises `OSError` when its port is taken."""
        if self._parts.address is not None:
            authority = self.authority()
            pem = own.at_door(authority, self._parts.names, self._parts.now_ms())
            self._listener = Listener(door(), self._parts.address, pem, own.trusted(authority))
            self.port = self._listener.open()
            self._threads.append(threading.Thread(target=self._listener.serve, name="door", daemon=True))
        self._threads.append(threading.Thread(target=self._run, args=(stop,), name="identity", daemon=True))
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """`stop` has to be set."""
        if self._listener is not None:
            self._listener.close()
        for thread in self._threads:
            thread.join(timeout=JOIN_S)

    def look(self) -> None:
        """Do what is due now. Raises a `HubError` or an `OSError`; the next look tries again."""
        if not _has_authority(self._parts.data):
            return
        now_ms = self._parts.now_ms()
        seen = _mark(self._parts.data / FOLDER), now_ms // REFRESH_MS
        if seen != self._seen:
            self._refresh(self.authority(), now_ms)
            self._seen = seen
        with self._parts.store.identities(writes=False) as book:
            mark = book.mark()
        if mark != self._known or self.hindrance is not None:
            self._barred = self._revoked()
            self._cutter.cut(self.authority)
            self._known = mark

    def _run(self, stop: threading.Event) -> None:
        has_told = ""
        while not stop.is_set():
            try:
                self.look()
                has_told = ""
            except (HubError, OSError) as error:
                if str(error) != has_told:
                    log.warning("identities of stations: %s", error)
                has_told = str(error)
            except Exception:  # a thread that ends would leave revoked stations connected
                log.exception("identities of stations")
            stop.wait(LOOK_S)

    def _refresh(self, authority: Authority, now_ms: int) -> None:
        trusted = own.trusted(authority)
        BrokerFolder(authority).keep(now_ms)
        if self._listener is not None:
            self._listener.follow(own.at_door(authority, self._parts.names, now_ms), trusted)

    def _revoked(self) -> frozenset[str]:
        with self._parts.store.identities(writes=False) as book:
            newest = {one.station: one for one in reversed(book.certificates())}
        return frozenset(station for station, one in newest.items() if one.revoked_ms is not None)


def _has_authority(data: Path) -> bool:
    folder = data / FOLDER
    return folder.is_dir() and any(folder.glob("authority-*.crt"))


def _mark(folder: Path) -> tuple[tuple[str, int], ...]:
    """Changes with the authorities."""
    files = sorted([*folder.glob("authority-*.crt"), *folder.glob(SIGNING)])
    return tuple((path.name, path.stat().st_mtime_ns) for path in files)
