"""What can go wrong on the simulated floor; each error carries the facts its text is made of."""

from dataclasses import dataclass


class SimulatorError(Exception):
    """The root: catch it to catch every error of this package. Never raised itself."""


class ProcessError(SimulatorError):
    """A program that the simulator started did not come up, or ended."""

    def __init__(self, name: str, reason: str, tail: str = "") -> None:
        self.name = name
        self.reason = reason
        self.tail = tail
        super().__init__(f"{name} {reason}" + (f":\n{tail}" if tail else ""))


class PortTakenError(SimulatorError):
    """An address on which pages should be served is in use, or not ours."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"{address}: {reason}; name another HOST:PORT")


class HubRefusedError(SimulatorError):
    """The hub answered a request with an error."""

    def __init__(self, path: str, status: int, detail: str) -> None:
        self.path = path
        self.status = status
        self.detail = detail
        super().__init__(f"{path}: the hub answered {status}: {detail}")


class HubSilentError(SimulatorError):
    """The hub cannot be reached."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: no answer from the hub: {reason}")


class NoScannerError(SimulatorError):
    """A code was held before a scanner that this station does not have."""

    def __init__(self, station: str) -> None:
        self.station = station
        super().__init__(f"station {station!r} has no scanner; add [[hardware.scanners]] to its file")


class NoButtonError(SimulatorError):
    """A button that this station does not have."""

    def __init__(self, station: str, part: str, buttons: tuple[str, ...]) -> None:
        self.station = station
        self.part = part
        self.buttons = buttons
        super().__init__(
            f"station {station!r} has no button {part!r}; it has: {', '.join(buttons) or 'none'}"
        )


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong in a request's body."""

    where: str
    text: str


class BadRequestError(SimulatorError):
    """A request's body that is refused, with every fault of it."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        super().__init__(
            "; ".join(f"{flaw.where}: {flaw.text}" if flaw.where else flaw.text for flaw in flaws)
        )
