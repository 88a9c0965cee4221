"""A station that knows the contract and nothing else: no pins, no disk. For load."""

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock

from msgspec import structs

from kanban_protocol.codec import decode, encode
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.link import Connected, LinkEvent, MqttLink, Received, Session, Will
from kanban_protocol.messages import LampState, Receipt, Receipts, StationStatus
from kanban_protocol.signals import (
    Clock,
    Intent,
    Pull,
    PullBody,
    Scan,
    ScanBody,
    Signal,
)
from kanban_protocol.topics import Down, Topics, Up

RESEND_S = 2.0
FIRMWARE = "load"


@dataclass
class Sent:
    """A signal without its receipt."""

    signal: Signal
    at_s: float


OnReceipt = Callable[[str, Receipt], None]
OnLamps = Callable[[list[str], float], None]


class ContractStation:
    """Sends signals and keeps those without a receipt in memory, to send them again."""

    def __init__(
        self, endpoint: Endpoint, topics: Topics, station: str, on: tuple[OnReceipt, OnLamps]
    ) -> None:
        """Start to connect. `on` are called in the link's thread: each receipt, each lamp state."""
        self.id = station
        self._topics = topics
        self._on_receipt, self._on_lamps = on
        self._boot = secrets.token_hex(4)
        self._epoch = secrets.token_hex(8)
        self._seq = 0
        self._lock = Lock()
        self._waiting: dict[int, Sent] = {}
        self.is_ready = Event()
        """Set at the first lamps: the hub then knows this station and it hears the hub."""
        session = Session(f"kanban-{station}", topics.for_station(station), self._will)
        self._link = MqttLink(endpoint, session, self._take)
        self._link.start()

    def pull(self, loop: str) -> str:
        """Send a pull and return its signal's id."""
        return self._send(Pull, PullBody(loop=loop))

    def receive(self, card: str) -> str:
        """Send the scan of a container that has arrived."""
        return self._send(Scan, ScanBody(code=card, intent=Intent.RECEIVE))

    def resend(self) -> None:
        """Send again what has waited too long for its receipt."""
        now_s = time.monotonic()
        with self._lock:
            for sent in self._waiting.values():
                if now_s - sent.at_s >= RESEND_S:
                    sent.at_s = now_s
                    sent.signal = structs.replace(sent.signal, attempt=sent.signal.attempt + 1)
                    self._publish(sent.signal)

    def close(self) -> None:
        self._link.close()

    def _send(self, kind: type[Pull] | type[Scan], body: PullBody | ScanBody) -> str:
        with self._lock:
            self._seq += 1
            signal = kind(
                v=1,
                id=str(uuid.uuid4()),
                epoch=self._epoch,
                seq=self._seq,
                body=body,  # type: ignore[arg-type]  # the two are paired by the callers above
                boot=self._boot,
                mono_ms=time.monotonic_ns() // 1_000_000,
                wall_ms=time.time_ns() // 1_000_000,
                clock=Clock.SYNC,
                age_ms=0,
                attempt=1,
            )
            self._waiting[signal.seq] = Sent(signal, time.monotonic())
            self._publish(signal)
        return signal.id

    def _publish(self, signal: Signal) -> None:
        self._link.publish(self._topics.up(self.id, Up.SIGNAL), encode(signal))

    def _take(self, event: LinkEvent) -> None:
        if isinstance(event, Connected):
            self._link.publish(*self._status(event.connection, online=True), retain=True)
        elif isinstance(event, Received):
            channel = self._topics.read(event.topic).channel
            if channel is Down.LAMPS:
                self.is_ready.set()
                self._on_lamps(decode(LampState, event.payload).because, event.at_s)
            elif channel is Down.RECEIPTS:
                self._settle(decode(Receipts, event.payload))

    def _settle(self, receipts: Receipts) -> None:
        for receipt in receipts.signals:
            with self._lock:
                sent = self._waiting.pop(receipt.seq, None)
            if sent is not None:
                self._on_receipt(sent.signal.id, receipt)

    def _will(self, connection: int) -> Will:
        return Will(*self._status(connection, online=False))

    def _status(self, connection: int, *, online: bool) -> tuple[str, bytes]:
        status = StationStatus(v=1, online=online, boot=self._boot, connection=connection, firmware=FIRMWARE)
        return self._topics.up(self.id, Up.STATUS), encode(status)
