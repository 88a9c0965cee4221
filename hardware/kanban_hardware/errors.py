"""The errors of the hardware; each carries the facts its text is made of."""

from collections.abc import Sequence

from kanban_hardware.faults import Fault


class HardwareError(Exception):
    """The root: catch it to catch every error of this package."""


class WiringError(HardwareError):
    """The [hardware] table cannot be built; `faults` holds every reason, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


class PinsUnavailableError(HardwareError):
    """The GPIO pins of this machine cannot be used at all; `hint` says what to do."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(f"The GPIO pins cannot be used: {reason}. {hint}")


class PinError(HardwareError):
    """One pin cannot be opened, read or driven; the other pins may work."""

    def __init__(self, pin: int, reason: str) -> None:
        self.pin = pin
        self.reason = reason
        super().__init__(f"GPIO {pin}: {reason}")


class CircuitError(HardwareError):
    """A driver that the supply of the lamps does not suit."""

    def __str__(self) -> str:
        return "a ULN2803A keeps about 1 V for itself, too much of 5 V: use transistors, or lamps of 24 V"


class PartError(HardwareError):
    """A part that is not on the pins cannot be used now; `hint` says what to do. It is tried again."""

    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(f"{reason}. {hint}." if hint else reason)
