"""Pins without a board: hands for the buttons and eyes for the lamps of a virtual panel."""

from typing import Any

from kanban_hardware.errors import PinError
from kanban_hardware.gpiozero_pins import GpiozeroPins, mock_factory
from kanban_hardware.pins import OnEdge


class SimulatedPins(GpiozeroPins):
    """The same adapter as on a Pi, on mock pins of its own: several stations fit into one process.

    `press`, `release` and `levels` may be called from any thread and at any time, also while the
    panel closes, as people do.
    """

    def __init__(self) -> None:
        super().__init__(mock_factory())
        self._closed: set[int] = set()
        self._contacts: dict[int, Any] = {}

    def open_input(self, pin: int, on_edge: OnEdge) -> None:
        super().open_input(pin, on_edge)
        self._contacts[pin] = self._devices[pin].pin
        # A mock pin jumps to its pull when it is opened, so a contact held since before is closed again.
        if pin in self._closed:
            self.press(pin)

    def press(self, pin: int) -> None:
        """Close the contact at `pin`, now or as soon as the pin is opened, until it is released."""
        self._closed.add(pin)
        if pin in self._contacts:
            self._contacts[pin].drive_low()

    def release(self, pin: int) -> None:
        """Open the contact at `pin`."""
        self._closed.discard(pin)
        if pin in self._contacts:
            self._contacts[pin].drive_high()

    def levels(self) -> dict[int, bool]:
        """The level of every output, high for one that sounds; nothing once the pins are closed."""
        try:
            return {pin: self.level(pin) for pin in sorted(self._outputs | self._tones.keys())}
        except PinError:
            return {}
