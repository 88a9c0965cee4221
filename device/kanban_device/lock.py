"""The data directory's lock: one process, one sender of an outbox."""

import fcntl
import os
from pathlib import Path
from typing import Self

from kanban_device.errors import DataLockedError, DataUnusableError

FILE = "outbox.lock"


class Lock:
    """Held from the making to `close`; the kernel gives it back when the process dies, however it dies."""

    def __init__(self, directory: Path, *, is_read_only: bool = False) -> None:
        """Take the lock. Raises `DataLockedError`, or `DataUnusableError` where one cannot write.

        On a disk that can only be read there may be no file to lock, so it is the directory.
        """
        try:
            if is_read_only:
                self._file = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            else:
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
