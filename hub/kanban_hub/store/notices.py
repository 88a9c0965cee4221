"""The queue of notices as a table."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kanban_hub.notices.notice import Channel, Notice, NoticeEvent, NoticeState
from kanban_hub.notices.ports import NoticeFilter
from kanban_hub.store.schema import notices


class DatabaseNotices:
    """A `NoticeQueue` on one connection in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enqueue(self, found: Iterable[Notice]) -> None:
        rows = [_row(notice) for notice in found]
        if not rows:
            return
        kind: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = kind.insert(notices).on_conflict_do_nothing(index_elements=["id"])
        self._connection.execute(statement, rows)

    def due(self, now_ms: int, limit: int) -> list[Notice]:
        is_due = (notices.c.state == NoticeState.WAITING, notices.c.due_ms <= now_ms)
        query = select(notices).where(*is_due).order_by(notices.c.due_ms, notices.c.number)
        return self._notices(query.limit(limit))

    def save(self, notice: Notice) -> None:
        values = {name: getattr(notice, name) for name in _CHANGING}
        self._connection.execute(update(notices).where(notices.c.number == notice.number).values(values))

    def retry(self, number: int, now_ms: int) -> bool:
        is_dead = (notices.c.number == number, notices.c.state == NoticeState.DEAD)
        values = {"state": NoticeState.WAITING, "attempts": 0, "due_ms": now_ms, "ended_ms": None}
        return self._connection.execute(update(notices).where(*is_dead).values(values)).rowcount > 0

    def prune(self, before_ms: int, most_dead: int) -> None:
        state, number = notices.c.state, notices.c.number
        is_old = (state == NoticeState.SENT, notices.c.ended_ms < before_ms)
        self._connection.execute(delete(notices).where(*is_old))
        dead = select(number).where(state == NoticeState.DEAD).order_by(number.desc())
        oldest_kept = self._connection.execute(dead.offset(most_dead).limit(1)).scalar()
        if oldest_kept is not None:
            self._connection.execute(
                delete(notices).where(state == NoticeState.DEAD, number <= oldest_kept)
            )  # fmt: skip

    def page(self, which: NoticeFilter) -> list[Notice]:
        query = select(notices).order_by(notices.c.number.desc()).limit(which.limit)
        if which.before is not None:
            query = query.where(notices.c.number < which.before)
        if which.state is not None:
            query = query.where(notices.c.state == which.state)
        return self._notices(query)

    def find(self, number: int) -> Notice | None:
        return next(iter(self._notices(select(notices).where(notices.c.number == number))), None)

    def counts(self) -> dict[str, int]:
        query = select(notices.c.state, func.count()).group_by(notices.c.state)
        found = {str(state): int(count) for state, count in self._connection.execute(query)}
        return {state.value: found.get(state, 0) for state in NoticeState}

    def _notices(self, query: Any) -> list[Notice]:
        return [_notice(dict(row)) for row in self._connection.execute(query).mappings()]


# The columns that sending changes; the others stay as they were enqueued.
_CHANGING = ("state", "attempts", "due_ms", "ended_ms", "last_error")


def _row(notice: Notice) -> dict[str, Any]:
    row = {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}
    del row["number"]  # the table counts
    return row


def _notice(row: dict[str, Any]) -> Notice:
    row["channel"], row["event"] = Channel(row["channel"]), NoticeEvent(row["event"])
    row["state"] = NoticeState(row["state"])
    return Notice(**row)
