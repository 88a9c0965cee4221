"""What the station publishes of itself: that it is there, what its lamps really show, and how it is."""

import logging
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from msgspec import UNSET
from msgspec.structs import replace

from kanban_device import heartbeat
from kanban_device.clock import Clock
from kanban_device.errors import StoreError
from kanban_device.outbox import Outbox
from kanban_device.retreat import Level
from kanban_device.station import Station
from kanban_device.surface import Surface
from kanban_device.update.desk import UpdateDesk
from kanban_device.vitals import Monitor
from kanban_device.wire import Wire
from kanban_hardware.pattern import Pattern
from kanban_protocol.messages import LampPattern, ShownLamps, StationStatus

log = logging.getLogger(__name__)

FIRMWARE = version("kanban-signal-station")
SETTLE_S = 0.5  # how long the lamps may take to follow before what they show is reported as it is
LOOK_S = 0.05


def status(boot: str, connection: int, *, online: bool) -> StationStatus:
    """Birth or last will of one connection."""
    return StationStatus(v=1, online=online, boot=boot, connection=connection, firmware=FIRMWARE)


@dataclass(frozen=True)
class ProgramFacts:
    """What is known of the program itself: its release and updates, who judges it, and what is left off."""

    updates: UpdateDesk
    monitor: Monitor
    level: Level


class Reporter:
    """Publishes on change what the lamps show, and the rest when told to."""

    def __init__(self, panel: Surface, wire: Wire, clock: Clock, program: ProgramFacts) -> None:
        self._panel = panel
        self._program = program
        self._wire = wire
        self._clock = clock
        self._connection: int | None = None
        self._reported: ShownLamps | None = None
        self._wanted: dict[str, Pattern] = {}
        self._changed_at_s = 0.0

    def announce(self, connection: int) -> None:
        """Publish the birth, and the lamps anew: the broker may have forgotten both."""
        self._connection = connection
        self._reported = None
        self._wire.send_status(status(self._clock.boot, connection, online=True))

    def depart(self) -> None:
        """Say that the station goes, which a broker says by itself only when the connection breaks."""
        if self._connection is not None:
            self._wire.send_status(status(self._clock.boot, self._connection, online=False))

    def show(self, patterns: dict[str, Pattern], now_s: float) -> None:
        """Have the lamps show `patterns`."""
        if patterns != self._wanted:
            self._panel.show(patterns)
            self._wanted = patterns
            self._changed_at_s = now_s

    def report(self, station: Station, now_s: float) -> None:
        """Publish what the lamps show when it is not what was published last."""
        shown = self._panel.shown()
        if self._connection is None or (shown != self._wanted and now_s - self._changed_at_s < SETTLE_S):
            return
        applied = station.applied
        message = ShownLamps(
            v=1,
            epoch=applied.epoch if applied else None,
            revision=applied.revision if applied else None,
            lamps=_by_place(shown),
        )
        if message != self._reported and self._wire.send_lamps(message):
            self._reported = message

    def due_s(self, now_s: float) -> float | None:
        """When to look again whether the lamps have followed."""
        is_settling = now_s - self._changed_at_s < SETTLE_S and self._panel.shown() != self._wanted
        return now_s + LOOK_S if is_settling else None

    def _stuck(self) -> dict[str, LampPattern]:
        """The lamps that do not follow, and how they are instead."""
        failing, shown = self._panel.health()["lamps_failing"], _by_place(self._panel.shown())
        return {place: shown[place] for part in failing if (place := part.removeprefix("slot-")) in shown}

    def beat(self, station: Station, outbox: Outbox, directory: Path) -> None:
        """Publish a heartbeat, and show who watches over this process how it is."""
        monitor, now_s = self._program.monitor, self._clock.now_s()
        level = self._program.level
        is_alive = self._panel.health()["alive"] and level is not Level.HARDWARE
        try:
            beat = heartbeat.build(station, outbox, directory, self._clock.stamp(now_s))
        except StoreError as error:
            log.warning("no heartbeat: %s", error)
            monitor.show(now_s, outbox=None, panel=is_alive, linked=False)
            return
        updates = self._program.updates
        beat = replace(beat, release=updates.release, update=updates.report, retreat=int(level) or UNSET)
        beat = replace(beat, stuck_lamps=self._stuck() or UNSET)
        is_sent = self._wire.send_heartbeat(beat)
        monitor.show(now_s, outbox=beat.outbox, panel=is_alive, linked=is_sent)


def _by_place(shown: dict[str, Pattern]) -> dict[str, LampPattern]:
    return {part.removeprefix("slot-"): LampPattern(pattern.value) for part, pattern in shown.items()}
