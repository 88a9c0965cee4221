"""The form of the outbox's file: how it is made, opened, and found whole or damaged."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kanban_device.clock import Stamp
from kanban_device.row import Row
from kanban_protocol.ids import EPOCH_PATTERN
from kanban_protocol.signals import Clock as ClockQuality

APPLICATION_ID = 0x4B535331  # "KSS1": tells our file from anybody else's SQLite file
VERSION = 1
PAGE_BYTES = 1024  # a row is about 400 bytes: small pages halve what each commit writes to the card

TABLES = """
CREATE TABLE signals (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    body    TEXT NOT NULL,
    boot    TEXT NOT NULL,
    mono_ms INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    clock   TEXT NOT NULL,
    digest  BLOB NOT NULL,
    status  TEXT
) STRICT;
CREATE INDEX signals_pending ON signals (seq) WHERE status IS NULL;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
INSERT = """
INSERT INTO signals (seq, id, kind, body, boot, mono_ms, wall_ms, clock, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT = "SELECT seq, id, kind, body, boot, mono_ms, wall_ms, clock, digest FROM signals"
REMEMBER = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class DamageError(Exception):
    """The file is not an outbox that can be trusted; the text says why."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file in autocommit mode. It has one owner at a time, which need not be its opener's thread."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.5)
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL would lose commits that a lamp has already shown as stored, on a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 200")
    connection.execute("PRAGMA journal_size_limit = 262144")
    return connection


def create(path: Path, epoch: str) -> sqlite3.Connection:
    """Make a new, empty file."""
    connection = connect(path)
    connection.executescript(f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; COMMIT;")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(REMEMBER, ("epoch", epoch))
    return connection


def insert(connection: sqlite3.Connection, row: Row) -> None:
    stamp = row.stamp
    values = (
        row.seq,
        row.id,
        row.kind,
        row.body,
        stamp.boot,
        stamp.mono_ms,
        stamp.wall_ms,
        stamp.clock.value,
    )
    connection.execute(INSERT, (*values, row.digest))


def rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    """The rows of a `SELECT`. Raises `DamageError` at one whose content is not what was stored."""
    for values in cursor:
        yield row_of(values)


def check(connection: sqlite3.Connection) -> None:
    """Raise `DamageError` unless this is an outbox of whole rows; a receipted one may be sent again."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise DamageError("it is no outbox of a kanban station, or its beginning is gone")
    if _pragma(connection, "user_version") != VERSION:
        raise DamageError(f"its form has another version than {VERSION}")
    if (found := _pragma(connection, "quick_check")) != "ok":
        raise DamageError(f"quick_check says: {found}")
    if not re.search(EPOCH_PATTERN, recall(connection, "epoch") or ""):
        raise DamageError("its epoch is missing")
    for row in rows(connection.execute(SELECT)):
        if row.seq < 1:
            raise DamageError(f"signal {row.seq} has no number from 1")


def recall(connection: sqlite3.Connection, key: str) -> str | None:
    """The value stored under `key`."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if found is None else str(found[0])


def row_of(values: tuple[Any, ...]) -> Row:
    """The row of one `SELECT`ed line. Raises `DamageError` when its content is not what was stored."""
    seq, signal_id, kind, body, boot, mono_ms, wall_ms, clock, digest = values
    if clock in set(ClockQuality):
        row = Row(seq, signal_id, kind, body, Stamp(boot, mono_ms, wall_ms, ClockQuality(clock)))
        if row.digest == digest:
            return row
    raise DamageError(f"signal {seq} is not what was stored")


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
