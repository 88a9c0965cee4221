"""What the use cases need from outside: a store. Its two forms are held together by one suite of tests."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

from kanban_hub.accounts.ports import AccountStore
from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lamps import Lamps
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.record import Record
from kanban_hub.identity.ports import IdentityStore
from kanban_hub.notices.notice import Notice
from kanban_hub.notices.ports import NoticeStore
from kanban_hub.photo import Photo
from kanban_hub.plantchange import PlantChange
from kanban_hub.releases.ports import RolloutStore

SCREEN_NAME_SIGNS = 4
Key = tuple[str, str, int]  # station, epoch, seq


@dataclass(frozen=True)
class TakenSignal:
    """A signal and the word that was given on it."""

    key: Key
    id: str
    digest: bytes
    verdict: str
    received_ms: int
    card: str | None = None
    state: str | None = None
    reason: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class SetAside:
    """A message that could not be taken, as it came. `key` is its station and what else was intact."""

    topic: str
    reason: str
    detail: str
    payload: bytes
    received_ms: int
    station: str | None = None
    key: Key | None = None


@dataclass(frozen=True)
class RecordedEvent:
    number: int
    event: Event
    occasion: Occasion


@dataclass(frozen=True)
class WantedLamps:
    """The lamps that a station should show, and since which revision."""

    station: str
    revision: int
    as_of_ms: int
    lamps: Lamps
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """What lets somebody in without an account, for a time, until it is taken back."""

    id: str
    made_ms: int
    expires_ms: int
    revoked_ms: int | None = field(default=None, kw_only=True)

    def is_good(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms < self.expires_ms

    def revoked(self, now_ms: int) -> Self:
        return self if self.revoked_ms is not None else replace(self, revoked_ms=now_ms)

    def renewed(self, expires_ms: int) -> Self:
        """Good again, or for longer."""
        return replace(self, revoked_ms=None, expires_ms=expires_ms)


@dataclass(frozen=True)
class SupplierLink(Link):
    """For the external supplier `station`."""

    station: str


@dataclass(frozen=True)
class ScreenLink(Link):
    """For the screen at `place`, to read and nothing else.

    `target` is the address at the hub that it shows; an empty one is the board of everything, as a wall.
    Without `language` and `theme` the browser's own hold.
    """

    place: str
    target: str | None = None
    language: str | None = None
    theme: str | None = None

    @property
    def name(self) -> str:
        """Short enough to be called out: the beginning of its id."""
        return screen_name(self.id)


def screen_name(link: str) -> str:
    """What a screen of this link calls itself."""
    return link[:SCREEN_NAME_SIGNS].upper()


@dataclass(frozen=True)
class StationLink(Link):
    """For a browser at `place` that is the station `station`, or stands beside it."""

    station: str
    place: str


KnownLink = SupplierLink | ScreenLink | StationLink


@dataclass(frozen=True)
class EventFilter:
    """Which events, oldest first. `after` is the number of the last one known.

    `since_ms`: only what the hub got to know from then on; `until_ms`: only what it knew before.
    `before` is a number: only smaller ones, the newest first. `numbers`: only these.
    """

    after: int = 0
    limit: int = 100
    loop: str | None = None
    card: str | None = None
    station: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    kind: str | None = None
    call: str | None = None
    before: int | None = None
    numbers: tuple[int, ...] | None = None


class View(Protocol):
    """A consistent look at the store."""

    def epoch(self) -> str:
        """16 hex digits, made with the database; another one after a restore."""
        ...

    def revision(self) -> int:
        """Counts the writing transactions: equal revision, equal content."""
        ...

    def plant_revision(self) -> int:
        """Counts the changes of the plant."""
        ...

    def plant(self) -> Plant | None: ...

    def plant_changes(self, limit: int, before: int | None = None) -> list[PlantChange]:
        """Newest first, of those kept; only numbers below `before`."""
        ...

    def plant_change(self, number: int) -> PlantChange | None: ...

    def floor(self) -> Floor:
        """The floor with what the rate, the duplicate window and an undo look back to."""
        ...

    def events(self, which: EventFilter) -> list[RecordedEvent]: ...

    def latest_event_number(self) -> int:
        """0 when there is none."""
        ...

    def records(self) -> list[Record]:
        """The open records, and what closed within the last 90 days."""
        ...

    def latest_event_of(self, card: str) -> RecordedEvent | None:
        """The newest event that names `card`."""
        ...

    def calls(self, *, only_open: bool = False) -> list[AndonCall]: ...

    def lamps(self) -> dict[str, WantedLamps]: ...

    def photo(self, photo_id: str) -> Photo | None: ...

    def links(self) -> list[SupplierLink]:
        """All links for suppliers, oldest first, also those that are no longer good."""
        ...

    def screens(self) -> list[ScreenLink]:
        """All links for screens, in the same way."""
        ...

    def station_links(self) -> list[StationLink]:
        """All links for software stations, in the same way."""
        ...

    def signals_by_key(self, keys: Sequence[Key]) -> dict[Key, TakenSignal]: ...

    def signals_by_id(self, ids: Sequence[str]) -> dict[str, TakenSignal]: ...

    def pruned(self, keys: Sequence[Key]) -> set[Key]:
        """Those of `keys` that are so old that what was taken under them is no longer kept."""
        ...

    def contiguous(self) -> dict[tuple[str, str], int]:
        """(station, epoch) to the highest sequence number without a gap below."""
        ...

    def beyond(self) -> list[Key]:
        """The keys above their epoch's contiguous number."""
        ...

    def set_aside(self, after: int = 0, limit: int = 100) -> list[tuple[int, SetAside]]: ...

    def set_aside_of(self, station: str, limit: int = 20) -> list[tuple[int, SetAside]]:
        """What was set aside of `station`, the newest first."""
        ...

    def counts(self) -> dict[str, dict[str, int]]:
        """`refused` and `set_aside`: how many by reason, since the database was made."""
        ...

    def latest_ms(self) -> int:
        """The latest time in the store: the steady clock never starts before it. 0 when empty."""
        ...


