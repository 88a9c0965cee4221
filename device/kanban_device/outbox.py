"""The outbox: signals stored before anything says so, kept until the hub's receipt. One thread owns it."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kanban_device import schema
from kanban_device.clock import Stamp
from kanban_device.errors import StoreBrokenError, StoreDamagedError, StoreError, StoreFullError
from kanban_device.row import Row
from kanban_device.salvage import OutboxFile, Salvage, is_damage
from kanban_device.schema import DamageError
from kanban_protocol.messages import ReceiptStatus

PRUNE_ROWS = 64  # in small batches, so that no press waits for a long delete

PRUNE = """
DELETE FROM signals WHERE seq IN (SELECT seq FROM signals WHERE status IS NOT NULL ORDER BY seq LIMIT ?)
"""


class StoreHealth(StrEnum):
    """Whether the outbox takes signals."""

    OK = "ok"
    FULL = "full"
    BROKEN = "broken"


@dataclass(frozen=True)
class Limits:
    """The outbox's bounds. Puts stop `headroom_pages` before the end, so that receipts always find room."""

    max_pages: int = 16_384
    headroom_pages: int = 256
    kept_rows: int = 5_000  # receipted rows, kept for a hub that comes back from a backup
    free_bytes: int = 1_000_000


class Outbox:
    """The signals of one station."""

    def __init__(
        self,
        directory: Path,
        new_epoch: Callable[[], str],
        limits: Limits | None = None,
        disk: Path | None = None,
    ) -> None:
        """Open, make or salvage the file. Raises `DataUnusableError`.

        `disk` is where signals have to be kept, if that is not where the file is: see `spare`.
        """
        self._disk = disk or directory
        self._limits = limits or Limits()
        self._failed = False
        self._file = OutboxFile(directory, new_epoch)
        self.salvage: Salvage | None
        self._connection, self.salvage = self._file.open()
        self._begin()

    def _begin(self) -> None:
        self._connection.execute(f"PRAGMA max_page_count = {self._limits.max_pages}")
        self.epoch = schema.recall(self._connection, "epoch") or ""
        self.highest_seq = self._number("SELECT max(seq) FROM sqlite_sequence WHERE name = 'signals'")
        self.depth = self._number("SELECT count(*) FROM signals WHERE status IS NULL")
        self._kept = self._number("SELECT count(*) FROM signals WHERE status IS NOT NULL")

    def put(self, kind: str, body: str, signal_id: str, stamp: Stamp) -> Row:
        """Store a signal. When this returns, it outlives a power cut.

        Raises `StoreFullError` or `StoreBrokenError`; then nothing is stored and no number is used.
        """
        # The number is ours: an insert that fails would use up one of SQLite's.
        row = Row(self.highest_seq + 1, signal_id, kind, body, stamp)
        try:
            self._check_room()
            schema.insert(self._connection, row)
        except (sqlite3.Error, OSError) as error:
            raise self._refusal(error) from error
        self.highest_seq = row.seq
        self.depth += 1
        return row

    def pending(self, limit: int) -> list[Row]:
        """The oldest signals without a receipt. Raises a `StoreError`."""
        return self._select(f"{schema.SELECT} WHERE status IS NULL ORDER BY seq LIMIT ?", limit)

    def settle(self, answers: Iterable[tuple[int, ReceiptStatus]]) -> list[int]:
        """Take receipts; return the numbers that were pending until now. Raises a `StoreError`."""
        update = "UPDATE signals SET status = ? WHERE seq = ? AND status IS NULL"
        with self._writing():
            settled = [
                seq for seq, status in answers if self._connection.execute(update, (status, seq)).rowcount
            ]
        self.depth -= len(settled)
        self._kept += len(settled)
        self._prune()
        return settled

    def unsettle_after(self, seq: int) -> int:
        """Make all above `seq` pending again: the hub has lost them. Returns how many were settled."""
        update = "UPDATE signals SET status = NULL WHERE seq > ? AND status IS NOT NULL"
        with self._writing():
            count = self._connection.execute(update, (seq,)).rowcount
        self.depth += count
        self._kept -= count
        return count

    def recall(self, key: str) -> str | None:
        """What was remembered under `key`."""
        return schema.recall(self._connection, key)

    def remember(self, key: str, value: str) -> None:
        """Keep a small text beside the signals. Raises a `StoreError`."""
        with self._writing():
            self._connection.execute(schema.REMEMBER, (key, value))

    def renew(self, reason: str) -> None:
        """Go on under a new epoch, with the pending signals under their old ids."""
        self._connection.close()
        self._connection, self.salvage = self._file.renew(reason)
        self._begin()

    def probe(self) -> None:
        """Commit once, for nothing but to come back from it. Raises a `StoreError`."""
        self.remember("probe", "")

    def health(self) -> StoreHealth:
        """Whether the next signal would be taken, as far as can be known without one."""
        try:
            self._check_room()
            if self._failed:  # a write to the card only to find out whether it heals
                self.probe()
        except StoreFullError:
            return StoreHealth.FULL
        except (StoreError, sqlite3.Error, OSError):
            return StoreHealth.BROKEN
        self._failed = False
        return StoreHealth.OK

    def close(self) -> None:
        """Close in good order: the log is folded into the file, and the file says so."""
        with suppress(sqlite3.Error):
            self._connection.execute(schema.REMEMBER, ("closed", "yes"))
        self._connection.close()

    def _check_room(self) -> None:
        pages = self._number("PRAGMA page_count") - self._number("PRAGMA freelist_count")
        if pages > self._limits.max_pages - self._limits.headroom_pages:
            raise StoreFullError(f"{pages} of {self._limits.max_pages} pages are used")
        disk = os.statvfs(self._disk)
        if disk.f_flag & os.ST_RDONLY:
            raise StoreBrokenError(f"{self._disk} is read-only")
        if (free_bytes := disk.f_bavail * disk.f_frsize) < self._limits.free_bytes:
            raise StoreFullError(f"{free_bytes} bytes are free in {self._disk}")

    def _prune(self) -> None:
        if self._kept < self._limits.kept_rows + PRUNE_ROWS:
            return
        with self._writing():
            self._kept -= self._connection.execute(PRUNE, (PRUNE_ROWS,)).rowcount

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; what SQLite refuses becomes ours."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise self._refusal(error) from error

    def _select(self, query: str, *values: int) -> list[Row]:
        try:
            return list(schema.rows(self._connection.execute(query, values)))
        except DamageError as error:
            raise StoreDamagedError(str(error)) from error
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def _number(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0] or 0)

    def _refusal(self, error: Exception) -> StoreError:
        self._failed = True
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            raise StoreDamagedError(str(error)) from error
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return StoreFullError(str(error))
        return StoreBrokenError(str(error))
