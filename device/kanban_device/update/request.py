"""What the station asks the updater for: a number, and nothing else. The station writes it, root reads it."""

from pathlib import Path

import msgspec
from msgspec import Struct

from kanban_device.errors import DataUnusableError
from kanban_device.update import disk
from kanban_protocol.messages import ReleaseNumber, Version

FILE = "update.request"
MAX_REQUEST_BYTES = 1_024


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order of the hub to run a release. `force`: though signals are unsent, or it was bad before."""

    v: Version = 1
    release: ReleaseNumber
    force: bool = False


def write(data: Path, request: Request) -> None:
    """Raises `OSError`."""
    disk.write(data / FILE, msgspec.json.encode(request), 0o600)


def read(data: Path) -> Request | None:
    """None where nothing sensible is asked for. The folder is the station's, so no link is followed."""
    try:
        content = disk.read(data / FILE, MAX_REQUEST_BYTES)
        return None if content is None else msgspec.json.decode(content, type=Request)
    except (OSError, msgspec.DecodeError):
        return None


def settle(data: Path) -> None:
    """The request is done with, one way or the other. Raises `DataUnusableError`."""
    try:
        disk.remove(data / FILE)
    except OSError as error:
        raise DataUnusableError(data / FILE, error.strerror or str(error)) from error
