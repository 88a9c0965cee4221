"""Identities of stations as the running hub has them: for its pages, its door and its link."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from wsgiref.types import WSGIApplication

from kanban_hub.identity.authority import Authority
from kanban_hub.identity.codes import Codes
from kanban_hub.identity.cutting import Hindrance
from kanban_hub.identity.door import TRIES_A_MINUTE, Door
from kanban_hub.identity.joining import Joining
from kanban_hub.identity.keeper import Keeper, KeeperParts
from kanban_hub.identity.record import Certificate, JoinCode
from kanban_hub.throttle import Throttle


@dataclass(frozen=True)
class Papers:
    """A station's open code and its certificates, the newest first."""

    code: JoinCode | None
    certificates: list[Certificate]

    @property
    def newest(self) -> Certificate | None:
        return self.certificates[0] if self.certificates else None

    @property
    def uncut(self) -> list[Certificate]:
        """Revoked ones whose connection may still stand."""
        return [one for one in self.certificates if one.revoked_ms is not None and one.cut_ms is None]


@dataclass
class Office:
    """`broker` tells a station where the broker is, by the host that it has used to reach the hub."""

    parts: KeeperParts
    broker: Callable[[str], str]
    mounts: Mapping[str, WSGIApplication] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.parts)
        self.codes = Codes(self.parts.store, self.parts.now_ms)
        self.joining = Joining(self.parts.store, self.parts.now_ms, self.keeper.authority)

    def authority(self) -> Authority:
        return self.keeper.authority()

    @property
    def port(self) -> int | None:
        """Where the door is; `None`: the hub runs without one."""
        return self.keeper.port

    @property
    def hindrance(self) -> Hindrance | None:
        """Why a revoked station may still be connected."""
        return self.keeper.hindrance

    def papers(self, station: str) -> Papers:
        with self.parts.store.identities(writes=False) as book:
            codes, certificates = book.codes(station), book.certificates(station)
        now_ms = self.parts.now_ms()
        return Papers(next((one for one in codes if one.is_open(now_ms)), None), certificates)

    def newest(self) -> dict[str, Certificate]:
        """Each station's newest certificate."""
        with self.parts.store.identities(writes=False) as book:
            return {one.station: one for one in reversed(book.certificates())}

    def door(self) -> Door:
        throttle = Throttle(TRIES_A_MINUTE, time.monotonic)
        return Door(self.joining, self.authority, self.broker, throttle, self.mounts)
