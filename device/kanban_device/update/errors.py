"""Why an update is not done; each carries the word for the hub."""

from kanban_device.errors import DeviceError
from kanban_protocol.messages import UpdateFault


class UpdateError(DeviceError):
    """The root. `fault` is the word that the hub is told."""

    def __init__(self, fault: UpdateFault, text: str) -> None:
        super().__init__(text)
        self.fault = fault


class UntrustedError(UpdateError):
    """The release is not what the key has signed."""


class NotAllowedError(UpdateError):
    """A true release, but not for this station now."""


class FetchError(UpdateError):
    """The hub does not hand it out."""


class InstallError(UpdateError):
    """It cannot be installed, or what was installed does not start."""


class BusyError(DeviceError):
    """Another updater is at work."""

    def __init__(self) -> None:
        super().__init__("another update is at work here; it goes on by itself")
