"""What comes from the broker, sorted: signals to the writer, words of a station to the presence."""

import logging
from collections.abc import Callable
from typing import Any

from kanban_hub.clock import SteadyClock
from kanban_hub.inbox import Delivery
from kanban_hub.presence import Presence
from kanban_hub.writer import Joined, Writer
from kanban_protocol.codec import decode
from kanban_protocol.errors import ProtocolError
from kanban_protocol.link import Connected, Disconnected, LinkEvent, Received
from kanban_protocol.messages import ShownLamps, StationHeartbeat, StationStatus
from kanban_protocol.topics import Topics, Up

log = logging.getLogger(__name__)

REVOKED = "revoked"
_FORMS: dict[Any, Any] = {
    Up.STATUS: StationStatus,
    Up.HEARTBEAT: StationHeartbeat,
    Up.LAMPS: ShownLamps,
}


class Intake:
    """Runs on the link's thread: it reads, counts and enqueues, and never waits."""

    def __init__(
        self,
        topics: Topics,
        writer: Writer,
        presence: Presence,
        clock: SteadyClock,
        is_barred: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`is_barred` says of which station nothing is taken."""
        self._is_barred = is_barred
        self._topics = topics
        self._writer = writer
        self._presence = presence
        self._clock = clock
        self.is_connected = False

    def take(self, event: LinkEvent) -> None:
        match event:
            case Connected():
                self.is_connected = True
                self._writer.put(Joined())
            case Disconnected():
                self.is_connected = False
            case Received():
                self._receive(event)

    def _receive(self, event: Received) -> None:
        station, channel = self._address(event.topic)
        if channel is None:
            self._deliver("", event)
        elif self._is_barred(station):
            if not event.retained:  # what the broker remembers was said before
                self._presence.count(station, REVOKED)
        elif channel is Up.SIGNAL:
            self._presence.hear(station, is_retained=event.retained)
            self._deliver(station, event)
        else:
            self._hear(station, _FORMS[channel], event)

    def _address(self, topic: str) -> tuple[str, Up | None]:
        """Whose word it is. The hub's own channels are told apart by their type: some share a name."""
        try:
            address = self._topics.read(topic)
        except ProtocolError:
            return "", None
        if address.station is None or not isinstance(address.channel, Up):
            return "", None
        return address.station, address.channel

    def _hear(self, station: str, form: Any, event: Received) -> None:
        try:
            message = decode(form, event.payload)
        except ProtocolError as error:
            self._presence.count(station, error.reason)
            log.warning("on %s: %s", event.topic, error)
            message = None
        self._presence.hear(station, message, is_retained=event.retained)

    def _deliver(self, station: str, event: Received) -> None:
        """What is no station's word is set aside by the inbox, where it is seen."""
        delivery = Delivery(station, event.topic, event.payload, self._clock.now_ms(), event.retained)
        if not self._writer.put(delivery) and station:
            self._presence.count(station, "hub_busy")
