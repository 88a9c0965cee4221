"""The station's side of an update: it passes the hub's order on, and tells the hub what came of it.

It runs in the station's process, as a user who may neither install nor switch anything.
"""

import logging
from pathlib import Path

import msgspec
from msgspec import UNSET, UnsetType

from kanban_device.update import disk, request
from kanban_device.update.layout import Layout, running_release
from kanban_device.update.request import Request
from kanban_device.update.state import MAX_STATE_BYTES
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep

log = logging.getLogger(__name__)


class UpdateDesk:
    """`installed` is the release that this process runs from; without one there is nobody to update it."""

    def __init__(self, data: Path, installed: tuple[int, Path] | None) -> None:
        self._data = data
        self._installed = installed
        self._refused: UpdateReport | None = None

    @classmethod
    def of_this_process(cls, data: Path) -> "UpdateDesk":
        return cls(data, running_release())

    @property
    def release(self) -> int | UnsetType:
        return self._installed[0] if self._installed is not None else UNSET

    @property
    def report(self) -> UpdateReport | UnsetType:
        """What has become of the newest order."""
        if self._refused is not None:
            return self._refused
        return self._told() or UNSET

    def ask(self, number: int, *, force: bool, unsent: int) -> None:
        """Leave the updater a request, or refuse the order at once."""
        if self._installed is None:
            self._refuse(number, UpdateFault.UNABLE, "this program was not installed by a release")
        elif unsent and not force:
            self._refuse(number, UpdateFault.UNSENT, f"{unsent} signals wait for their receipt")
        else:
            self._leave(Request(release=number, force=force))

    def _leave(self, asked: Request) -> None:
        try:
            request.write(self._data, asked)
        except OSError as error:
            self._refuse(asked.release, UpdateFault.UNABLE, str(error))
            return
        self._refused = None
        log.info("release %d is asked for", asked.release)

    def _refuse(self, number: int, fault: UpdateFault, why: str) -> None:
        log.warning("release %d is refused: %s", number, why)
        self._refused = UpdateReport(release=number, step=UpdateStep.REFUSED, fault=fault)

    def _told(self) -> UpdateReport | None:
        if self._installed is None:
            return None
        try:
            content = disk.read(Layout(self._installed[1]).report, MAX_STATE_BYTES)
            return None if content is None else msgspec.json.decode(content, type=UpdateReport | None)
        except (OSError, msgspec.DecodeError):
            return None
