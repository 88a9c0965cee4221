"""The station: what arrives, and the time, in; what is to be done, out. No I/O, no clock, no threads.

It only passes on: what a press means is in `presses`, a code in `scans`, a receipt in `answers`; what the
lamps show is in `lamps`.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kanban_device import arrivals
from kanban_device.answers import Answers
from kanban_device.arrivals import StationInput
from kanban_device.config import TimingTable
from kanban_device.display import Display
from kanban_device.drill import Drill
from kanban_device.effects import Announce, Beep, Effect, Flutter, Pause, Remember, Update
from kanban_device.health import InputHealth
from kanban_device.hub import Hub
from kanban_device.hubwatch import HubHearing, HubWatch
from kanban_device.intent import NextIntent
from kanban_device.lamps import Facts, resolve
from kanban_device.outbox import StoreHealth
from kanban_device.presses import Presses
from kanban_device.resync import Resync
from kanban_device.scans import Scans
from kanban_device.texts import Texts
from kanban_hardware import inputs
from kanban_hardware.buzzer import Tone
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import COLOURS, Wiring
from kanban_protocol.messages import Assignment, Command, CommandKind, LampState, ReceiptStatus
from kanban_protocol.refusals import Refusal
from kanban_protocol.signals import Intent

log = logging.getLogger(__name__)

ASSIGNMENT = "assignment"


@dataclass(frozen=True)
class Memory:
    """What a station knows from before its start."""

    outbox_epoch: str
    highest_seq: int = 0
    hub_epoch: str | None = None
    assignment: Assignment | None = None
    salvaged: int | None = None
    texts: Texts = field(default_factory=Texts)


class Station:
    """One station's state. `handle` is the only way in; the rest is to look at."""

    def __init__(
        self,
        timing: TimingTable,
        wiring: Wiring,
        memory: Memory,
        new_id: Callable[[], str],
        now_s: float,
    ) -> None:
        self._parts = wiring.lamp_parts
        self._assignment = memory.assignment
        self._store = StoreHealth.OK
        self._display = Display(timing.message_s, memory.texts)
        self._intent = NextIntent(timing.armed_s)
        self._presses = Presses(timing.undo_s, self._intent, self._display, new_id)
        self._presses.assign(memory.assignment.slots if memory.assignment else ())
        self._scans = Scans(self._intent, self._display, new_id)
        self._answers = Answers(memory.outbox_epoch, self._display)
        resync = Resync(memory.outbox_epoch, memory.highest_seq, memory.hub_epoch)
        self._hub = Hub(HubWatch(timing.hub_lost_s, now_s), resync)
        self._drill = Drill(self._parts)
        self._last_command: str | None = None
        self._connection: int | None = None
        self.inputs = InputHealth(wiring)
        self._ways = self._table()
        if memory.salvaged is not None:
            self._display.say(memory.texts.salvaged(memory.salvaged), now_s)

    def handle(self, taken: StationInput, now_s: float) -> list[Effect]:
        """Take one input at `now_s`; return what has to be done for it, in order."""
        return self._ways[type(taken)](taken, now_s)

    @property
    def applied(self) -> LampState | None:
        """The hub's lamp state that holds."""
        return self._hub.applied

    @property
    def refused(self) -> int:
        """Presses and scans that the station itself has taken for nothing since its start."""
        return self._display.refused

    def summary(self, waiting: int, now_s: float) -> str:
        """How it stands, in a line for who looks after the machine; `waiting` signals have no receipt."""
        return (
            f"hub {self._hub.hearing(now_s)}, store {self._store}, {waiting} signals wait for their receipt"
        )

    def lamps(self, now_s: float, waiting: int = 0) -> dict[str, Pattern]:
        """What every lamp has to show at `now_s`, while `waiting` signals have no receipt."""
        intent = self._intent.at(now_s)
        armed = self._presses.assigned if intent is Intent.FAIL else None
        facts = Facts(
            wanted=self._hub.applied,
            hub=self._hub.hearing(now_s),
            store=self._store,
            armed=armed,
            stuck=self.inputs.stuck,
            identifying=self._drill.is_identifying(now_s),
            tested=self._drill.tested(now_s),
            waiting=waiting,
            is_expecting=intent is not Intent.NEXT,
        )
        return resolve(self._parts, facts)

    def texts(self, now_s: float) -> tuple[str, ...]:
        """What the display has to say at `now_s`."""
        return self._display.texts(now_s)

    def page(self, now_s: float, waiting: int) -> tuple[str, ...]:
        """What the display on the wall has to say: as `texts`, and what a virtual one shows elsewhere."""
        is_heard = self._hub.hearing(now_s) is HubHearing.HEARD
        return self._display.page(now_s, waiting, is_heard=is_heard)

    def due_s(self, now_s: float) -> float | None:
        """When lamps or display change by time alone."""
        parts = (self._hub, self._intent, self._display, self._drill)
        return min((due for part in parts if (due := part.due_s(now_s)) is not None), default=None)

    def _table(self) -> dict[type, Callable[[Any, float], list[Effect]]]:
        """What is done with each kind of input. One line each: what is not here cannot reach a station."""
        return {
            inputs.Pressed: lambda taken, _: self._presses.press(taken),
            inputs.Released: lambda taken, _: self._presses.release(taken),
            inputs.Held: lambda taken, _: self._presses.hold(taken),
            inputs.Scanned: lambda taken, _: self._scans.scan(taken),
            inputs.Unreadable: lambda taken, _: self._scans.miss(taken),
            inputs.Stuck: self._stuck,
            inputs.Freed: self._part,
            inputs.Lost: self._part,
            inputs.Found: self._part,
            arrivals.Linked: self._linked,
            arrivals.Unlinked: lambda _taken, _: [Pause()],
            arrivals.ReceiptsArrived: lambda taken, _: self._answers.take(taken.receipts),
            arrivals.LampsArrived: self._lamps_arrived,
            arrivals.AssignmentArrived: self._assigned,
            arrivals.SyncArrived: lambda taken, _: self._hub.take_sync(taken.sync),
            arrivals.HubStatusArrived: self._hub_status,
            arrivals.HubHeartbeatArrived: lambda _taken, now_s: self._hub.hear(now_s),
            arrivals.CommandArrived: self._command,
            arrivals.Stored: self._stored,
            arrivals.StoreRefused: self._store_refused,
            arrivals.StoreLooked: self._store_looked,
            arrivals.CertificateLooked: self._certificate_looked,
            arrivals.Settled: self._settled,
            arrivals.Renewed: self._renewed,
        }

    def _stuck(self, taken: inputs.Stuck, now_s: float) -> list[Effect]:
        self._presses.stick(taken)
        return self._part(taken, now_s)

    def _part(self, taken: Any, _now_s: float) -> list[Effect]:
        self.inputs.take(taken)
        return []

    def _linked(self, taken: arrivals.Linked, _now_s: float) -> list[Effect]:
        self._connection = taken.connection
        return [Announce(taken.connection), *self._hub.link()]

    def _lamps_arrived(self, taken: arrivals.LampsArrived, _now_s: float) -> list[Effect]:
        self._hub.take_lamps(taken.state)
        return self._show_lines()

    def _hub_status(self, taken: arrivals.HubStatusArrived, now_s: float) -> list[Effect]:
        effects = self._hub.take_status(taken.status, now_s, retained=taken.retained)
        return [*effects, *self._show_lines()]

    def _certificate_looked(self, taken: arrivals.CertificateLooked, _now_s: float) -> list[Effect]:
        self._display.notice = self._display.own.certificate_over() if taken.is_over else ""
        return []

    def _show_lines(self) -> list[Effect]:
        self._display.lines = tuple(self._hub.applied.display) if self._hub.applied else ()
        return []

    def _assigned(self, taken: arrivals.AssignmentArrived, _now_s: float) -> list[Effect]:
        if taken.assignment == self._assignment:
            return []
        self._assignment = taken.assignment
        self._presses.assign(taken.assignment.slots)
        return [Remember(ASSIGNMENT, msgspec.json.encode(taken.assignment).decode())]

    def _command(self, taken: arrivals.CommandArrived, now_s: float) -> list[Effect]:
        command = taken.command
        if command.id == self._last_command:
            return []
        self._last_command = command.id
        log.info("command %s: %s", command.id, command.command)
        match command.command:
            case CommandKind.IDENTIFY:
                self._drill.identify(now_s)
                return [Beep(Tone.DOUBLE)]
            case CommandKind.SELF_TEST:
                self._drill.test(now_s)
                return [Beep(Tone.SHORT)]
            case CommandKind.UPDATE:
                return self._update(command)
            case CommandKind.REBIRTH:
                # It came by a connection, so there is one, and it has been announced once.
                return [] if self._connection is None else [Announce(self._connection)]

    def _update(self, command: Command) -> list[Effect]:
        """Only a number goes on from here: no name, no path, no address."""
        if command.release is None or re.fullmatch(r"[1-9][0-9]{0,8}", command.release) is None:
            log.warning("update: %r is no number of a release", command.release)
            return []
        return [Update(int(command.release), command.force)]

    def _stored(self, taken: arrivals.Stored, _now_s: float) -> list[Effect]:
        self._hub.count(taken.seq)
        self._store = StoreHealth.OK
        self._presses.store(taken)
        return [*(Flutter(part) for part in self._seen_by(taken.store.part)), Beep(Tone.SHORT)]

    def _seen_by(self, part: str | None) -> list[str]:
        """The lamps that say "stored": the pressed button's, or for a scan every slot's."""
        if part in self._parts:
            return [part]
        return [lamp for lamp in self._parts if lamp not in COLOURS] or list(self._parts)

    def _store_refused(self, taken: arrivals.StoreRefused, now_s: float) -> list[Effect]:
        self._store = taken.health
        return self._display.refuse(Refusal.STORE_FULL, now_s)

    def _store_looked(self, taken: arrivals.StoreLooked, _now_s: float) -> list[Effect]:
        self._store = taken.health
        return []

    def _settled(self, taken: arrivals.Settled, now_s: float) -> list[Effect]:
        """A signal that moved nothing cannot be taken back."""
        moved_nothing = {r.seq for r in taken.receipts if r.status is not ReceiptStatus.ACCEPTED}
        self._presses.forget(lambda press: press.seq in moved_nothing)
        return self._answers.show(taken, now_s)

    def _renewed(self, taken: arrivals.Renewed, _now_s: float) -> list[Effect]:
        self._answers.renew(taken.epoch)
        self._hub.renew(taken.epoch, taken.highest_seq)
        return []
