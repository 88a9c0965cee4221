"""The data directory's lock: one process, one sender of an outbox."""

import fcntl
import os
from pathlib import Path
from typing import Self

from kanban_device.errors import DataLockedError, DataUnusableError

FILE = "outbox.lock"


class Lock:
    """Held from the making to `close`; the kernel gives it back when the process dies, however it dies."""

    def __init__(self, directory: Path) -> None:
        """Take the lock. Raises `DataLockedError`, or `DataUnusableError` where one cannot write."""
        try:
            self._file = os.open(directory / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DataUnusableError(directory, error.strerror or str(error)) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise DataLockedError(directory) from error

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
