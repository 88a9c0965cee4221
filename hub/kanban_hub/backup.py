"""Copies of the hub's database with the stations' authority, and the way back from one."""

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO

from kanban_hub import datadir
from kanban_hub.errors import StoreError
from kanban_hub.identity import packing
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, url_of_file

_COPY = "backup.new-"

# SQLite's files: the database, its log and the log's index. They belong together.
_PARTS = ("", "-wal", "-shm")

BACK_UP_BY_PG_DUMP = (
    "a database of PostgreSQL is copied by its own program, also while the hub runs: "
    "pg_dump --format=custom --file=COPY DATABASE"
)
RESTORE_BY_PG_RESTORE = (
    "a database of PostgreSQL is restored by its own program. With the hub stopped: "
    "pg_restore --clean --if-exists --single-transaction --dbname=DATABASE COPY; "
    "then kanban-hub restore without COPY, so that stations know of it and send what the copy does not hold"
)


def backup(data: Path, copy: Path) -> None:
    """Write the database, as it is now, to the new file `copy`. The hub may run meanwhile.

    Raises `StoreError`.
    """
    if copy.exists():
        raise StoreError(f"{copy} is there already: name a new file")
    _whole(data, copy)


@dataclass(frozen=True)
class Vault:
    """The database in `data`, for copies that are taken away at once."""

    data: Path

    def size_bytes(self) -> int:
        """Of the database with its log; a copy is at most as large."""
        files = (self.data / f"{FILE_NAME}{part}" for part in _PARTS)
        return sum(file.stat().st_size for file in files if file.exists())

    def copied(self) -> IO[bytes]:
        """A copy of now to read, which is gone when it is closed. Raises `StoreError`.

        One at a time: each needs as much room on the disk as the database.
        """
        for left in self.data.glob(f"{_COPY}*"):  # of a hub that was killed meanwhile
            left.unlink()
        copy = self.data / f"{_COPY}{secrets.token_hex(4)}"
        try:
            _whole(self.data, copy)
            opened = copy.open("rb")
        finally:
            copy.unlink(missing_ok=True)  # what is open can still be read
        return opened


def restore(data: Path, copy: Path) -> Path | None:
    """Put `copy` in the database's place, with a new epoch; return where the old one was moved, if any.

    Without a new epoch the stations would ignore the lamps of a hub whose revision went back, and would
    not send again what the copy does not hold. Raises `BusyError` while a hub runs, and `StoreError`.
    """
    datadir.prepare(data)
    with datadir.lock(data):
        fresh = data / f"{FILE_NAME}.new"
        fresh.unlink(missing_ok=True)
        _copy(copy, fresh)
        packing.unpack(fresh, data)
        _renew(fresh)
        before = _move_aside(data / FILE_NAME)
        fresh.replace(data / FILE_NAME)
    return before


def _whole(data: Path, copy: Path) -> None:
    """For its owner alone: it has keys and the hashes of passwords."""
    if (data / FILE_NAME).is_file():
        copy.touch(mode=0o600)
    _copy(data / FILE_NAME, copy)
    packing.pack(data, copy)


def _copy(source: Path, target: Path) -> None:
    """All that is committed, the write-ahead log included, which a copy of the file alone would miss."""
    if not source.is_file():
        raise StoreError(f"{source}: no such file")
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise StoreError(f"{source} to {target}: {error}") from None


def _renew(path: Path) -> None:
    store = DatabaseStore(url_of_file(path))
    try:
        damage = store.damage()
        if damage:
            raise StoreError(f"the copy is damaged: {damage[0]}")
        store.renew_epoch()
    finally:
        store.close()


def _move_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    names = (database.with_name(f"{database.name}.before-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    for part in _PARTS:
        source = database.with_name(database.name + part)
        if source.exists():
            source.rename(aside.with_name(aside.name + part))
    return aside
