"""Stations' identities in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.domain.plant import Plant
from kanban_hub.identity.record import Certificate, JoinCode
from tests.fakes.accounts import InMemoryAccounts

Kept = TypeVar("Kept", JoinCode, Certificate)


@dataclass
class Identities:
    """All that is stored of identities. What it holds is frozen."""

    codes: dict[str, JoinCode] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)

    def copy(self) -> "Identities":
        return Identities(dict(self.codes), dict(self.certificates))


class InMemoryIdentities:
    """An `IdentityBook` on what is stored."""

    def __init__(self, kept: Identities, plant: Plant | None, accounts: InMemoryAccounts) -> None:
        self._kept = kept
        self._plant = plant
        self._accounts = accounts

    def plant(self) -> Plant | None:
        return self._plant

    def codes(self, station: str | None = None) -> list[JoinCode]:
        found = sorted(self._kept.codes.values(), key=lambda one: one.id)
        return _newest(found, station)

    def save_code(self, code: JoinCode) -> None:
        self._kept.codes[code.id] = code

    def certificates(self, station: str | None = None) -> list[Certificate]:
        found = sorted(self._kept.certificates.values(), key=lambda one: one.serial)
        return _newest(found, station)

    def certificate(self, serial: str) -> Certificate | None:
        return self._kept.certificates.get(serial)

    def mark(self) -> tuple[int, int, int]:
        known = self._kept.certificates.values()
        revoked = sum(one.revoked_ms is not None for one in known)
        return len(known), revoked, sum(one.cut_ms is not None for one in known)

    def save_certificate(self, certificate: Certificate) -> None:
        self._kept.certificates[certificate.serial] = certificate

    def note(self, entry: AccessEntry) -> None:
        self._accounts.note(entry)


def _newest(found: Iterable[Kept], station: str | None) -> list[Kept]:
    its = [one for one in found if station in {None, one.station}]
    return sorted(its, key=lambda one: -one.made_ms)
