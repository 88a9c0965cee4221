"""What a press means: a signal, a take-back, or the first half of a quality fail. Pure.

A button answers at the down. Only when its last press can still be taken back does it wait for the
release: short, and it is another press, timed at the down; held, and the last one is taken back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kanban_device.arrivals import Stored
from kanban_device.display import Display
from kanban_device.effects import Beep, Effect, Store
from kanban_device.intent import NextIntent
from kanban_hardware.buzzer import Tone
from kanban_hardware.inputs import Held, Pressed, Released, Stuck
from kanban_protocol.messages import AssignedSlot, Side
from kanban_protocol.refusals import Refusal
from kanban_protocol.signals import AdvanceBody, Body, FailBody, HelpBody, Intent, PullBody, UndoBody

QUALITY = "quality"
HELP = "help"


@dataclass(frozen=True)
class Taken:
    """A press that became a signal and may still be taken back."""

    signal_id: str
    seq: int
    at_s: float


class Presses:
    """The buttons of one station."""

    def __init__(
        self, undo_s: float, intent: NextIntent, display: Display, new_id: Callable[[], str]
    ) -> None:
        self._undo_s = undo_s
        self._intent = intent
        self._display = display
        self._new_id = new_id
        self._slots: dict[str, AssignedSlot] = {}
        self._taken: dict[str, list[Taken]] = {}
        self._waiting: dict[str, float] = {}

    def assign(self, slots: Iterable[AssignedSlot]) -> None:
        """Take what each slot means from now on."""
        self._slots = {f"slot-{slot.slot}": slot for slot in slots}

    @property
    def assigned(self) -> frozenset[str]:
        """The parts that have a meaning."""
        return frozenset(self._slots)

    def press(self, pressed: Pressed) -> list[Effect]:
        part, at_s = pressed.part, pressed.at_s
        is_fail = part not in (QUALITY, HELP) and self._intent.at(at_s) is Intent.FAIL
        if self._newest(part, at_s) and not is_fail:
            self._waiting[part] = at_s
            return []
        return self._mean(part, at_s)

    def release(self, released: Released) -> list[Effect]:
        at_s = self._waiting.pop(released.part, None)
        return [] if at_s is None else self._mean(released.part, at_s)

    def hold(self, held: Held) -> list[Effect]:
        """Take the last press of this button back, if it is what the button waits for."""
        at_s = self._waiting.pop(held.part, None)
        if at_s is None:
            return []
        newest = self._newest(held.part, at_s)
        if newest is None:
            return self._display.refuse(Refusal.NOTHING_TO_UNDO, held.at_s)
        return [self._store("undo", UndoBody(signal=newest.signal_id), at_s, held.part)]

    def stick(self, stuck: Stuck) -> None:
        """A button that is of no use has meant nothing."""
        self._waiting.pop(stuck.part, None)

    def store(self, stored: Stored) -> None:
        """Remember what was stored: it may be taken back, or it takes back."""
        store, body = stored.store, stored.store.body
        if isinstance(body, UndoBody):
            self.forget(lambda taken: taken.signal_id == body.signal)
        elif store.part is not None:
            self._taken.setdefault(store.part, []).append(Taken(store.id, stored.seq, store.at_s))

    def forget(self, is_gone: Callable[[Taken], bool]) -> None:
        """Let presses go that cannot be taken back any more."""
        self._taken = {
            part: [taken for taken in presses if not is_gone(taken)] for part, presses in self._taken.items()
        }

    def _newest(self, part: str, at_s: float) -> Taken | None:
        self.forget(lambda taken: at_s - taken.at_s >= self._undo_s)
        presses = self._taken.get(part)
        return presses[-1] if presses else None

    def _mean(self, part: str, at_s: float) -> list[Effect]:
        if part == QUALITY:
            return self._quality(at_s)
        if part == HELP:
            return [self._store("help", HelpBody(), at_s, part)]
        slot = self._slots.get(part)
        if slot is None:
            return self._display.refuse(Refusal.NOT_ASSIGNED, at_s)
        if self._intent.at(at_s) is Intent.FAIL:
            self._intent.disarm()
            return [self._store("fail", FailBody(loop=slot.loop), at_s, part)]
        if slot.side is Side.CONSUMER:
            return [self._store("pull", PullBody(loop=slot.loop, slot=slot.slot), at_s, part)]
        return [self._store("advance", AdvanceBody(loop=slot.loop, slot=slot.slot), at_s, part)]

    def _quality(self, at_s: float) -> list[Effect]:
        if self._intent.at(at_s) is Intent.FAIL:
            self._intent.disarm()
            self._display.say(self._display.own.not_now(), at_s)
        elif len(self._slots) == 1:
            (slot,) = self._slots.values()
            return [self._store("fail", FailBody(loop=slot.loop), at_s, QUALITY)]
        else:
            self._intent.arm(Intent.FAIL, at_s)
            self._display.say(self._display.own.armed(Intent.FAIL), at_s)
            return [Beep(Tone.DOUBLE)]
        return []

    def _store(self, kind: str, body: Body, at_s: float, part: str) -> Store:
        return Store(kind, body, self._new_id(), at_s, part)
