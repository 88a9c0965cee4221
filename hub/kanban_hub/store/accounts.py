"""Accounts as tables."""

import dataclasses
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, and_, delete, func, insert, or_, select, update

from kanban_hub.accounts.account import Access, AccessEntry, Account, AccountRole, Invitation, Session
from kanban_hub.accounts.ports import LOG_MOST, LogFilter
from kanban_hub.accounts.program import Token
from kanban_hub.store.accounttables import access_log, accounts, invitations, sessions, tokens
from kanban_hub.store.rows import text


class DatabaseAccounts:
    """An `AccountBook` on one connection in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accounts(self) -> list[Account]:
        return [_account(row) for row in self._rows(select(accounts).order_by(accounts.c.name))]

    def account(self, name: str) -> Account | None:
        rows = self._rows(select(accounts).where(accounts.c.name == name))
        return _account(rows[0]) if rows else None

    def account_of(self, issuer: str, subject: str) -> Account | None:
        is_its = and_(accounts.c.issuer == issuer, accounts.c.subject == subject)
        rows = self._rows(select(accounts).where(is_its))
        return _account(rows[0]) if rows else None

    def save_account(self, account: Account) -> None:
        row = dataclasses.asdict(account) | {"roles": text(sorted(account.roles))}
        self._save(accounts, accounts.c.name == account.name, row)

    def session(self, digest: str) -> Session | None:
        rows = self._rows(select(sessions).where(sessions.c.digest == digest))
        return Session(**rows[0]) if rows else None

    def save_session(self, session: Session) -> None:
        self._save(sessions, sessions.c.digest == session.digest, dataclasses.asdict(session))

    def end_session(self, digest: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_sessions(self, account: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.account == account))

    def end_sessions_before(self, made_ms: int, seen_ms: int) -> None:
        is_over = or_(sessions.c.made_ms < made_ms, sessions.c.seen_ms < seen_ms)
        self._connection.execute(delete(sessions).where(is_over))

    def invite(self, invitation: Invitation) -> None:
        self.end_invitations(invitation.account)
        self._connection.execute(insert(invitations), dataclasses.asdict(invitation))

    def invitation(self, digest: str) -> Invitation | None:
        rows = self._rows(select(invitations).where(invitations.c.digest == digest))
        return Invitation(**rows[0]) if rows else None

    def end_invitations(self, account: str | None) -> None:
        # `is_not_distinct_from`, because in SQL no NULL is equal to another.
        is_its = invitations.c.account.is_not_distinct_from(account)
        self._connection.execute(delete(invitations).where(is_its))

    def end_all(self) -> None:
        """End all sessions and invitations, of whomever."""
        self._connection.execute(delete(sessions))
        self._connection.execute(delete(invitations))

    def tokens(self) -> list[Token]:
        return [_token(row) for row in self._rows(select(tokens).order_by(tokens.c.made_ms, tokens.c.id))]

    def token(self, digest: str) -> Token | None:
        rows = self._rows(select(tokens).where(tokens.c.digest == digest))
        return _token(rows[0]) if rows else None

    def save_token(self, token: Token) -> None:
        row = dataclasses.asdict(token) | {"roles": text(sorted(token.roles))}
        self._save(tokens, tokens.c.id == token.id, row)

    def note(self, entry: AccessEntry) -> None:
        self._connection.execute(insert(access_log), dataclasses.asdict(entry))
        newest = self._connection.execute(select(func.max(access_log.c.number))).scalar_one()
        self._connection.execute(delete(access_log).where(access_log.c.number <= newest - LOG_MOST))

    def log(self, limit: int, which: LogFilter = LogFilter()) -> list[AccessEntry]:  # noqa: B008  # frozen
        log = access_log.c
        query = select(access_log).order_by(log.number.desc()).limit(limit).offset(which.skip)
        for name in ("what", "by", "about"):
            wanted = getattr(which, name)
            if wanted is not None:
                query = query.where(log[name] == wanted)
        if which.since_ms is not None:
            query = query.where(log.at_ms >= which.since_ms)
        if which.until_ms is not None:
            query = query.where(log.at_ms < which.until_ms)
        return [_entry(row) for row in self._rows(query)]

    def _rows(self, query: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _save(self, table: Table, is_it: Any, row: dict[str, Any]) -> None:
        """One transaction writes at a time, so nobody can be between the two statements."""
        if not self._connection.execute(update(table).where(is_it).values(row)).rowcount:
            self._connection.execute(insert(table), row)


def _account(row: dict[str, Any]) -> Account:
    roles = msgspec.json.decode(row["roles"], type=list[AccountRole])
    return Account(**row | {"roles": frozenset(roles)})


def _token(row: dict[str, Any]) -> Token:
    roles = msgspec.json.decode(row["roles"], type=list[AccountRole])
    return Token(**row | {"roles": frozenset(roles)})


def _entry(row: dict[str, Any]) -> AccessEntry:
    del row["number"]
    return AccessEntry(**row | {"what": Access(row["what"])})
