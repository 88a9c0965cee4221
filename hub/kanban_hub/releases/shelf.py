"""The releases that this hub hands out: each a folder below `releases` in the data directory.

A release says itself what it is, and its signature proves it: nothing of it stands in the database.
"""

import os
import shutil
from pathlib import Path

from kanban_hub.releases.errors import KeyFileError, TakenNumberError, UnknownReleaseError
from kanban_protocol import release
from kanban_protocol.errors import ProtocolError
from kanban_protocol.release import Manifest

FOLDER = "releases"
KEY_FILE = "release.pub"


class Shelf:
    """The releases in one data directory. Any process may add and take away; the hub looks each time."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / FOLDER

    @property
    def key_file(self) -> Path:
        """The public key that the stations have; what it has not signed is not taken."""
        return self._data / KEY_FILE

    def folder(self, number: int) -> Path:
        """Raises `UnknownReleaseError`."""
        folder = self._folder / str(number)
        if not folder.is_dir():
            raise UnknownReleaseError(number)
        return folder

    def manifest(self, number: int) -> Manifest:
        """Raises `UnknownReleaseError`."""
        try:
            return Manifest.decode((self.folder(number) / release.MANIFEST).read_bytes())
        except (OSError, ProtocolError) as error:
            raise UnknownReleaseError(number) from error

    def all(self) -> list[Manifest]:
        """The newest first."""
        names = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        numbers = sorted((int(name) for name in names if name.isascii() and name.isdigit()), reverse=True)
        return [self.manifest(number) for number in numbers]

    def file(self, number: int, name: str) -> Path | None:
        """The file `name` of a release; None where there is none. No name leads out of its folder."""
        if not release.is_file_name(name):
            return None
        path = self._folder / str(number) / name
        return path if path.is_file() and not path.is_symlink() else None

    def trust(self, key_file: Path) -> None:
        """Take the public key of `key_file`, once. Raises `KeyFileError` for another than is here."""
        content = key_file.read_bytes()
        if not self.key_file.exists():
            self.key_file.write_bytes(content)
        elif self.key_file.read_bytes() != content:
            raise KeyFileError(self.key_file, "is another key; the stations trust that one")

    def add(self, folder: Path) -> Manifest:
        """Take a copy of the signed release in `folder`. Raises a `ReleaseError`."""
        # The other commands and the running hub need no cryptography.
        from kanban_hub.releases.folder import checked  # noqa: PLC0415
        from kanban_hub.releases.signing import public_key  # noqa: PLC0415

        if not self.key_file.exists():
            raise KeyFileError(self.key_file, "is missing; name the stations' public key by --key")
        self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        beside = self._folder / ".new"
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(folder, beside)
        manifest = checked(beside, public_key(self.key_file))
        self._put(beside, manifest.number)
        return manifest

    def remove(self, number: int) -> None:
        """Raises `UnknownReleaseError`."""
        shutil.rmtree(self.folder(number))

    def _put(self, beside: Path, number: int) -> None:
        place = self._folder / str(number)
        if place.exists():
            same = (place / release.MANIFEST).read_bytes() == (beside / release.MANIFEST).read_bytes()
            if not same:
                shutil.rmtree(beside)
                raise TakenNumberError(number)
            shutil.rmtree(place)
        os.sync()
        beside.replace(place)
