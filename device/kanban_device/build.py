"""How the firmware is put together: the one place that makes its parts."""

import logging
import random
import secrets
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from kanban_device import hub, reporter, spare, station
from kanban_device.blank import Blank
from kanban_device.clock import Clock, SystemClock
from kanban_device.config import StationConfig
from kanban_device.delivery import Delivery
from kanban_device.errors import DataUnusableError
from kanban_device.joining.identity import ends_s
from kanban_device.lock import Lock
from kanban_device.mailbox import Mailbox
from kanban_device.outbox import Outbox
from kanban_device.program import Program
from kanban_device.reporter import ProgramFacts, Reporter
from kanban_device.runtime import Parts, Runtime
from kanban_device.sender import Sender
from kanban_device.service import Service
from kanban_device.station import Memory, Station
from kanban_device.surface import Surface
from kanban_device.texts import Texts
from kanban_device.update.desk import UpdateDesk
from kanban_device.vitals import Monitor
from kanban_device.watchdog import Watchdog
from kanban_device.wire import Wire
from kanban_hardware.gpiozero_pins import GpiozeroPins, lgpio_factory, lgpio_hears_edges
from kanban_hardware.inputs import Input
from kanban_hardware.panel import Panel
from kanban_hardware.pins import Pins
from kanban_hardware.simulated import SimulatedPins
from kanban_hardware.wiring import Wiring
from kanban_protocol import codec
from kanban_protocol.errors import ProtocolError
from kanban_protocol.link import Link, LinkEvent, MqttLink, Session, Will
from kanban_protocol.messages import Assignment
from kanban_protocol.topics import Topics, Up

log = logging.getLogger(__name__)

Connect = Callable[[Session, Callable[[LinkEvent], None]], Link]
MakePanel = Callable[[Callable[[Input], None]], Surface]

STARTS = "starts"
# A will counts only for the connection that left it. The link counts from 1 in each run and the boot id
# outlives the process, so each run gets a range of its own.
CONNECTIONS_PER_RUN = 1_000_000


def open_pins(wiring: Wiring) -> Pins:
    """The pins that the file names. Raises `PinsUnavailableError`."""
    if wiring.pins == "mock":
        return SimulatedPins()
    has_tones = wiring.buzzer is not None and wiring.buzzer.kind == "passive"
    return GpiozeroPins(lgpio_factory(has_tones=has_tones), lgpio_hears_edges)


def open_outbox(config: StationConfig) -> tuple[Lock, Outbox]:
    """The data directory, made where missing, and ours alone. Raises a `DeviceError`."""
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataUnusableError(config.data, error.strerror or str(error)) from error
    is_read_only = spare.is_read_only(config.data)
    with ExitStack() as undo:
        lock = undo.enter_context(Lock(config.data, is_read_only=is_read_only))
        if is_read_only:
            log.error("%s can only be read: what waits is sent, new signals are refused", config.data)
            outbox = Outbox(spare.copy(config.data), lambda: secrets.token_hex(8), disk=config.data)
        else:
            outbox = Outbox(config.data, lambda: secrets.token_hex(8))
        undo.pop_all()
    return lock, outbox


def build(
    config: StationConfig,
    pins: Pins | None = None,
    clock: Clock | None = None,
    connect: Connect | None = None,
    service: Service | None = None,
) -> Program:
    """The whole firmware, ready to run. Raises a `DeviceError` or a `HardwareError`."""
    clock = clock or SystemClock()
    connect = connect or partial(MqttLink, lambda: config.endpoint, clock=clock.now_s)
    return assemble(config, clock, connect, _panel_of(config.hardware, pins, clock), service)


def _panel_of(wiring: Wiring, pins: Pins | None, clock: Clock) -> MakePanel:
    """Raises `PinsUnavailableError`."""
    if not wiring.slots and not wiring.scanners:  # all that gives an input is left off: see `retreat`
        return lambda _put: Blank(clock.now_s)
    opened = pins or open_pins(wiring)
    return lambda put: Panel(wiring, opened, put, clock.now_s)


def assemble(
    config: StationConfig,
    clock: Clock,
    connect: Connect,
    make_panel: MakePanel,
    service: Service | None = None,
) -> Program:
    """The firmware around a link and a panel of the caller's.

    Raises a `DeviceError`, or what the caller's parts raise; what was opened by then is closed again.
    """
    service = service or Service()
    with ExitStack() as undo:
        lock, outbox = open_outbox(config)
        undo.callback(lock.close)
        undo.callback(outbox.close)
        mailbox = Mailbox()
        first = _first_connection(outbox)
        topics = Topics(config.station.site)
        link = connect(_session(config, topics, clock, first), mailbox.put)
        wire = Wire(link, topics, config.station.id)
        panel = make_panel(mailbox.put)
        updates = UpdateDesk.of_this_process(config.data)
        parts = Parts(
            mailbox=mailbox,
            panel=panel,
            outbox=outbox,
            wire=wire,
            delivery=Delivery(outbox, Sender(random.random), wire, clock),
            reporter=Reporter(panel, wire, clock, _facts(updates, service, clock)),
            watchdog=Watchdog(service.supervisor, panel, outbox, link),
            service=service,
            clock=clock,
            updates=updates,
            directory=config.data,
            first_connection=first,
            certificate_ends_s=lambda: ends_s(config.endpoint, config.data),
        )
        program = Program(Runtime(_station(config, outbox, clock), parts), parts, link, lock)
        undo.pop_all()
        return program


def _facts(updates: UpdateDesk, service: Service, clock: Clock) -> ProgramFacts:
    return ProgramFacts(updates, Monitor.of_this_process(clock.now_s()), service.retreat.level)


def _station(config: StationConfig, outbox: Outbox, clock: Clock) -> Station:
    memory = Memory(
        outbox_epoch=outbox.epoch,
        highest_seq=outbox.highest_seq,
        hub_epoch=outbox.recall(hub.HUB_EPOCH),
        assignment=_assignment(outbox.recall(station.ASSIGNMENT)),
        salvaged=outbox.salvage.carried if outbox.salvage else None,
        texts=Texts(config.station.language),
    )
    return Station(config.timing, config.hardware, memory, lambda: str(uuid.uuid4()), clock.now_s())


def _assignment(text: str | None) -> Assignment | None:
    if text is None:
        return None
    try:
        found: Assignment = codec.decode(Assignment, text.encode())
    except ProtocolError as error:
        log.warning("the stored assignment is of no use: %s", error)
        return None
    return found


def _first_connection(outbox: Outbox) -> int:
    before = outbox.recall(STARTS) or "0"
    starts = int(before) + 1 if before.isdigit() else 1
    outbox.remember(STARTS, str(starts))
    return starts * CONNECTIONS_PER_RUN


def _session(config: StationConfig, topics: Topics, clock: Clock, first: int) -> Session:
    topic = topics.up(config.station.id, Up.STATUS)

    def will(connection: int) -> Will:
        message = reporter.status(clock.boot, first + connection, online=False)
        return Will(topic, codec.encode(message))

    client_id = f"kanban-{config.station.id}"
    return Session(client_id, topics.for_station(config.station.id), will)
