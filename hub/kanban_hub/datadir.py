"""The hub's data directory: the database, its two secrets, and the lock that keeps a second hub out."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanban_hub.errors import BusyError

TOKEN_FILE = "admin.token"  # noqa: S105  # a file's name
LINK_KEY_FILE = "links.key"
LOCK_FILE = "hub.lock"


def prepare(data: Path) -> None:
    """Make the directory, for this user alone."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def token(data: Path) -> str:
    """The bearer token for orders; made at the first start, readable by this user only."""
    return _secret(data, TOKEN_FILE)


def link_key(data: Path) -> str:
    """What suppliers' links are signed with; made at its first use. Without the file all links are void."""
    return _secret(data, LINK_KEY_FILE)


def _secret(data: Path, name: str) -> str:
    path = data / name
    known = path.read_text().strip() if path.exists() else ""
    if known:
        return known
    fresh = secrets.token_urlsafe(32)
    # Written beside and moved: a power cut leaves no empty secret, which anybody could bear.
    beside = data / f"{name}.new"
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(fresh + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return fresh


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Hold the data directory. Raises `BusyError` when another hub does: two would answer everything."""
    with (data / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyError(f"another hub works on {data}") from None
        yield
