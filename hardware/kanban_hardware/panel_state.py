"""All that a panel decides: edges, samples and wishes in; inputs and levels out. Pure: time is passed in."""

from collections.abc import Mapping

from kanban_hardware.button import Button, ButtonTiming
from kanban_hardware.buzzer import Buzzer, Tone
from kanban_hardware.contacts import Contacts
from kanban_hardware.inputs import ButtonInput
from kanban_hardware.lamps import Lamps
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import Wiring


class PanelState:
    """The buttons, lamps and buzzer of one wiring. One thread owns it."""

    def __init__(self, wiring: Wiring, levels: Mapping[int, bool], at_s: float) -> None:
        """`levels` are those of the buttons' pins at the start: low is closed, and closed
        is stuck; a pin that could not be read is left out and counts as open.
        """
        timing = ButtonTiming(wiring.debounce_ms / 1000, wiring.hold_ms / 1000, wiring.stuck_ms / 1000)
        self.contacts = Contacts(
            {
                pin: Button(part, not levels.get(pin, True), at_s, timing)
                for part, pin in wiring.buttons.items()
            }
        )
        self.lamps = Lamps(wiring.lamps, wiring.steady)
        self.buzzer = Buzzer()
        self._wiring = wiring
        self._lamp_at = {pin: self.lamps.by_part[part] for part, pin in wiring.lamps.items()}

    def edge(self, pin: int, level: bool, at_s: float) -> list[ButtonInput]:
        """Take an edge that a pin's driver reported."""
        return self.contacts.edge(pin, level, at_s)

    def sample(self, levels: Mapping[int, bool], at_s: float) -> list[ButtonInput]:
        """Take the levels of the buttons' pins as read now."""
        return self.contacts.sample(levels, at_s)

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        """Take the whole state of the lamps."""
        self.lamps.show(patterns)

    def flutter(self, part: str, at_s: float) -> None:
        """Flicker the lamp of a part over its pattern."""
        self.lamps.flutter(part, at_s)

    def beep(self, tone: Tone, at_s: float) -> None:
        """Sound a tone, if a buzzer is wired."""
        self.buzzer.beep(tone, at_s)

    def levels(self, at_s: float) -> dict[int, bool]:
        """Whether each output pin is to be on at `at_s`; a passive buzzer is not switched but sounded."""
        levels = {pin: lamp.level(at_s) for pin, lamp in self._lamp_at.items()}
        if self._wiring.buzzer and self._wiring.buzzer.kind == "active":
            levels[self._wiring.buzzer.pin] = self.buzzer.level(at_s)
        return levels

    def pitch_hz(self, at_s: float) -> int:
        """The frequency that a passive buzzer is to sound with at `at_s`."""
        return self.buzzer.pitch_hz(at_s)

    def follow(self, pin: int, wanted: bool, actual: bool | None) -> None:
        """Take the read-back of an output; None if it could not be driven or read."""
        if pin in self._lamp_at:
            self._lamp_at[pin].follow(wanted, actual)

    def shown(self) -> dict[str, Pattern]:
        """What each lamp really shows, by the read-back of its pin (rule: `Lamp.shown`)."""
        return {part: lamp.shown() for part, lamp in self.lamps.by_part.items()}

    def due_s(self, at_s: float) -> float:
        """When something has to be sampled or changed next."""
        dues = [self.contacts.due_s(at_s), self.lamps.due_s(at_s), self.buzzer.due_s(at_s)]
        return min(due for due in dues if due is not None)