class Work(View, Protocol):
    """One writing transaction: all of it is committed, or nothing."""

    def save_plant(self, plant: Plant) -> None: ...

    def keep_plant_change(self, change: PlantChange) -> None:
        """Keep it with the newest `PLANT_CHANGES_MOST`."""
        ...

    def append(self, events: Iterable[tuple[Event, Occasion]]) -> None: ...

    def save(self, cards: Iterable[Card], calls: Iterable[AndonCall]) -> None: ...

    def save_records(self, records: Iterable[Record], at_ms: int) -> None: ...

    def save_lamps(self, lamps: Iterable[WantedLamps]) -> None: ...

    def save_link(self, link: KnownLink) -> None: ...

    def take(self, signals: Iterable[TakenSignal]) -> None: ...

    def put_aside(self, messages: Iterable[SetAside]) -> None: ...

    def save_contiguous(self, contiguous: dict[tuple[str, str], int]) -> None: ...

    def enqueue(self, notices: Iterable[Notice]) -> None:
        """Add those notices whose id is not there yet."""
        ...


# Each holds the plant of before: of a large plant some 50 kB.
PLANT_CHANGES_MOST = 1_000


class Store(NoticeStore, AccountStore, IdentityStore, RolloutStore, Protocol):
    """Raises `StoreError` when it cannot be read or written."""

    def transaction(self) -> AbstractContextManager[Work]:
        """Commits when the block ends, rolls back when it raises."""
        ...

    def view(self) -> AbstractContextManager[View]: ...

    def keep_photo(self, photo: Photo, at_ms: int) -> None:
        """Keep it, the same one once. Changes no revision: nothing follows from a photo."""
        ...

    def probe(self) -> None:
        """Commit nothing: shows that a commit is possible now."""
        ...

    def prune(self, before_ms: int, most_aside: int) -> None:
        """Forget some of what only grows: signals received before `before_ms`, in the contiguous part of
        their epoch, and all but the newest `most_aside` messages set aside. Changes no revision.
        """
        ...

    def close(self) -> None: ...
