"""What can go wrong in the hub beside the domain's refusals."""


class HubError(Exception):
    """Never raised itself."""


class StoreError(HubError):
    """The database cannot be read or written now."""


class NotLoadedError(HubError):
    """There is no plant yet."""

    def __init__(self) -> None:
        super().__init__("no plant is loaded: run `kanban-hub load PLANT.toml` first")


class BusyError(HubError):
    """Another hub works on the same data."""


class PlantFileError(HubError):
    """A plant file that does not fit what stands on the floor."""
