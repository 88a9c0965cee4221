"""A hub without threads: a real ledger, writer, outlet and intake on a broker in memory, turned by hand."""

from dataclasses import dataclass, field
from typing import Any

from kanban_hub.changes import Changes
from kanban_hub.clock import SteadyClock
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.intake import Intake
from kanban_hub.ledger import Ledger
from kanban_hub.loading import load_plant
from kanban_hub.outlet import Outlet
from kanban_hub.ports import Store
from kanban_hub.presence import Presence
from kanban_hub.writer import Writer, WriterParts
from kanban_protocol.codec import decode, encode
from kanban_protocol.link import LinkEvent, Received, Session, Will
from kanban_protocol.messages import HubStatus, LampState, Receipt, Receipts
from kanban_protocol.topics import Down, Topics, Up
from kanban_protocol.topics import Hub as HubChannel
from tests.fakes.link import FakeLink, InMemoryBroker
from tests.fakes.store import InMemoryStore
from tests.hub.signals import payload

TOPICS = Topics("plant")
STATIONS = (
    Station("assembly", "Final assembly", (620.0, 180.0)),
    Station("paint", "Paint shop"),
    Station("castings-inc", "Castings Inc.", external=True),
)
ITEMS = (Item("bracket", "Bracket, left"), Item("casting", "Casting"))
BRACKET = KanbanLoop("bracket", "bracket", "paint", "assembly", 20, 4, (Move.ACCEPT, Move.SHIP))
CASTING = KanbanLoop(
    "casting", "casting", "castings-inc", "paint", 50, 6, batch=3, batch_max_wait_s=600
)  # fmt: skip
PLANT = Plant("plant", STATIONS, ITEMS, (BRACKET, CASTING))


@dataclass
class HandClock:
    """Seconds that go on only when told."""

    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Probe:
    """A client of the broker that keeps what it hears, in order."""

    broker: InMemoryBroker
    filters: tuple[str, ...]
    heard: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        session = Session("probe", self.filters, lambda _: Will("probe/gone", b""))
        self.link = FakeLink(self.broker, session, self._take)
        self.link.start()

    def _take(self, event: LinkEvent) -> None:
        if isinstance(event, Received):
            self.heard.append((event.topic, event.payload))

    def channels(self) -> list[str]:
        """The last level of each topic heard."""
        return [topic.rsplit("/", 1)[1] for topic, _ in self.heard]

    def all(self, channel: str, form: Any) -> list[Any]:
        return [decode(form, payload) for topic, payload in self.heard if topic.endswith(f"/{channel}")]

    def receipts(self) -> list[Receipt]:
        return [one for message in self.all(Down.RECEIPTS, Receipts) for one in message.signals]


class HubBench:
    """One hub on one store. `turn` is what its thread would do now."""

    def __init__(self, broker: InMemoryBroker, store: Store, hand: HandClock) -> None:
        self.broker, self.store, self.hand = broker, store, hand
        with store.view() as view:
            latest_ms = view.latest_ms()
        self.clock = SteadyClock(latest_ms, wall=lambda: 1_795_446_074.0 + hand(), monotonic=hand)
        self.presence, self.changes = Presence(hand), Changes()
        self.ledger = Ledger(store, self.clock)
        will = encode(HubStatus(v=1, online=False, epoch=self.ledger.epoch, boot="00000001"))
        session = Session("hub", TOPICS.for_hub(), lambda _: Will(TOPICS.hub(HubChannel.STATUS), will))
        self.link = FakeLink(broker, session, self._take, hand)
        outlet = Outlet(self.link, TOPICS, "00000001")
        parts = WriterParts(store, self.ledger, outlet, self.changes, self.presence)
        self.writer = Writer(parts, hand)
        self.barred: set[str] = set()
        self.intake = Intake(TOPICS, self.writer, self.presence, self.clock, self.barred.__contains__)

    def _take(self, event: LinkEvent) -> None:
        self.intake.take(event)

    def connect(self) -> None:
        self.link.reconnect()
        self.writer.turn()

    def go_on(self, seconds: float) -> None:
        """Let time pass, and the hub do what is due by it."""
        self.hand.seconds += seconds
        self.writer.turn()

    def send(self, station: str, message: bytes, channel: Up = Up.SIGNAL) -> None:
        """A message of `station` comes to the broker."""
        self.broker.publish(TOPICS.up(station, channel), message)

    def press(self, seq: int, kind: str = "pull", station: str = "assembly", **rest: Any) -> None:
        """Signal `seq` comes and is taken."""
        self.send(station, payload(seq, kind, **rest))
        self.writer.turn()

    def lamps(self, station: str) -> LampState:
        """The retained lamps of `station`."""
        found: LampState = decode(LampState, self.broker.retained[TOPICS.down(station, Down.LAMPS)])
        return found


def started(store: Store | None = None) -> tuple[HubBench, Probe]:
    """A connected hub of `PLANT` in memory, and who listens to all that it says."""
    store = store or InMemoryStore()
    load_plant(store, PLANT)
    bench = HubBench(InMemoryBroker(), store, HandClock())
    everything = ("kanban/v1/plant/down/+/+", "kanban/v1/plant/hub/+")
    probe = Probe(bench.broker, everything)
    bench.connect()
    return bench, probe
