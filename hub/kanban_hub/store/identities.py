"""Stations' identities as tables."""

import dataclasses
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.domain.plant import Plant
from kanban_hub.identity.record import Certificate, JoinCode
from kanban_hub.store.accounts import DatabaseAccounts
from kanban_hub.store.identitytables import certificates, join_codes
from kanban_hub.store.view import DatabaseView


class DatabaseIdentities:
    """An `IdentityBook` on one connection in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plant(self) -> Plant | None:
        return DatabaseView(self._connection).plant()

    def codes(self, station: str | None = None) -> list[JoinCode]:
        query = select(join_codes).order_by(join_codes.c.made_ms.desc(), join_codes.c.id)
        if station is not None:
            query = query.where(join_codes.c.station == station)
        return [JoinCode(**row) for row in self._rows(query)]

    def save_code(self, code: JoinCode) -> None:
        self._save(join_codes, join_codes.c.id == code.id, dataclasses.asdict(code))

    def end_codes(self) -> None:
        """End all codes, of whichever station."""
        self._connection.execute(delete(join_codes))

    def certificates(self, station: str | None = None) -> list[Certificate]:
        query = select(certificates).order_by(certificates.c.made_ms.desc(), certificates.c.serial)
        if station is not None:
            query = query.where(certificates.c.station == station)
        return [Certificate(**row) for row in self._rows(query)]

    def certificate(self, serial: str) -> Certificate | None:
        rows = self._rows(select(certificates).where(certificates.c.serial == serial))
        return Certificate(**rows[0]) if rows else None

    def mark(self) -> tuple[int, int, int]:
        columns = certificates.c
        query = select(func.count(columns.serial), func.count(columns.revoked_ms), func.count(columns.cut_ms))
        made, revoked, cut = self._connection.execute(query).one()
        return made, revoked, cut

    def save_certificate(self, certificate: Certificate) -> None:
        is_it = certificates.c.serial == certificate.serial
        self._save(certificates, is_it, dataclasses.asdict(certificate))

    def note(self, entry: AccessEntry) -> None:
        DatabaseAccounts(self._connection).note(entry)

    def _rows(self, query: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _save(self, table: Table, is_it: Any, row: dict[str, Any]) -> None:
        """One transaction writes at a time, so nobody can be between the two statements."""
        if not self._connection.execute(update(table).where(is_it).values(row)).rowcount:
            self._connection.execute(insert(table), row)
