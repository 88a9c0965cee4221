"""Each button pressed a few times: seen or not, stuck or not, exchanged or not, and how long it bounces."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import WAITING_KEYS, is_skip
from kanban_device.tryout.desk import Desk, Edge
from kanban_hardware import bounce
from kanban_hardware.bounce import Burst, Recorder
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.wiring import Wiring

PATIENCE_S = 60.0
"""Without a press for so long a step ends: whoever had to press may have gone."""
LOOSE = "Look at its contact and both wires: one goes to the pin, the other to ground"
SHORT = "Is it pressed, or jammed? Otherwise its wire has a short to ground"
NOISE = "Add the resistors and the capacitor of hardware/README.md: long cable, or motors beside it"


@dataclass
class Step:
    """One button's turn: what was heard of it, and of the others meanwhile."""

    part: str
    pin: int
    wanted: int
    bursts: list[Burst] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    is_skipped: bool = False
    is_stuck: bool = False

    @property
    def presses(self) -> int:
        return sum(burst.closed and not burst.is_spike for burst in self.bursts)


class Buttons:
    """All buttons of a wiring. A lit button lights its lamp while it is closed, so no screen is needed."""

    def __init__(self, desk: Desk, pins: PanelPins, wiring: Wiring) -> None:
        """`pins` are open, and put their edges on the desk."""
        self._desk = desk
        self._pins = pins
        self._wiring = wiring
        self._recorders = {pin: Recorder(closed=not level) for pin, level in pins.buttons().items()}
        self.bursts: dict[str, list[Burst]] = {}

    def look(self, presses: int) -> Iterator[Finding]:
        """Have each button pressed. Raises TestEndedError."""
        parts = self._wiring.buttons
        for number, (part, pin) in enumerate(parts.items(), 1):
            self._desk.say(f"\nButton {number} of {len(parts)}: {part} (GPIO {pin})")
            if pin not in self._recorders:
                yield fail(f"button {part}", f"GPIO {pin} cannot be read", "Look at dmesg | grep gpio")
                continue
            step = Step(part, pin, presses)
            self._open_first(step)
            if not (step.is_stuck or step.is_skipped):
                self._desk.say(
                    f"  Press the {part} button {presses} times, slowly and quickly.  [{WAITING_KEYS}]"
                )
                self._press(step)
            self.bursts[part] = step.bursts
            yield _verdict(step)

    def _open_first(self, step: Step) -> None:
        """A button that is closed before anybody presses has to be let go first."""
        if not self._recorders[step.pin].is_closed:
            return
        stuck_s = self._wiring.stuck_ms / 1000
        self._desk.say(
            f"  It is closed now. Let it go; if nobody presses it, wait {stuck_s:.0f} s.  [{WAITING_KEYS}]"
        )
        until_s = self._desk.now_s() + stuck_s
        while self._recorders[step.pin].is_closed:
            if not self._hear(step, until_s) and self._desk.now_s() >= until_s:
                step.is_stuck = True
                return
            if step.is_skipped:
                return
        step.bursts.clear()

    def _press(self, step: Step) -> None:
        """Until it was pressed often enough and is open again, is stuck, skipped, or nobody presses."""
        recorder = self._recorders[step.pin]
        until_s, heard = self._desk.now_s() + PATIENCE_S, 0
        while step.presses < step.wanted or recorder.is_closed:
            moved = self._hear(step, until_s)
            if step.is_skipped:
                return
            if moved and len(step.bursts) > heard:
                heard = len(step.bursts)
                patience_s = self._wiring.stuck_ms / 1000 if recorder.is_closed else PATIENCE_S
                until_s = self._desk.now_s() + patience_s
                self._tell(step)
            elif self._desk.now_s() >= until_s:
                step.is_stuck = recorder.is_closed
                return

    def _tell(self, step: Step) -> None:
        burst = step.bursts[-1]
        if burst.is_spike:
            self._desk.say(f"  a disturbance of {burst.length_s * 1000:.1f} ms, no press")
        elif burst.closed:
            self._desk.say(f"  {step.presses} of {step.wanted}   bounced for {burst.length_s * 1000:.1f} ms")

    def _hear(self, step: Step, until_s: float) -> bool:
        """Take one event, or let time pass until a contact settles or `until_s`. Whether a contact did."""
        dues = [due for recorder in self._recorders.values() if (due := recorder.due_s()) is not None]
        event = self._desk.take(min([until_s, *dues]))
        step.is_skipped = is_skip(event)
        before = len(step.bursts)
        if isinstance(event, Edge) and event.pin in self._recorders:
            self._mirror(event)
            self._settle(step, event.pin, self._recorders[event.pin].feed(not event.level, event.at_s))
        for pin, recorder in self._recorders.items():
            self._settle(step, pin, recorder.advance(self._desk.now_s()))
        return len(step.bursts) > before

    def _settle(self, step: Step, pin: int, bursts: list[Burst]) -> None:
        if pin == step.pin:
            step.bursts += bursts
            return
        part = next(part for part, other in self._wiring.buttons.items() if other == pin)
        if any(burst.closed and not burst.is_spike for burst in bursts):
            step.others.add(part)
            self._desk.say(f"  that was {part} (GPIO {pin}), not {step.part}")

    def _mirror(self, edge: Edge) -> None:
        """The button's own lamp is lit while its contact is closed."""
        lamps: Mapping[int, int] = {slot.button: slot.lamp for slot in self._wiring.slots}
        if edge.pin in lamps:
            self._pins.drive(lamps[edge.pin], not edge.level)


def _verdict(step: Step) -> Finding:
    part, seen = f"button {step.part}", f"{step.presses} of {step.wanted} presses seen"
    if step.is_skipped:
        return Finding(part, f"skipped, {seen}", "Press it the next time")
    if step.is_stuck:
        return fail(part, f"GPIO {step.pin} stays closed", SHORT)
    if step.presses == 0 and step.others:
        remedy = (
            f"Exchange the wires, or the numbers in [hardware]: {', '.join(sorted(step.others))} answered"
        )
        return fail(part, "another button answered when it was pressed", remedy)
    if step.presses < step.wanted:
        return fail(part, f"{seen} within {PATIENCE_S:.0f} s", LOOSE)
    spikes = sum(burst.is_spike for burst in step.bursts)
    longest_ms = bounce.longest_s(step.bursts) * 1000
    text = f"{seen}, bounces for {longest_ms:.1f} ms at most"
    return Finding(part, f"{text}; disturbances: {spikes}" if spikes else text, NOISE if spikes else "")
