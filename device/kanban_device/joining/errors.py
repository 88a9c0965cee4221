"""What can go wrong at the hub's door. Each text says what to do."""

from kanban_device.errors import DeviceError


class JoinError(DeviceError):
    """Never raised itself."""


class NoHubError(JoinError):
    def __init__(self) -> None:
        super().__init__(
            'no hub is named: add [hub] with url = "https://HUB:8443" to the file, or give --hub'
        )


class NotPinnedError(JoinError):
    def __init__(self) -> None:
        super().__init__(
            "how the hub is known is missing: give --ca-fingerprint, which the hub prints beside the code, "
            "or --ca"
        )


class HubAwayError(JoinError):
    """The door could not be asked. `url` is the door's."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(
            f"{url}: {reason}; is the hub running with --door, and is this address right? "
            "nothing has changed here"
        )


class UntrustedHubError(JoinError):
    """Who answers is not the hub that is meant. The code was not sent."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: {reason}; the code was not sent")


class RefusedError(JoinError):
    """The hub has said no. `reason` is its word for programs."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        super().__init__(f"the hub: {detail}")


class AnswerError(JoinError):
    """What the hub has sent is not what a hub sends."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: the answer is of no use: {reason}; nothing has changed here")


class NotJoinedError(JoinError):
    def __init__(self) -> None:
        super().__init__("this station has not joined yet: `kanban-station join` with a code from the hub")


class NotTakenError(JoinError):
    """The new certificate is not taken where it has to be; the old one goes on."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(
            f"{where} does not take the new certificate: {reason}; the old one goes on, and the "
            "next run tries again"
        )
