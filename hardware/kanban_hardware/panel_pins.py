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
        self._active_low = wiring.active_low
        self._pitch_hz = 0
        self._failing: set[int] = set()
        self._is_open = False

    @property
    def failing(self) -> list[int]:
        return sorted(self._failing.copy())

    def hears_edges(self) -> bool:
        """Whether presses still come as edges, and not only by sampling."""
        return self._pins.hears_edges()

    def open(self, on_edge: OnEdge) -> None:
        """Take all pins. Raises PinError, with all of them given back."""
        try:
            for pin in self._switched():
                self._pins.open_output(pin, level=pin in self._active_low)
            for pin in self._passive():
                self._pins.open_tone(pin, level=pin in self._active_low)
            for pin in self._wiring.buttons.values():
                self._pins.open_input(pin, on_edge)
        except PinError:
            self._pins.close()
            raise
        self._is_open = True

    def close(self) -> None:
        """Put everything out and give the pins back."""
        for pin in self._switched():
            self.drive(pin, on=False)
        self.sound(0)
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

    def is_on(self, pin: int) -> bool | None:
        """Whether an output is on, by its read-back; None if it cannot be read."""
        level = self.level(pin)
        return None if level is None else level != (pin in self._active_low)

    def drive(self, pin: int, on: bool) -> bool | None:
        """Switch an output, and return whether it then is on, or None."""
        if self.is_on(pin) != on:
            try:
                self._pins.drive(pin, on != (pin in self._active_low))
            except PinError as error:
                self._fail(error)
                return None
        return self.is_on(pin)

    def sound(self, pitch_hz: int) -> None:
        """Have the passive buzzer, if there is one, sound with this frequency; 0 is silence."""
        if pitch_hz == self._pitch_hz:
            return
        for pin in self._passive():
            try:
                self._pins.tone(pin, pitch_hz)
            except PinError as error:
                self._fail(error)
        self._pitch_hz = pitch_hz

    def _switched(self) -> list[int]:
        buzzer = self._wiring.buzzer
        is_active = buzzer is not None and buzzer.kind == "active"
        return [*self._wiring.lamps.values(), *([buzzer.pin] if buzzer and is_active else [])]

    def _passive(self) -> list[int]:
        buzzer = self._wiring.buzzer
        return [buzzer.pin] if buzzer and buzzer.kind == "passive" else []

    def _fail(self, error: PinError) -> None:
        if error.pin not in self._failing:
            self._failing.add(error.pin)
            log.error("%s", error)
