"""Where a release comes from: the hub's door (`download`), or a folder on this machine."""

import shutil
from pathlib import Path
from typing import Protocol

from kanban_device.update.errors import FetchError
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import MANIFEST, SIGNATURE, ReleaseFile


class Source(Protocol):
    """Each puts what it is asked for into a folder. Raises `FetchError`. Nothing of it is trusted."""

    def manifest(self, folder: Path) -> None: ...

    def file(self, folder: Path, file: ReleaseFile) -> None: ...


class FolderSource:
    """A release in a folder, as on the boot partition of a card. It is copied before it is looked at."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def manifest(self, folder: Path) -> None:
        for name in (MANIFEST, SIGNATURE):
            self._copy(name, folder)

    def file(self, folder: Path, file: ReleaseFile) -> None:
        self._copy(file.name, folder)

    def _copy(self, name: str, folder: Path) -> None:
        try:
            shutil.copyfile(self._place / name, folder / name)
        except OSError as error:
            raise FetchError(
                UpdateFault.DAMAGED, f"{self._place / name}: {error.strerror or error}"
            ) from error
