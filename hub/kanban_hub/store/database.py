"""The store on a database: SQLite by default, or PostgreSQL."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import URL, Connection, Engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from kanban_hub.errors import StoreError
from kanban_hub.photo import Photo
from kanban_hub.store import postgresql, schema
from kanban_hub.store.accounts import DatabaseAccounts
from kanban_hub.store.engine import is_file, open_engine, place
from kanban_hub.store.identities import DatabaseIdentities
from kanban_hub.store.migration import migrate
from kanban_hub.store.notices import DatabaseNotices
from kanban_hub.store.pruning import prune_aside, prune_signals
from kanban_hub.store.rollouts import DatabaseRollouts
from kanban_hub.store.view import DatabaseView
from kanban_hub.store.work import DatabaseWork


class DatabaseStore:
    """A `Store` on the database at `url`, brought up to date when it is opened.

    `alone` keeps a second hub out as long as it is open, on PostgreSQL; a file is locked with its directory.
    """

    def __init__(self, url: URL, *, alone: bool = False) -> None:
        self._writer = open_engine(url, writes=True, alone=alone)
        self._reader = open_engine(url, writes=False)
        with ExitStack() as undo:
            undo.callback(self.close)
            with _begun(self._writer) as connection:
                migrate(connection)
                _found(connection)
            undo.pop_all()

    @contextmanager
    def transaction(self) -> Iterator[DatabaseWork]:
        with _begun(self._writer) as connection:
            work = DatabaseWork(connection)
            yield work
            work.count_revision()

    @contextmanager
    def view(self) -> Iterator[DatabaseView]:
        with _begun(self._reader) as connection:
            yield DatabaseView(connection)

    @contextmanager
    def notices(self, *, writes: bool = True) -> Iterator[DatabaseNotices]:
        with _begun(self._writer if writes else self._reader) as connection:
            yield DatabaseNotices(connection)

    @contextmanager
    def accounts(self, *, writes: bool = True) -> Iterator[DatabaseAccounts]:
        with _begun(self._writer if writes else self._reader) as connection:
            yield DatabaseAccounts(connection)

    @contextmanager
    def identities(self, *, writes: bool = True) -> Iterator[DatabaseIdentities]:
        with _begun(self._writer if writes else self._reader) as connection:
            yield DatabaseIdentities(connection)

    @contextmanager
    def rollouts(self, *, writes: bool = True) -> Iterator[DatabaseRollouts]:
        with _begun(self._writer if writes else self._reader) as connection:
            yield DatabaseRollouts(connection)

    def keep_photo(self, photo: Photo, at_ms: int) -> None:
        with _begun(self._writer) as connection:
            DatabaseWork(connection).keep_photo(photo, at_ms)

    def probe(self) -> None:
        with _begun(self._writer) as connection:
            connection.execute(text("UPDATE meta SET value = value WHERE name = 'revision'"))

    def prune(self, before_ms: int, most_aside: int) -> None:
        with _begun(self._writer) as connection:
            prune_signals(connection, before_ms)
            prune_aside(connection, most_aside)

    def renew_epoch(self) -> None:
        """After a restore: the stations then take lamps of a lower revision, and send what is missing.

        Sessions and one-time links of that time are void: some of them have been ended since.
        """
        with _begun(self._writer) as connection:
            DatabaseWork(connection).save_epoch(secrets.token_hex(8))
            DatabaseAccounts(connection).end_all()
            DatabaseIdentities(connection).end_codes()

    def damage(self) -> list[str]:
        """What is wrong with the file, or with the server's settings; empty when it is sound."""
        with _begun(self._reader) as connection:
            if not is_file(self._reader.url):
                return postgresql.damage(connection)
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
def _begun(engine: Engine) -> Iterator[Connection]:
    """A transaction. Raises `StoreError` for what the database refuses, with its name."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise StoreError(f"{place(engine.url)}: {' '.join(str(error.orig).split())}") from error
    except PoolTimeoutError as error:
        raise StoreError(f"{place(engine.url)}: too many readers at once") from error
