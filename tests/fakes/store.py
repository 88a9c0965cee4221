"""A store in memory: the tables are replaced as a whole when a transaction ends well."""

import copy
import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from kanban_hub.domain.andon import UNFINISHED_STATES, AndonCall
from kanban_hub.domain.card import Card
from kanban_hub.domain.events import CallRaised, CardMoved, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import STOP_WITHIN_MOST_S, Plant
from kanban_hub.domain.records.record import Record
from kanban_hub.errors import NotLoadedError
from kanban_hub.notices.notice import Notice
from kanban_hub.photo import Photo
from kanban_hub.plantchange import PlantChange
from kanban_hub.ports import (
    PLANT_CHANGES_MOST,
    EventFilter,
    Key,
    KnownLink,
    RecordedEvent,
    ScreenLink,
    SetAside,
    StationLink,
    SupplierLink,
    TakenSignal,
    WantedLamps,
)
from kanban_hub.releases.rollout import Rollout
from tests.fakes.accounts import Access, InMemoryAccounts
from tests.fakes.identities import Identities, InMemoryIdentities
from tests.fakes.notices import InMemoryNotices
from tests.fakes.rollouts import InMemoryRollouts

KEEP_RECORDS_MS = 90 * 86_400_000

Epoch = tuple[str, str]
_epochs = itertools.count(1)


@dataclass
class Tables:
    """All that is stored. What the tables hold is frozen, so a copy of the tables is a copy of all."""

    epoch: str
    revision: int = 1
    plant_revision: int = 0
    plant: Plant | None = None
    plant_changes: list[PlantChange] = field(default_factory=list)
    events: list[RecordedEvent] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    calls: dict[str, AndonCall] = field(default_factory=dict)
    records: dict[tuple[str, str], tuple[Record, int]] = field(default_factory=dict)
    lamps: dict[str, WantedLamps] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    links: dict[str, KnownLink] = field(default_factory=dict)
    signals: dict[Key, TakenSignal] = field(default_factory=dict)
    aside: list[tuple[int, SetAside]] = field(default_factory=list)
    set_aside: int = 0
    contiguous: dict[Epoch, int] = field(default_factory=dict)
    pruned: dict[Epoch, int] = field(default_factory=dict)
    refused_by_reason: Counter[str] = field(default_factory=Counter)
    aside_by_reason: Counter[str] = field(default_factory=Counter)
    notices: dict[int, Notice] = field(default_factory=dict)
    access: Access = field(default_factory=Access)
    identities: Identities = field(default_factory=Identities)
    rollouts: dict[int, Rollout] = field(default_factory=dict)

    def copy(self) -> "Tables":
        made = replace(self)
        for entry in dataclasses.fields(self):
            setattr(made, entry.name, copy.copy(getattr(self, entry.name)))
        return made


