"""The outbox of a disk that can only be read: a copy in memory, from which what waits is sent.

A card that fails is mounted read-only (`errors=remount-ro`) and so it is at the next start. The station then
takes no new signal, since it could not keep it, and goes on with everything else.
"""

import os
import shutil
import tempfile
from pathlib import Path

from kanban_device.errors import DataUnusableError
from kanban_device.salvage import FILE, MARKER_FILE

_FILES = (FILE, f"{FILE}-wal", MARKER_FILE)


def is_read_only(directory: Path) -> bool:
    try:
        return bool(os.statvfs(directory).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def copy(directory: Path) -> Path:
    """A copy of the outbox's files where systemd has given the program a folder in memory, or else in /tmp.

    What is receipted is forgotten with it, and sent again after the next start: the hub takes it once.
    Raises `DataUnusableError`.
    """
    place = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0] or None
    try:
        spare = Path(tempfile.mkdtemp(prefix="outbox-", dir=place))
        for name in _FILES:
            if (directory / name).exists():
                shutil.copyfile(directory / name, spare / name)
    except OSError as error:
        raise DataUnusableError(directory, error.strerror or str(error)) from error
    return spare
