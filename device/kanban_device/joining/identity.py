"""Where a station keeps its key and its certificate: always a whole pair, whatever is killed when.

`identity/current` is a link to one of `identity/pair-1` … and is moved only when that directory is whole and
on the disk. Nothing here needs a library: the program that runs looks here too.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
from msgspec import Struct

from kanban_protocol.endpoint import Endpoint

FOLDER, CURRENT, ASKING = "identity", "current", "asking.key"
KEY, CERTIFICATE, TRUSTED, FACTS = "station.key", "station.crt", "ca.crt", "facts.json"
_PAIR = "pair-"
_FRESH = ".new"
# The one that is used, and the one before it.
PAIRS_KEPT = 2
RENEWED_AT = 2 / 3


class Facts(Struct, frozen=True):
    """What is said of a pair. Times are seconds since 1970, UTC; `hub` is the door that gave it."""

    station: str
    hub: str
    broker: str
    begins_s: int
    ends_s: int

    @property
    def renew_at_s(self) -> float:
        return self.begins_s + (self.ends_s - self.begins_s) * RENEWED_AT


class Pair(Struct, frozen=True):
    """A key with its certificate, in a directory of its own."""

    folder: Path

    @property
    def key(self) -> Path:
        return self.folder / KEY

    @property
    def certificate(self) -> Path:
        return self.folder / CERTIFICATE

    @property
    def trusted(self) -> Path:
        """The authorities of the hub."""
        return self.folder / TRUSTED

    def facts(self) -> Facts:
        """Raises `OSError`, or `msgspec.DecodeError` for what somebody has spoilt."""
        return msgspec.json.decode((self.folder / FACTS).read_bytes(), type=Facts)


class Identity:
    """The pairs in the station's data directory."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self.asking = self.folder / ASKING

    def current(self) -> Pair | None:
        """The pair that is used, by its own name: what is read from it belongs together."""
        try:
            found = self.folder / (self.folder / CURRENT).readlink()
        except OSError:
            return None
        return Pair(found) if (found / FACTS).exists() else None

    def remember_asking(self, key: bytes) -> None:
        """Keep the key that a certificate is asked for: a lost answer is given again to it alone."""
        self._make()
        _write(self.asking, key)
        _sync(self.folder)

    def keep(self, parts: dict[str, bytes]) -> Pair:
        """Put a pair beside the others; it is used from `switch` on. `parts` are its files."""
        self._make()
        for left in self.folder.glob(f"{_PAIR}*{_FRESH}"):  # of one that was killed
            shutil.rmtree(left)
        place = self.folder / f"{_PAIR}{max((0, *self._numbers())) + 1}"
        fresh = place.with_name(place.name + _FRESH)
        fresh.mkdir(mode=0o700)
        for name, content in parts.items():
            _write(fresh / name, content)
        _sync(fresh)
        _give(fresh, self.folder)
        fresh.rename(place)
        _sync(self.folder)
        return Pair(place)

    def switch(self, pair: Pair) -> None:
        """Use `pair` from now on, in one step; older ones go, but for the last."""
        fresh = self.folder / f"{CURRENT}{_FRESH}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(pair.folder.name)
        fresh.replace(self.folder / CURRENT)
        _sync(self.folder)
        self.asking.unlink(missing_ok=True)
        for number in sorted(self._numbers())[:-PAIRS_KEPT]:
            if (old := self.folder / f"{_PAIR}{number}") != pair.folder:
                shutil.rmtree(old)

    def drop(self, pair: Pair) -> None:
        """Take a pair away that is not used after all."""
        shutil.rmtree(pair.folder)

    def _numbers(self) -> Iterable[int]:
        names = (path.name.removeprefix(_PAIR) for path in self.folder.glob(f"{_PAIR}*"))
        return [int(name) for name in names if name.isdecimal()]

    def _make(self) -> None:
        """Root leaves everything to the owner of the data directory, who is the station's user."""
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True)
            _give(self.folder, self.folder.parent)


def ends_s(endpoint: Endpoint, data: Path) -> float | None:
    """When the certificate ends that `endpoint` shows, if it is one of the station's own pairs."""
    pair = Identity(data).current()
    if pair is None or endpoint.certificate != str(pair.certificate):
        return None
    try:
        return pair.facts().ends_s
    except (OSError, msgspec.DecodeError):
        return None


def shown(named: Endpoint, data: Path) -> Endpoint:
    """`named` with the station's own pair where the file names no other.

    Who logs in with a user shows no certificate, and trusts the hub's authority where the station knows it.
    """
    if not named.tls or (pair := Identity(data).current()) is None:
        return named
    trusting = replace(named, ca=named.ca or str(pair.trusted))
    if named.certificate is not None or named.username is not None:
        return trusting
    return replace(trusting, certificate=str(pair.certificate), key=str(pair.key))


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _give(path, path.parent)


def _give(path: Path, as_path: Path) -> None:
    if os.geteuid() == 0:
        owner = as_path.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
