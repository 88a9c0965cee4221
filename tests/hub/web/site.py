"""A small seeded hub for the web's tests: a real store, a hand-turned clock, orders carried out at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.register import Register
from kanban_hub.accounts.sessions import Sessions
from kanban_hub.accounts.tokens import Tokens
from kanban_hub.backup import Vault
from kanban_hub.changes import Changes
from kanban_hub.clock import SteadyClock
from kanban_hub.commands import Commands
from kanban_hub.domain import lamps, planning
from kanban_hub.domain.consequences import due, following
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.line import Line
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.domain.sizing.trial import plant_after
from kanban_hub.errors import NotLoadedError, StoreError
from kanban_hub.evidence import EvidenceReader
from kanban_hub.execution import carry_out, occasion_of
from kanban_hub.identity.keeper import KeeperParts
from kanban_hub.identity.office import Office
from kanban_hub.inbox import Delivery, Word
from kanban_hub.ledger import Ledger
from kanban_hub.loading import replant
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.orders import ChangePlant, Order
from kanban_hub.ports import WantedLamps
from kanban_hub.presence import Presence
from kanban_hub.printers.printer import Printer
from kanban_hub.reader import FloorReader
from kanban_hub.releases.rollouts import Rollouts
from kanban_hub.releases.shelf import Shelf
from kanban_hub.stationfile import stations_broker
from kanban_hub.suppliers.signing import Signer
from kanban_hub.usecases import answer
from kanban_hub.web.app import create_app
from kanban_hub.web.parts import HubHealth, WebParts
from kanban_protocol import signals
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.messages import Command, LampPattern, ShownLamps, StationHeartbeat, StationStatus
from tests.hub.newstore import open_store
from tests.hub.web.sharedrule import SharedRule

Flask.url_rule_class = SharedRule

START_MS = 1_795_446_074_123
TOKEN = "a-token-of-the-hub"
HASHING = Hashing("scrypt:128:8:1")  # as weak as it can be, so that tests are quick
PUBLIC_URL = "https://kanban.example.com"
HOSTILE = "<script>alert('x')</script> & \"co\""

PLANT = Plant(
    "plant",
    [
        Station("assembly", "Final assembly", (620.0, 180.0)),
        Station("paint", "Paint shop"),
        Station("castings", HOSTILE, external=True),
    ],
    [Item("bracket", "Bracket, left"), Item("casting", HOSTILE)],
    [
        KanbanLoop(
            "bracket", "bracket", "paint", "assembly", 20, 4, (Move.ACCEPT, Move.SHIP), lead_time_s=7200,
            rate_per_hour=30.0,
        ),
        KanbanLoop("casting", "casting", "castings", "paint", 50, 3, rate_per_hour=25.0),
    ],
    lines=[Line("bodies", "Bodies", ("paint", "assembly"))],
)  # fmt: skip


class MemoryCache(BytecodeCache):
    """Templates compiled once in a process, not once for each hub of it."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = MemoryCache()


