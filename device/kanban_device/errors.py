"""What can go wrong in the firmware; each error carries the facts its text is made of."""

from pathlib import Path


class DeviceError(Exception):
    """The root: catch it to catch every error of this package. Never raised itself."""


class StoreError(DeviceError):
    """A signal could not be stored, so it must not be shown as stored."""


class StoreFullError(StoreError):
    """The outbox is at its limit, or the disk is; receipts still make room."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the outbox takes no more signals: {reason}")


class StoreBrokenError(StoreError):
    """The file cannot be written or read: the disk is read-only, gone, or failing."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the outbox cannot be written: {reason}")


class StoreDamagedError(DeviceError):
    """The outbox's file has been damaged while it was open; the next start salvages it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"the outbox is damaged: {reason}; the program ends so that the next start salvages it"
        )


class DataLockedError(DeviceError):
    """Another process owns the data directory: two senders of one outbox would send under one number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path}: another kanban-station uses this directory; stop it, or name another `station.data`"
        )


class DataUnusableError(DeviceError):
    """The data directory cannot be used at all."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}; make it a directory that this user may write")


class ClimbError(DeviceError):
    """It has run well with a part left off, and the part is to be tried again, which takes a start."""

    def __init__(self, left_off: str) -> None:
        self.left_off = left_off
        super().__init__(f"it has run well for a while; the program ends so that it starts again: {left_off}")


class ClockError(DeviceError):
    """The wall clock cannot be set."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the clock cannot be set: {reason}; it takes the capability CAP_SYS_TIME")


class PanelDeadError(DeviceError):
    """The thread of buttons and lamps has ended or hangs; only a restart of the process helps."""

    def __init__(self) -> None:
        super().__init__("buttons and lamps have stopped; the program ends so that it is started again")
