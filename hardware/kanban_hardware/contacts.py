"""All buttons of a panel by their pins: edges and samples in, presses out. Pure: time is passed in."""

from collections.abc import Mapping

from kanban_hardware.button import Button
from kanban_hardware.inputs import ButtonInput

SAMPLE_S = 0.25
"""How often the pins are read anyway, so that a missed edge heals."""
POLL_S = 0.02
"""The same while edges are known to be missing; a press of a hand lasts 60 ms and more."""
PATIENCE_S = 0.1
"""How long an edge may be on its way through the threads of a machine that has much to do."""


class Contacts:
    """The buttons of one panel. A contact is closed when its pin is low: each pin has a pull-up."""

    def __init__(self, buttons: Mapping[int, Button]) -> None:
        self._buttons = dict(buttons)
        self._told = {pin: button.is_closed for pin, button in buttons.items()}
        self.missed_edges = 0
        self.has_edges = True

    @property
    def stuck(self) -> list[str]:
        return [button.part for button in self._buttons.values() if button.is_stuck]

    def edge(self, pin: int, level: bool, at_s: float) -> list[ButtonInput]:
        """Take an edge that the pin's driver reported."""
        self.has_edges = True
        self._told[pin] = not level
        return self._buttons[pin].edge(not level, at_s)

    def sample(self, levels: Mapping[int, bool], at_s: float) -> list[ButtonInput]:
        """Take the levels as read now; a pin that could not be read is left out, its time runs on."""
        inputs: list[ButtonInput] = []
        patience_s = PATIENCE_S if self.has_edges else 0.0
        for pin, button in self._buttons.items():
            was_closed = button.is_closed
            if pin in levels:
                inputs += button.sample(not levels[pin], at_s, patience_s)
            else:
                inputs += button.advance(at_s)
            if button.is_closed not in (was_closed, self._told[pin]):
                self._miss(pin, button.is_closed)
        return sorted(inputs, key=lambda taken: taken.at_s)

    def due_s(self, at_s: float) -> float:
        """When the contacts have to be sampled next."""
        dues = [due for button in self._buttons.values() if (due := button.due_s()) is not None]
        return min([at_s + (SAMPLE_S if self.has_edges else POLL_S), *dues])

    def _miss(self, pin: int, closed: bool) -> None:
        # One exception kills lgpio's only callback thread, and no edge of any pin comes any more.
        # Buttons then work by polling; the first edge that does come ends it.
        self._told[pin] = closed
        self.missed_edges += 1
        self.has_edges = False
