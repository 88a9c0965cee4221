"""One button: settled contact levels and time in, presses out. Pure: time is passed in."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hardware.debounce import Chatter, Debouncer, Settled
from kanban_hardware.inputs import ButtonInput, Freed, Held, Pressed, Released, Stuck, StuckReason


@dataclass(frozen=True)
class ButtonTiming:
    debounce_s: float = 0.02
    hold_s: float = 2.0
    stuck_s: float = 10.0


class Phase(StrEnum):
    OPEN = "open"
    PRESSED = "pressed"
    HELD = "held"
    STUCK = "stuck"


class Button:
    """The state machine of one button.

    A button that is closed at the start is stuck: whether somebody presses it or a wire has come
    loose cannot be known, so it gives no press until it has been open.
    """

    def __init__(self, part: str, closed: bool, at_s: float, timing: ButtonTiming) -> None:
        self.part = part
        self._timing = timing
        self._debouncer = Debouncer(closed, at_s, timing.debounce_s)
        self._known_until_s = at_s
        self._pressed_at_s: float | None = None
        self._phase = Phase.STUCK if closed else Phase.OPEN
        self._first: list[ButtonInput] = [Stuck(part, at_s)] if closed else []

    @property
    def is_stuck(self) -> bool:
        return self._phase is Phase.STUCK

    @property
    def is_closed(self) -> bool:
        return self._debouncer.is_closed

    def edge(self, closed: bool, at_s: float) -> list[ButtonInput]:
        """Take a change of the contact's raw level, and return what it means."""
        self._known_until_s = at_s
        return self._follow(self._debouncer.edge(closed, at_s))

    def sample(self, closed: bool, at_s: float, patience_s: float = 0.0) -> list[ButtonInput]:
        """Take the contact's raw level as read at `at_s`; its edge is waited for up to `patience_s`.

        One that no edge has told leaves open since when: until then a press was not held any longer.
        """
        if closed == self._debouncer.level:
            self._known_until_s = at_s
        return self._follow(self._debouncer.sample(closed, at_s, patience_s))

    def advance(self, at_s: float) -> list[ButtonInput]:
        """Let time pass: a level settles, a press becomes a hold, a hold becomes stuck."""
        self._known_until_s = at_s
        return self._follow(self._debouncer.advance(at_s))

    def due_s(self) -> float | None:
        """When `sample` or `advance` has something to say if the contact does not move."""
        timer_s = None if self._debouncer.is_in_doubt else self._timer_s()
        return min((due for due in (self._debouncer.due_s(), timer_s) if due is not None), default=None)

    def _follow(self, changes: list[Settled | Chatter]) -> list[ButtonInput]:
        inputs, self._first = self._first, []
        for change in changes:
            inputs += self._elapse(min(change.at_s, self._known_until_s))
            inputs += self._stick(change.at_s, StuckReason.CHATTER) if isinstance(change, Chatter) else []
            inputs += self._settle(change) if isinstance(change, Settled) else []
        return inputs + self._elapse(self._known_until_s)

    def _elapse(self, at_s: float) -> list[ButtonInput]:
        inputs: list[ButtonInput] = []
        while (due_s := self._timer_s()) is not None and due_s <= at_s:
            if self._phase is Phase.PRESSED:
                assert self._pressed_at_s is not None
                self._phase = Phase.HELD
                inputs.append(Held(self.part, due_s, self._pressed_at_s))
            else:
                inputs += self._stick(due_s, StuckReason.CLOSED)
        return inputs

    def _timer_s(self) -> float | None:
        if self._pressed_at_s is None:
            return None
        after_s = {Phase.PRESSED: self._timing.hold_s, Phase.HELD: self._timing.stuck_s}.get(self._phase)
        return None if after_s is None else self._pressed_at_s + after_s

    def _stick(self, at_s: float, reason: StuckReason) -> list[ButtonInput]:
        if self._phase is Phase.STUCK:
            return []
        self._phase = Phase.STUCK
        return [Stuck(self.part, at_s, reason)]

    def _settle(self, change: Settled) -> list[ButtonInput]:
        if not change.closed:
            return self._open(change.at_s)
        if self._phase is not Phase.OPEN:
            return []
        self._phase = Phase.PRESSED
        self._pressed_at_s = change.at_s
        return [Pressed(self.part, change.at_s)]

    def _open(self, at_s: float) -> list[ButtonInput]:
        inputs: list[ButtonInput] = [Freed(self.part, at_s)] if self._phase is Phase.STUCK else []
        if self._pressed_at_s is not None:
            inputs.append(Released(self.part, at_s))
        self._phase = Phase.OPEN
        self._pressed_at_s = None
        return inputs
