"""The pins of one wiring, read and driven so that one bad pin stops neither the others nor the panel."""

import logging

from kanban_hardware.errors import PinError
from kanban_hardware.pins import OnEdge, Pins
from kanban_hardware.wiring import Wiring

log = logging.getLogger(__name__)


class PanelPins:
    """A pin that fails is logged once, counts as failing, and is tried again at every turn."""

    def __init__(self, wiring: Wiring, pins: Pins) -> None:
        self._wiring = wiring
        self._pins = pins
        self._failing: set[int] = set()
        self._is_open = False

    @property
    def failing(self) -> list[int]:
        return sorted(self._failing.copy())

    def open(self, on_edge: OnEdge) -> None:
        """Take all pins. Raises PinError, with all of them given back."""
        try:
            for pin in self._outputs():
                self._pins.open_output(pin)
            for pin in self._wiring.buttons.values():
                self._pins.open_input(pin, on_edge)
        except PinError:
            self._pins.close()
            raise
        self._is_open = True

    def close(self) -> None:
        """Put everything out and give the pins back."""
        for pin in self._outputs():
            self.drive(pin, level=False)
        self._is_open = False
        self._pins.close()

    def buttons(self) -> dict[int, bool]:
        """The levels of the buttons' pins; one that cannot be read is left out."""
        levels = {pin: self.level(pin) for pin in self._wiring.buttons.values()}
        return {pin: level for pin, level in levels.items() if level is not None}

    def level(self, pin: int) -> bool | None:
        """Read a pin, or return None."""
        if not self._is_open:
            return None
        try:
            level = self._pins.level(pin)
        except PinError as error:
            self._fail(error)
            return None
        self._failing.discard(pin)
        return level

    def drive(self, pin: int, level: bool) -> bool | None:
        """Bring an output to a level and return the level that it then has, or None."""
        if self.level(pin) != level:
            try:
                self._pins.drive(pin, level)
            except PinError as error:
                self._fail(error)
                return None
        return self.level(pin)

    def _outputs(self) -> list[int]:
        buzzer = [self._wiring.buzzer.pin] if self._wiring.buzzer else []
        return [*self._wiring.lamps.values(), *buzzer]

    def _fail(self, error: PinError) -> None:
        if error.pin not in self._failing:
            self._failing.add(error.pin)
            log.error("%s", error)
