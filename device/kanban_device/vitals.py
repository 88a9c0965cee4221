"""How a running station is, for the updater that has to judge it: a small file, in memory only."""

import logging
import os
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from kanban_device.update import disk
from kanban_device.update.layout import running_release
from kanban_protocol.messages import Version

log = logging.getLogger(__name__)

FILE = "vitals.json"
MAX_VITALS_BYTES = 2_048


class Vitals(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One look at a station. `at_s` is of CLOCK_BOOTTIME; `outbox` is None when it cannot be read."""

    v: Version = 1
    release: int
    at_s: float
    up_s: float
    outbox: int | None
    panel: bool
    linked: bool
    beats: int


class Monitor:
    """Shows the vitals of this process at `path`, since `start_s`. Without a path nobody looks."""

    def __init__(self, path: Path | None, release: int, start_s: float) -> None:
        self._path = path
        self._release = release
        self._start_s = start_s
        self._beats = 0

    @classmethod
    def of_this_process(cls, start_s: float) -> Self:
        """Where systemd has made a folder in memory for this service."""
        directory = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
        installed = running_release()
        release = installed[0] if installed is not None else 0
        return cls(Path(directory) / FILE if directory else None, release, start_s)

    def show(self, now_s: float, *, outbox: int | None, panel: bool, linked: bool) -> None:
        self._beats += linked
        if self._path is None:
            return
        up_s = now_s - self._start_s
        facts = {"outbox": outbox, "panel": panel, "linked": linked, "beats": self._beats}
        found = Vitals(release=self._release, at_s=now_s, up_s=up_s, **facts)  # type: ignore[arg-type]
        try:
            beside = self._path.with_name(f".{FILE}.new")
            beside.write_bytes(msgspec.json.encode(found))
            beside.replace(self._path)
        except OSError as error:
            log.warning("nobody can see how this station is: %s", error)


def read(path: Path) -> Vitals | None:
    """None where no station has written, or nothing sensible."""
    try:
        content = disk.read(path, MAX_VITALS_BYTES)
        return None if content is None else msgspec.json.decode(content, type=Vitals)
    except (OSError, msgspec.DecodeError):
        return None
