"""The store on a database: SQLite by default."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError

from kanban_hub.errors import StoreError
from kanban_hub.store import schema
from kanban_hub.store.engine import open_engine
from kanban_hub.store.migration import migrate
from kanban_hub.store.view import DatabaseView
from kanban_hub.store.work import DatabaseWork


class DatabaseStore:
    """A `Store` on the database at `url`, brought up to date when it is opened."""

    def __init__(self, url: str) -> None:
        self._writer = open_engine(url, writes=True)
        self._reader = open_engine(url, writes=False)
        with _errors_as_ours():
            migrate(self._writer)
            with self._writer.begin() as connection:
                _found(connection)

    @contextmanager
    def transaction(self) -> Iterator[DatabaseWork]:
        with _errors_as_ours(), self._writer.begin() as connection:
            work = DatabaseWork(connection)
            yield work
            work.count_revision()

    @contextmanager
    def view(self) -> Iterator[DatabaseView]:
        with _errors_as_ours(), self._reader.begin() as connection:
            yield DatabaseView(connection)

    def probe(self) -> None:
        with _errors_as_ours(), self._writer.begin() as connection:
            connection.execute(text("UPDATE meta SET value = value WHERE name = 'revision'"))

    def damage(self) -> list[str]:
        """What SQLite finds wrong in its file; empty when it is sound."""
        with _errors_as_ours(), self._reader.begin() as connection:
            if connection.dialect.name != "sqlite":
                return []
            rows = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        return [str(row) for row in rows if row != "ok"]

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def _found(connection: Connection) -> None:
    """What a new database begins with."""
    if connection.execute(select(schema.meta).where(schema.meta.c.name == "epoch")).first() is None:
        first = {"epoch": secrets.token_hex(8), "revision": "0", "plant_revision": "0"}
        rows = [{"name": name, "value": value} for name, value in first.items()]
        connection.execute(insert(schema.meta), rows)


@contextmanager
def _errors_as_ours() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(str(error.orig)) from error
