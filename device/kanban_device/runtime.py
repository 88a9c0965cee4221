"""The one thread that owns the station: takes letters, asks the station, does what it says.

The order at a press is fixed: committed in the outbox, then flutter and beep, then sent.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kanban_device import effects
from kanban_device.arrivals import (
    CertificateLooked,
    Linked,
    Renewed,
    Settled,
    StationInput,
    Stored,
    StoreLooked,
    StoreRefused,
    Unlinked,
)
from kanban_device.clock import Clock
from kanban_device.delivery import Delivery
from kanban_device.effects import Effect
from kanban_device.errors import PanelDeadError, StoreError, StoreFullError
from kanban_device.mailbox import Letter, Mailbox
from kanban_device.outbox import Outbox, StoreHealth
from kanban_device.reporter import Reporter
from kanban_device.service import Service
from kanban_device.station import Station
from kanban_device.surface import Surface
from kanban_device.timekeeper import Timekeeper
from kanban_device.update.desk import UpdateDesk
from kanban_device.watchdog import Watchdog
from kanban_device.wire import Wire
from kanban_protocol.link import Connected, Disconnected, Received
from kanban_protocol.signals import Clock as ClockQuality

log = logging.getLogger(__name__)

TURN_S = 0.5  # the longest wait: `stop`, and a lamp that stops following, are noticed this fast
HEARTBEAT_S = 10.0
STORE_LOOK_S = 2.0
CERTIFICATE_LOOK_S = 60.0


@dataclass(frozen=True)
class Parts:
    """What a runtime turns. `first_connection` is the number before the first connection of this run."""

    mailbox: Mailbox
    panel: Surface
    outbox: Outbox
    wire: Wire
    delivery: Delivery
    reporter: Reporter
    watchdog: Watchdog
    service: Service
    clock: Clock
    updates: UpdateDesk
    directory: Path
    first_connection: int
    certificate_ends_s: Callable[[], float | None] = lambda: None


@dataclass(frozen=True)
class View:
    """What can be seen of a running station from other threads."""

    outbox: int
    display: tuple[str, ...] = ()


class Runtime:
    """Turns until it is stopped."""

    def __init__(self, station: Station, parts: Parts) -> None:
        self._station = station
        self._parts = parts
        self._beat_at_s = self._look_at_s = self._certificate_at_s = parts.clock.now_s()
        self._is_panel_suspect = False
        self._told_dropped = 0
        self._timekeeper = Timekeeper(parts.directory, parts.clock)
        self._ways = self._table()
        self.view = View(parts.outbox.depth)

    def run(self, stop: threading.Event) -> None:
        """Turn until `stop`. Raises `PanelDeadError`."""
        while not stop.is_set():
            self.turn(self._wait_s())

    def turn(self, timeout_s: float = 0.0) -> None:
        """Take one letter, or let time pass, and do what follows from it. Raises `PanelDeadError`."""
        letter = self._parts.mailbox.take(timeout_s)
        now_s = self._parts.clock.now_s()
        if letter is not None and (arrival := self._arrival(letter)) is not None:
            self._handle(arrival, now_s)
        self._look(now_s)
        self._look_at_certificate(now_s)
        waiting = self._parts.outbox.depth
        self._parts.reporter.show(self._station.lamps(now_s, waiting), now_s)
        self._parts.panel.write(self._station.page(now_s, waiting))
        self._parts.delivery.send(now_s)
        self._parts.reporter.report(self._station, now_s)
        self._beat(now_s)
        self.view = View(self._parts.outbox.depth, self._station.texts(now_s))
        self._parts.watchdog.turn(self._parts.clock.now_s)

    def _wait_s(self) -> float:
        now_s = self._parts.clock.now_s()
        parts = (self._station.due_s(now_s), self._parts.delivery.due_s(), self._parts.reporter.due_s(now_s))
        due_s = min((due for due in parts if due is not None), default=now_s + TURN_S)
        return min(TURN_S, max(0.0, due_s - now_s))

    def _arrival(self, letter: Letter) -> StationInput | None:
        match letter:
            case Connected(connection):
                return Linked(self._parts.first_connection + connection)
            case Disconnected(reason):
                return Unlinked(reason)
            case Received():
                return self._parts.wire.read(letter)
        return letter

    def _handle(self, arrival: StationInput, now_s: float) -> None:
        """Do what the station says, and bring back what came of it before the next thing is done."""
        for effect in self._station.handle(arrival, now_s):
            answer = self._ways[type(effect)](effect)
            if answer is not None:
                self._handle(answer, now_s)

    def _table(self) -> dict[type[Effect], Callable[[Any], StationInput | None]]:
        """How each effect is done. Some are answered."""
        parts = self._parts
        return {
            effects.Store: self._store,
            effects.Flutter: lambda effect: parts.panel.flutter(effect.part),
            effects.Beep: lambda effect: parts.panel.beep(effect.tone),
            effects.Settle: lambda effect: Settled(parts.delivery.settle(effect.receipts)),
            effects.Unsettle: lambda effect: parts.delivery.unsettle(effect.after_seq),
            effects.Renew: self._renew,
            effects.Remember: self._remember,
            effects.Announce: self._announce,
            effects.Resume: lambda _effect: parts.delivery.resume(),
            effects.Pause: lambda _effect: parts.delivery.pause(),
            effects.Update: self._update,
        }

    def _store(self, effect: effects.Store) -> StationInput:
        body = msgspec.json.encode(effect.body).decode()
        try:
            row = self._parts.outbox.put(effect.kind, body, effect.id, self._parts.clock.stamp(effect.at_s))
        except StoreError as error:
            log.warning("%s was refused: %s", effect.kind, error)
            is_full = isinstance(error, StoreFullError)
            return StoreRefused(effect, StoreHealth.FULL if is_full else StoreHealth.BROKEN)
        return Stored(effect, row.seq)

    def _renew(self, effect: effects.Renew) -> StationInput:
        self._parts.delivery.renew(effect.reason)
        return Renewed(self._parts.outbox.epoch, self._parts.outbox.highest_seq)

    def _remember(self, effect: effects.Remember) -> None:
        try:
            self._parts.outbox.remember(effect.key, effect.value)
        except StoreError as error:
            log.warning("%s is not kept over a restart: %s", effect.key, error)

    def _update(self, effect: effects.Update) -> None:
        self._parts.updates.ask(effect.release, force=effect.force, unsent=self._parts.outbox.depth)

    def _announce(self, effect: effects.Announce) -> None:
        self._parts.reporter.announce(effect.connection)
        self._beat_at_s = self._parts.clock.now_s()

    def _look(self, now_s: float) -> None:
        """Look every now and then at what can fail or heal without a press."""
        if now_s < self._look_at_s:
            return
        self._look_at_s = now_s + STORE_LOOK_S
        self._handle(StoreLooked(self._parts.outbox.health()), now_s)
        self._tell(now_s)
        is_alive = self._parts.panel.health()["alive"]
        if not is_alive and self._is_panel_suspect:
            raise PanelDeadError
        self._is_panel_suspect = not is_alive  # twice: a process that was frozen finds every thread late
        if (dropped := self._parts.mailbox.dropped) != self._told_dropped:
            log.warning("%d letters were dropped: too many at once", dropped - self._told_dropped)
            self._told_dropped = dropped

    def _tell(self, now_s: float) -> None:
        service = self._parts.service
        summary = self._station.summary(self._parts.outbox.depth, now_s)
        left_off = f"{service.retreat.level.text}; " if service.retreat.level else ""
        service.supervisor.status(left_off + summary)
        self._timekeeper.turn(now_s)
        service.retreat.turn(now_s)

    def _look_at_certificate(self, now_s: float) -> None:
        """Only shown: whether it lets the station in is the broker's word."""
        if now_s < self._certificate_at_s:
            return
        self._certificate_at_s = now_s + CERTIFICATE_LOOK_S
        stamp, ends_s = self._parts.clock.stamp(now_s), self._parts.certificate_ends_s()
        is_known = ends_s is not None and stamp.clock is not ClockQuality.UNSET
        self._handle(CertificateLooked(is_known and stamp.wall_ms / 1000 > (ends_s or 0)), now_s)

    def _beat(self, now_s: float) -> None:
        if now_s >= self._beat_at_s:
            self._beat_at_s = now_s + HEARTBEAT_S
            self._parts.reporter.beat(self._station, self._parts.outbox, self._parts.directory)