@dataclass
class HandClock:
    """Seconds that go on only when told."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Site:
    """The hub of `PLANT` without broker and threads."""

    data: Path
    hand: HandClock = field(default_factory=HandClock)
    is_connected: bool = True
    commit_age_s: float = 1.0
    is_private: bool = False
    is_stuck: bool = False
    commands: list[tuple[str, Command]] = field(default_factory=list)
    notices: NoticesConfig | None = None
    printers: dict[str, Printer] = field(default_factory=dict)
    door: int | None = None

    def __post_init__(self) -> None:
        self.store = open_store(self.data)
        self.clock = SteadyClock(0, lambda: START_MS / 1000, self.hand)
        self.presence = Presence(self.hand)
        self.changes = Changes()
        self.parts = WebParts(
            store=self.store,
            reader=FloorReader(self.store),
            evidence=EvidenceReader(self.store),
            presence=self.presence,
            changes=self.changes,
            clock=self.clock,
            ask=self.ask,
            hand=self.take,
            commands=Commands(self.send_command, self.hand),
            rollouts=Rollouts(
                self.store, Shelf(self.data), self.presence, self.send_command, self.clock.now_ms
            ),
            token=TOKEN,
            hub=self.health,
            signer=Signer("a-key-of-the-hub"),
            sessions=Sessions(self.store, HASHING, self.clock.now_ms, self.hand),
            register=Register(self.store, HASHING, self.clock.now_ms),
            tokens=Tokens(self.store, self.clock.now_ms),
            notices=self.notices,
            vault=Vault(self.data),
            public_url=PUBLIC_URL,
            printers=self.printers,
            is_private=self.is_private,
            office=self._office(),
        )
        self._seq = 0
        self._ledger = Ledger(self.store, self.clock)
        self._taking = Lock()

    def _office(self) -> Office:
        """Identities as the running hub has them, without its threads; `door` is where it would listen."""
        parts = KeeperParts(self.data, self.store, self.clock.now_ms, Endpoint("127.0.0.1", 8883, tls=True))
        office = Office(parts, partial(stations_broker, parts.endpoint))
        office.keeper.port = self.door
        return office

    @cached_property
    def app(self) -> Flask:
        made = create_app(self.parts)
        made.jinja_env.bytecode_cache = _TEMPLATES
        return made

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def send_command(self, station: str, command: Command) -> bool:
        """What the broker gets, while there is a link to it."""
        if self.is_connected:
            self.commands.append((station, command))
        return self.is_connected

    def health(self) -> HubHealth:
        return HubHealth(self.is_connected, self.commit_age_s, 0, 2, "8f64b87a", START_MS, Counter(sent=3))

    def load(self, plant: Plant = PLANT) -> None:
        with self.store.transaction() as work:
            try:
                floor = work.floor()
            except NotLoadedError:
                floor = Floor(plant)
            work.save_plant(plant)
            floor.plant = plant
            loops = self._commit(work, floor, planning.change(floor, plant), Occasion(self._moment()))
        self.changes.tell(loops)

    def signal(self, station: str, kind: str, **body: Any) -> str:
        """Let `station` signal; the id of the signal."""
        self._seq += 1
        form = signals.KINDS[kind]
        signal_id = f"0198f2c4-7c1e-7abc-8def-{self._seq:012d}"
        signal = form(
            v=1, id=signal_id, epoch="9f2c61d0a7b34e55", seq=self._seq, boot="8f64b87a",
            mono_ms=self._seq * 60_000, wall_ms=0, clock=signals.Clock.SYNC, age_ms=0, attempt=1,
            body=form.__annotations__["body"](**body),
        )  # fmt: skip
        with self.store.transaction() as work:
            floor = work.floor()
            occasion = Occasion(self._moment(), station, signal_id, kind)
            loops = self._commit(work, floor, list(answer(floor, signal, occasion).events), occasion)
        self.changes.tell(loops)
        return signal_id

    def take(self, deliveries: Sequence[Delivery]) -> list[Word]:
        """Take signals as the writer does, which is one thread; not while the hub is stuck."""
        if self.is_stuck:
            raise StoreError("the hub did not commit in time: send again")
        with self._taking:
            done = self._ledger.take(deliveries)
        self.changes.tell(done.loops)
        return done.receipts

    def ask(self, order: Order, role: str | None = None) -> None:
        with self.store.transaction() as work:
            if isinstance(order, ChangePlant) and work.plant() is None:
                floor = Floor(order.plant)
            else:
                floor = work.floor()
            occasion = occasion_of(floor, order, self.clock.now_ms(), role)
            if isinstance(order, ChangePlant):
                loops = self._settle(work, floor, replant(work, floor, order, occasion), occasion)
            else:
                loops = self._commit(work, floor, carry_out(floor, order, occasion), occasion)
        self.changes.tell(loops)

    def come_due(self) -> None:
        """Let happen what time alone brings."""
        with self.store.transaction() as work:
            floor, moment = work.floor(), self._moment()
            loops = self._commit(work, floor, due(floor, moment.at_ms), Occasion(moment))
        self.changes.tell(loops)

    def hear(self, station: str, outbox: int = 0, **more: Any) -> None:
        """Let `station` tell that it is well."""
        self.presence.hear(
            station, StationStatus(v=1, online=True, boot="8f64b87a", connection=1, firmware="0.3.0")
        )
        beat = StationHeartbeat(
            v=1, boot="8f64b87a", uptime_s=5, outbox=outbox, oldest_s=12.5 * bool(outbox),
            clock=signals.Clock.SYNC, temperature_c=40.0, disk_free_bytes=10**9, inputs={}, lamps_revision=1,
            refused=0, **more,
        )  # fmt: skip
        self.presence.hear(station, beat)

    def show(
        self,
        station: str,
        *,
        broken: str | None = None,
        own: Mapping[str, LampPattern] | None = None,
        only: tuple[str, ...] | None = None,
    ) -> None:
        """Let `station` show what it should, but for the lamp at `broken`; `own` is what it says itself.

        `only` names the lamps that are wired, None has all wired.
        """
        with self.store.view() as view:
            epoch, wanted = view.epoch(), view.lamps()[station]
        shown = {str(slot): LampPattern(p) for slot, p in wanted.lamps.slots.items()}
        stack = wanted.lamps.stack
        shown |= {c: LampPattern(getattr(stack, c)) for c in ("red", "amber", "green")}
        shown |= own or {}
        if broken is not None:
            shown[broken] = LampPattern.DOUBLE
        if only is not None:
            shown = {place: shown[place] for place in only}
        self.presence.hear(station, ShownLamps(v=1, epoch=epoch, revision=wanted.revision, lamps=shown))

    def _moment(self) -> Moment:
        now_ms = self.clock.now_ms()
        return Moment(now_ms, now_ms, "8f64b87a", self._seq * 60_000, "sync")

    def _commit(self, work: Any, floor: Floor, events: list[Event], occasion: Occasion) -> set[str]:
        for event in events:
            floor.apply(event, occasion)
        return self._settle(work, floor, events, occasion)

    def _settle(self, work: Any, floor: Floor, events: list[Event], occasion: Occasion) -> set[str]:
        """Let follow what follows, and store all of it.

        Gives the loops to be told of, after the commit: whoever asks at the hint must find what it hints at.
        """
        facts, step = [(event, occasion) for event in events], events
        while step := following(floor, step, occasion.moment):
            for event in step:
                floor.apply(event, occasion)
                facts.append((event, occasion))
        work.append(facts)
        plant = plant_after(floor.plant, (event for event, _ in facts))
        if plant is not floor.plant:
            work.save_plant(plant)
        work.save(floor.cards.values(), floor.calls.values())
        work.save_records(floor.records.values(), occasion.moment.at_ms)
        now_ms = self.clock.now_ms()
        before = work.lamps()
        work.save_lamps(
            WantedLamps(
                station,
                before[station].revision + 1 if station in before else 1,
                now_ms,
                lamps.wanted(floor, station, now_ms),
            )
            for station in floor.plant.stations
        )
        return {event.loop for event in events if event.loop}
