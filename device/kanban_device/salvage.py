"""Opening the outbox's file, whatever state it is in: a damaged one is set aside, what is whole carried over.

A damaged file never goes on under its epoch: its numbers might be given twice. What is carried over keeps
its ids, so the hub still takes each signal once.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kanban_device import schema
from kanban_device.errors import DataUnusableError
from kanban_device.row import Row
from kanban_device.schema import DamageError

log = logging.getLogger(__name__)

FILE = "outbox.db"
NEW_FILE = "outbox.new"
MARKER_FILE = "outbox.epoch"
BAD_FILES = 5  # files set aside are kept for a look, but must not fill the disk
_PARTS = ("", "-wal", "-shm")
# What SQLite says of a file that is damaged or not its own. Everything else (read-only, full, no rights,
# locked) is a fault of the place, and the file stays where it is.
_DAMAGE_CODES = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_MISMATCH,
}


@dataclass(frozen=True)
class Salvage:
    """What was carried over from a damaged file: for the log and for the station's counters."""

    reason: str
    carried: int
    set_aside: Path | None


class OutboxFile:
    """The files of one data directory."""

    def __init__(self, directory: Path, new_epoch: Callable[[], str]) -> None:
        self._directory = directory
        self._new_epoch = new_epoch
        self._path = directory / FILE
        self._new = directory / NEW_FILE
        self._marker = directory / MARKER_FILE

    def open(self) -> tuple[sqlite3.Connection, Salvage | None]:
        """A whole file, made or salvaged where needed. Raises `DataUnusableError`."""
        try:
            return self._open()
        except (OSError, sqlite3.Error) as error:
            raise DataUnusableError(self._directory, str(error)) from error

    def renew(self, reason: str) -> tuple[sqlite3.Connection, Salvage]:
        """Go on under a new epoch although the file is whole: its numbers are known to be used up.

        The caller has closed its connection. Raises `DataUnusableError`.
        """
        try:
            salvage = self._salvage(reason)
            return self._connect(), salvage
        except (OSError, sqlite3.Error) as error:
            raise DataUnusableError(self._directory, str(error)) from error

    def _open(self) -> tuple[sqlite3.Connection, Salvage | None]:
        salvage = None
        if self._new.exists() and not self._path.exists():
            self._adopt()  # killed between the two renames of a salvage
        if not self._path.exists() and not self._marker.exists():
            self._build([], {})
            self._adopt()
        elif reason := self._damage():
            salvage = self._salvage(reason)
        return self._connect(), salvage

    def _connect(self) -> sqlite3.Connection:
        connection = schema.connect(self._path)
        self._mark(schema.recall(connection, "epoch") or "")
        # In the main file itself, so that a log that vanishes later is missed.
        connection.execute(schema.REMEMBER, ("closed", "no"))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return connection

    def _adopt(self) -> None:
        self._new.rename(self._path)
        _sync(self._directory)

    def _damage(self) -> str | None:
        if not self._path.exists():
            return "it has vanished"
        had_log = self._path.with_name(f"{FILE}-wal").exists()
        try:
            with closing(schema.connect(self._path)) as connection:
                schema.check(connection)
                self._check_marker(connection)
                if not had_log and schema.recall(connection, "closed") == "no":
                    return "its write-ahead log has vanished"
        except DamageError as error:
            return str(error)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return str(error)
            raise
        return None

    def _check_marker(self, connection: sqlite3.Connection) -> None:
        if self._marker.exists() and self._marker.read_text("ascii", "replace") != schema.recall(
            connection, "epoch"
        ):
            raise DamageError("it belongs to another epoch than this directory")

    def _salvage(self, reason: str) -> Salvage:
        carried, meta = _readable(self._path) if self._path.exists() else ([], {})
        self._build(carried, meta)
        salvage = Salvage(reason, len(carried), self._set_aside())
        self._adopt()
        log.error("outbox %s: %s; %d signals carried over", self._path, reason, salvage.carried)
        return salvage

    def _build(self, carried: list[Row], meta: dict[str, str]) -> None:
        """Make a new file with `carried` pending, complete before it gets its name."""
        for part in _PARTS:
            self._new.with_name(NEW_FILE + part).unlink(missing_ok=True)
        with closing(schema.create(self._new, self._new_epoch())) as connection:
            connection.execute("BEGIN")
            for seq, row in enumerate(carried, 1):
                schema.insert(connection, replace(row, seq=seq))
            connection.executemany(schema.REMEMBER, meta.items())
            connection.execute("COMMIT")

    def _set_aside(self) -> Path | None:
        numbers = sorted(int(p.name.split("-")[1]) for p in self._directory.glob("outbox.bad-*[0-9]"))
        for number in numbers[: max(0, len(numbers) + 1 - BAD_FILES)]:
            for part in _PARTS:
                self._path.with_name(f"outbox.bad-{number}{part}").unlink(missing_ok=True)
        aside = self._path.with_name(f"outbox.bad-{numbers[-1] + 1 if numbers else 1}")
        for part in reversed(_PARTS):
            with suppress(FileNotFoundError):
                self._path.with_name(FILE + part).rename(f"{aside}{part}")
        return aside if aside.exists() else None

    def _mark(self, epoch: str) -> None:
        """Say beside the file that there is one: if it vanishes, numbers must not start anew in silence."""
        if self._marker.exists() and self._marker.read_text("ascii", "replace") == epoch:
            return
        fresh = self._marker.with_suffix(".epoch-new")
        with fresh.open("w", encoding="ascii") as file:
            file.write(epoch)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(self._marker)
        _sync(self._directory)


def is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return (code & 0xFF) in _DAMAGE_CODES or code == sqlite3.SQLITE_IOERR_SHORT_READ


def _readable(path: Path) -> tuple[list[Row], dict[str, str]]:
    """The pending rows that are whole, oldest first, and what was remembered."""
    found: dict[int, Row] = {}
    meta: dict[str, str] = {}
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        for order in ("ASC", "DESC"):  # from both ends: a bad page stops a reader
            for row in _whole(connection, order):
                found[row.seq] = row
        meta = {str(k): str(v) for k, v in connection.execute("SELECT key, value FROM meta")}
    rows = {found[seq].id: found[seq] for seq in sorted(found)}  # one id twice is one signal
    return list(rows.values()), {k: meta[k] for k in meta.keys() - {"epoch", "closed"}}


def _whole(connection: sqlite3.Connection, order: str) -> Iterator[Row]:
    with suppress(sqlite3.DatabaseError):
        # NOT INDEXED: the rows themselves may be whole where the index is not.
        cursor = connection.execute(f"{schema.SELECT} NOT INDEXED WHERE status IS NULL ORDER BY seq {order}")
        while (values := cursor.fetchone()) is not None:
            with suppress(DamageError):
                yield schema.row_of(values)


def _sync(directory: Path) -> None:
    """Make renames in `directory` outlive a power cut."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
