"""Between the station's words and the broker's bytes: what is published, and what a message means."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from kanban_device import arrivals
from kanban_device.arrivals import Arrival
from kanban_device.clock import Stamp
from kanban_device.sender import Sending, age_ms
from kanban_protocol import codec
from kanban_protocol.errors import ProtocolError
from kanban_protocol.link import Link, Received
from kanban_protocol.messages import (
    Assignment,
    Command,
    HubHeartbeat,
    HubStatus,
    LampState,
    Receipts,
    ShownLamps,
    StationHeartbeat,
    StationStatus,
    Sync,
)
from kanban_protocol.signals import KINDS
from kanban_protocol.topics import Down, Hub, Topics, Up

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Form:
    """How one channel is read. `retained`: whether the broker's memory of it means anything."""

    message: type
    arrival: Callable[[Any, bool], Arrival]
    retained: bool = True


# A retained receipt or command is nobody's word: the hub never sends one so.
FORMS: dict[Down | Hub, Form] = {
    Down.RECEIPTS: Form(Receipts, lambda found, _: arrivals.ReceiptsArrived(found), retained=False),
    Down.SYNC: Form(Sync, lambda found, _: arrivals.SyncArrived(found)),
    Down.LAMPS: Form(LampState, lambda found, _: arrivals.LampsArrived(found)),
    Down.ASSIGNMENT: Form(Assignment, lambda found, _: arrivals.AssignmentArrived(found)),
    Down.COMMAND: Form(Command, lambda found, _: arrivals.CommandArrived(found), retained=False),
    Hub.STATUS: Form(HubStatus, arrivals.HubStatusArrived),
    Hub.HEARTBEAT: Form(HubHeartbeat, lambda _found, _: arrivals.HubHeartbeatArrived(), retained=False),
}


class Wire:
    """One station's side of the contract."""

    def __init__(self, link: Link, topics: Topics, station: str) -> None:
        self._link = link
        self._topics = topics
        self._station = station
        self._told: set[tuple[str, str]] = set()
        self.dropped = 0

    def read(self, received: Received) -> Arrival | None:
        """What a message means; None for one that follows no contract, which is counted."""
        try:
            form = self._form(received)
            if form is None:
                self._drop(received.topic, "not expected here")
                return None
            return form.arrival(codec.decode(form.message, received.payload), received.retained)
        except ProtocolError as error:
            self._drop(received.topic, f"{error.reason}: {error}")
            return None

    def _form(self, received: Received) -> Form | None:
        address = self._topics.read(received.topic)
        # Up is asked for by its type: its channels have the names of others.
        if isinstance(address.channel, Up) or address.station not in (None, self._station):
            return None
        form = FORMS[address.channel]
        return form if form.retained or not received.retained else None

    def send_signal(self, sending: Sending, epoch: str, now: Stamp) -> bool:
        row = sending.row
        kind = KINDS[row.kind]
        signal = kind(
            v=1,
            id=row.id,
            epoch=epoch,
            seq=row.seq,
            boot=row.stamp.boot,
            mono_ms=row.stamp.mono_ms,
            wall_ms=row.stamp.wall_ms,
            clock=row.stamp.clock,
            age_ms=age_ms(row.stamp, now),
            attempt=sending.attempt,
            body=msgspec.json.decode(row.body, type=kind.__annotations__["body"]),
        )
        return self._publish(Up.SIGNAL, signal)

    def send_status(self, status: StationStatus) -> bool:
        return self._publish(Up.STATUS, status, retain=True)

    def send_heartbeat(self, heartbeat: StationHeartbeat) -> bool:
        return self._publish(Up.HEARTBEAT, heartbeat, qos=0)

    def send_lamps(self, shown: ShownLamps) -> bool:
        return self._publish(Up.LAMPS, shown, retain=True)

    def _publish(self, channel: Up, message: Any, *, qos: int = 1, retain: bool = False) -> bool:
        topic = self._topics.up(self._station, channel)
        return self._link.publish(topic, codec.encode(message), qos=qos, retain=retain)

    def _drop(self, topic: str, reason: str) -> None:
        self.dropped += 1
        if (topic, reason) not in self._told and len(self._told) < 100:  # noqa: PLR2004  # a flood tells nothing new
            self._told.add((topic, reason))
            log.warning("dropped a message on %.120s: %s", topic, reason)