class InMemoryView:
    """A `View` on tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def epoch(self) -> str:
        return self._tables.epoch

    def revision(self) -> int:
        return self._tables.revision

    def plant_revision(self) -> int:
        return self._tables.plant_revision

    def plant(self) -> Plant | None:
        return self._tables.plant

    def plant_changes(self, limit: int, before: int | None = None) -> list[PlantChange]:
        newest = reversed(self._tables.plant_changes)
        return [one for one in newest if before is None or one.number < before][:limit]

    def plant_change(self, number: int) -> PlantChange | None:
        return next((one for one in self._tables.plant_changes if one.number == number), None)

    def floor(self) -> Floor:
        plant = self._tables.plant
        if plant is None:
            raise NotLoadedError
        since_ms = self.latest_ms() - STOP_WITHIN_MOST_S * 1000
        calls = [c for c in self.calls() if c.state in UNFINISHED_STATES or c.raised_ms >= since_ms]
        floor = Floor(plant, self._tables.cards.values(), calls, self.records())
        for recorded in self._tables.events:
            if isinstance(recorded.event, CardMoved):
                floor.recall.remember(recorded.event, recorded.occasion)
            elif isinstance(recorded.event, CallRaised) and recorded.occasion.signal:
                floor.recall.keep(recorded.occasion.signal, recorded.occasion)
        return floor

    def events(self, which: EventFilter) -> list[RecordedEvent]:
        found = [recorded for recorded in self._tables.events if _passes(recorded, which)]
        return (found if which.before is None else found[::-1])[: which.limit]

    def latest_event_number(self) -> int:
        return len(self._tables.events)

    def records(self) -> list[Record]:
        since_ms = self.latest_ms() - KEEP_RECORDS_MS
        known = sorted(self._tables.records.items())
        return [record for _, (record, at_ms) in known if record.is_open or at_ms >= since_ms]

    def latest_event_of(self, card: str) -> RecordedEvent | None:
        events = reversed(self._tables.events)
        return next((one for one in events if getattr(one.event, "card", None) == card), None)

    def calls(self, *, only_open: bool = False) -> list[AndonCall]:
        calls = sorted(self._tables.calls.values(), key=lambda call: (call.raised_ms, call.id))
        return [call for call in calls if call.is_open or not only_open]

    def lamps(self) -> dict[str, WantedLamps]:
        return dict(self._tables.lamps)

    def photo(self, photo_id: str) -> Photo | None:
        return self._tables.photos.get(photo_id)

    def links(self) -> list[SupplierLink]:
        return [link for link in self._links() if isinstance(link, SupplierLink)]

    def screens(self) -> list[ScreenLink]:
        return [link for link in self._links() if isinstance(link, ScreenLink)]

    def station_links(self) -> list[StationLink]:
        return [link for link in self._links() if isinstance(link, StationLink)]

    def _links(self) -> list[KnownLink]:
        return sorted(self._tables.links.values(), key=lambda link: (link.made_ms, link.id))

    def signals_by_key(self, keys: Sequence[Key]) -> dict[Key, TakenSignal]:
        return {key: self._tables.signals[key] for key in keys if key in self._tables.signals}

    def signals_by_id(self, ids: Sequence[str]) -> dict[str, TakenSignal]:
        return {signal.id: signal for signal in self._tables.signals.values() if signal.id in ids}

    def pruned(self, keys: Sequence[Key]) -> set[Key]:
        return {key for key in keys if key[2] <= self._tables.pruned.get(key[:2], 0)}

    def contiguous(self) -> dict[Epoch, int]:
        return dict(self._tables.contiguous)

    def beyond(self) -> list[Key]:
        aside = (message.key for _, message in self._tables.aside if message.key is not None)
        keys = itertools.chain(self._tables.signals, aside)
        return [key for key in keys if key[2] > self._tables.contiguous.get(key[:2], 0)]

    def set_aside(self, after: int = 0, limit: int = 100) -> list[tuple[int, SetAside]]:
        return [row for row in self._tables.aside if row[0] > after][:limit]

    def set_aside_of(self, station: str, limit: int = 20) -> list[tuple[int, SetAside]]:
        return [row for row in reversed(self._tables.aside) if row[1].station == station][:limit]

    def counts(self) -> dict[str, dict[str, int]]:
        tables = self._tables
        return {"refused": dict(tables.refused_by_reason), "set_aside": dict(tables.aside_by_reason)}

    def latest_ms(self) -> int:
        return max((recorded.occasion.moment.received_ms for recorded in self._tables.events), default=0)


class InMemoryWork(InMemoryView):
    """A `Work` on tables of its own."""

    def save_plant(self, plant: Plant) -> None:
        self._tables.plant = plant
        self._tables.plant_revision += 1

    def keep_plant_change(self, change: PlantChange) -> None:
        kept = [*self._tables.plant_changes, change]
        self._tables.plant_changes = kept[-PLANT_CHANGES_MOST:]

    def append(self, events: Iterable[tuple[Event, Occasion]]) -> None:
        for event, occasion in events:
            self._tables.events.append(RecordedEvent(len(self._tables.events) + 1, event, occasion))

    def save(self, cards: Iterable[Card], calls: Iterable[AndonCall]) -> None:
        self._tables.cards.update((card.id, card) for card in cards)
        self._tables.calls.update((call.id, call) for call in calls)

    def save_records(self, records: Iterable[Record], at_ms: int) -> None:
        self._tables.records.update(((one.kind, one.id), (one, at_ms)) for one in records)

    def save_lamps(self, lamps: Iterable[WantedLamps]) -> None:
        self._tables.lamps.update((wanted.station, wanted) for wanted in lamps)

    def save_link(self, link: KnownLink) -> None:
        self._tables.links[link.id] = link

    def take(self, signals: Iterable[TakenSignal]) -> None:
        for signal in signals:
            assert signal.key not in self._tables.signals
            self._tables.signals[signal.key] = signal
            if signal.verdict == "refused":
                self._tables.refused_by_reason[str(signal.reason)] += 1

    def put_aside(self, messages: Iterable[SetAside]) -> None:
        for message in messages:
            self._tables.set_aside += 1
            kept = replace(message, payload=message.payload[:4096], detail=message.detail[:500])
            self._tables.aside.append((self._tables.set_aside, kept))
            self._tables.aside_by_reason[message.reason] += 1

    def enqueue(self, notices: Iterable[Notice]) -> None:
        InMemoryNotices(self._tables.notices).enqueue(notices)

    def save_contiguous(self, contiguous: dict[Epoch, int]) -> None:
        self._tables.contiguous.update(contiguous)


class InMemoryStore:
    """A `Store` for one thread."""

    def __init__(self) -> None:
        self._tables = Tables(epoch=f"{next(_epochs):016x}")

    @contextmanager
    def transaction(self) -> Iterator[InMemoryWork]:
        tables = self._tables.copy()
        yield InMemoryWork(tables)
        tables.revision += 1
        self._tables = tables

    @contextmanager
    def view(self) -> Iterator[InMemoryView]:
        yield InMemoryView(self._tables)

    @contextmanager
    def notices(self, *, writes: bool = True) -> Iterator[InMemoryNotices]:
        tables = self._tables.copy()
        yield InMemoryNotices(tables.notices)
        self._tables = tables

    @contextmanager
    def accounts(self, *, writes: bool = True) -> Iterator[InMemoryAccounts]:
        tables = self._tables.copy()
        tables.access = tables.access.copy()
        yield InMemoryAccounts(tables.access)
        self._tables = tables

    @contextmanager
    def identities(self, *, writes: bool = True) -> Iterator[InMemoryIdentities]:
        tables = self._tables.copy()
        tables.identities, tables.access = tables.identities.copy(), tables.access.copy()
        yield InMemoryIdentities(tables.identities, tables.plant, InMemoryAccounts(tables.access))
        self._tables = tables

    @contextmanager
    def rollouts(self, *, writes: bool = True) -> Iterator[InMemoryRollouts]:
        tables = self._tables.copy()
        tables.rollouts, tables.access = dict(tables.rollouts), tables.access.copy()
        yield InMemoryRollouts(tables.rollouts, InMemoryAccounts(tables.access))
        self._tables = tables

    def keep_photo(self, photo: Photo, at_ms: int) -> None:
        self._tables.photos[photo.id] = photo

    def probe(self) -> None:
        """Memory can always be written."""

    def prune(self, before_ms: int, most_aside: int) -> None:
        tables = self._tables.copy()
        for key, signal in self._tables.signals.items():
            if signal.received_ms < before_ms and key[2] <= tables.contiguous.get(key[:2], 0):
                del tables.signals[key]
                tables.pruned[key[:2]] = max(key[2], tables.pruned.get(key[:2], 0))
        tables.aside = [row for row in tables.aside if row[0] > tables.set_aside - most_aside]
        self._tables = tables

    def close(self) -> None:
        """Nothing to give back."""


def _passes(recorded: RecordedEvent, which: EventFilter) -> bool:
    found = {
        "loop": recorded.event.loop,
        "card": getattr(recorded.event, "card", None),
        "station": recorded.occasion.station,
        "kind": recorded.event.kind,
        "call": getattr(recorded.event, "call", None),
    }
    wanted = {name: getattr(which, name) for name in found}
    is_same = all(value in (None, found[name]) for name, value in wanted.items())
    received_ms = recorded.occasion.moment.received_ms
    is_then = (which.since_ms or 0) <= received_ms < (which.until_ms or received_ms + 1)
    is_between = which.after < recorded.number < (which.before or recorded.number + 1)
    is_named = which.numbers is None or recorded.number in which.numbers
    return is_between and is_then and is_same and is_named
