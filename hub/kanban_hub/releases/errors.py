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


class TakenNumberError(ReleaseError):
    """Two releases of one number: no station could tell which it runs."""

    def __init__(self, number: int) -> None:
        super().__init__(f"release {number} is here already and is another; build it with a higher number")
        self.number = number


class UnknownReleaseError(ReleaseError):
    def __init__(self, number: int) -> None:
        super().__init__(f"no release {number} here: `kanban-hub release list` shows those that there are")
        self.number = number


class RolloutError(ReleaseError):
    """An order to update stations that cannot be given now."""
