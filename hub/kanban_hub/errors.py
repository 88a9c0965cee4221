"""What can go wrong in the hub beside the domain's refusals."""


class HubError(Exception):
    """Never raised itself."""


class StoreError(HubError):
    """The database cannot be read or written now."""


class NewerStoreError(HubError):
    """The database was made by a later program."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(
            f"{place} is of form {found}, this program knows {known} at most: "
            "install the newer kanban-hub, or restore the backup made before its update"
        )
        self.found = found


class NotLoadedError(HubError):
    """There is no plant yet."""

    def __init__(self) -> None:
        super().__init__("no plant is loaded: run `kanban-hub load PLANT.toml` first")


class FaultyRuleError(HubError):
    """A rule of this program broke on a signal: nothing of the batch is to be committed."""

    def __init__(self, signal: str) -> None:
        super().__init__(f"a rule broke on signal {signal}")
        self.signal = signal


class EndedError(HubError):
    """The running hub cannot go on."""


class BusyError(HubError):
    """Another hub works on the same data."""


class PlantFileError(HubError):
    """A plant file that does not fit what stands on the floor."""
