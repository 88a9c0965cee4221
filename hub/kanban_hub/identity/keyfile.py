"""Files of secrets: written whole or not at all, and readable by their owner only."""

import os
import tempfile
from pathlib import Path

PRIVATE = 0o600
PUBLIC = 0o644


def write(path: Path, content: bytes, mode: int = PRIVATE) -> None:
    """Put `content` in the place of `path`: beside, to the disk, then moved.

    Root leaves the file to the owner of its directory, so that the hub can read what root has made for it.
    """
    # A name of its own: the running hub and a command may write the same file at the same time.
    handle, name = tempfile.mkstemp(suffix=".new", prefix=f"{path.name}.", dir=path.parent)
    beside = Path(name)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _give(beside)
    beside.replace(path)
    _sync(path.parent)


def make_folder(path: Path) -> None:
    """A directory for its owner alone."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _give(path)


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _sync(folder: Path) -> None:
    """A name is on the disk only when its directory is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
