"""What can go wrong with releases, each with what to do."""

from pathlib import Path

from kanban_hub.errors import HubError


class ReleaseError(HubError):
    """Never raised itself."""


class KeyFileError(ReleaseError):
    """A key's file that cannot be used, or must not be overwritten."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path = path


class CollectError(ReleaseError):
    """The wheels of a release could not be brought together."""


class FaultyReleaseError(ReleaseError):
    """A folder that is no sound release. `faults` are all that were found."""

    def __init__(self, folder: Path, faults: list[str]) -> None:
        super().__init__("\n".join(f"{folder}: {fault}" for fault in faults))
        self.folder = folder
        self.faults = faults
