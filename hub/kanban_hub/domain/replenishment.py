"""Which card a supplier serves next: the one whose consumer starves first. The arithmetic is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, Standing, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.records.box import HeijunkaBox
from kanban_hub.domain.records.promise import Promise
from kanban_hub.domain.stock import LeadTime, Rate, full_containers, lead_time, rate, stock_pieces

_SECONDS_BELOW_MINUTES, _MINUTES_BELOW_HOURS = 3, 120
_WHOLE_FROM = 10


@dataclass(frozen=True)
class QueueEntry:
    """One card to serve, with every figure that its place follows from.

    `minutes_to_starvation` = `stock_pieces` / rate - remaining lead time; below zero the consumer runs dry
    before the container can be there. `quantity` is the pieces that the card asks for.
    """

    card: Card
    full_containers: int
    stock_pieces: int
    container_quantity: int
    quantity: int
    rate: Rate
    lead_time: LeadTime
    remaining_lead_time_s: float
    minutes_to_starvation: float
    age_s: float
    promise: Promise | None = None
    changeover_group: str | None = None
    needs_changeover: bool = False
    pitch_ms: int | None = None

    @property
    def is_replacement(self) -> bool:
        return self.card.replaces is not None

    @property
    def arithmetic(self) -> str:
        """The figures behind the place, as a supervisor would write them down."""
        return (
            f"{self.stock_pieces} pieces ÷ {_per_hour(self.rate.per_hour)}/h"
            f" − {_minutes(self.remaining_lead_time_s / 60)} lead time"
            f" = {_minutes(self.minutes_to_starvation)} ({self._sources})"
        )

    @property
    def _sources(self) -> str:
        if self.rate.source == self.lead_time.source:
            return self.rate.source
        return f"rate {self.rate.source}, lead time {self.lead_time.source}"


def _per_hour(pieces: float) -> str:
    return f"{pieces:,.0f}" if pieces >= _WHOLE_FROM else f"{pieces:.2g}"


def _minutes(minutes: float) -> str:
    """Exact enough to follow the sum: seconds near zero, hours far from it."""
    if abs(minutes) < _SECONDS_BELOW_MINUTES:
        return f"{round(minutes * 60)} s".replace("-", "−")
    if abs(minutes) < _MINUTES_BELOW_HOURS:
        return f"{round(minutes)} min".replace("-", "−")
    return f"{minutes / 60:.1f} h".replace(".0 h", " h").replace("-", "−")


ReplenishmentQueue = list[QueueEntry]


def replenishment_queue(floor: Floor, station: str, now_ms: int) -> ReplenishmentQueue:
    """The cards that `station` has to serve: quality replacements, then minutes to starvation, then age.

    Where loops name changeover groups, a card that starves nobody waits while the group that is set up
    has others: first replacements, then who starves, then the group set up, then the rest. At a levelled
    station the cards of the frozen zone come in the order of their pitches, before all but replacements.
    """
    entries = [
        entry
        for loop in floor.plant.loops_at(station)
        if loop.supplier == station
        for entry in _entries(floor, loop, now_ms)
    ]
    return sorted(_grouped(floor, station, entries), key=_place)


def starves_before_promise(floor: Floor, loop: KanbanLoop, now_ms: int) -> bool:
    """Whether the supplier has promised the next container for after the consumer has run dry."""
    promise = floor.record(Promise, loop.id)
    if promise is None or not promise.is_open:
        return False
    runs_dry_ms = now_ms + stock_pieces(floor, loop) * 3_600_000 / rate(floor, loop).per_hour
    return promise.ready_ms > runs_dry_ms


def _entries(floor: Floor, loop: KanbanLoop, now_ms: int) -> Iterator[QueueEntry]:
    """One for each card to serve. What is the loop's own is looked up once: boards are drawn often."""
    cards = [c for c in floor.cards_of(loop.id) if c.state in OPEN and c.standing is Standing.ACTIVE]
    if not cards:
        return
    full, pieces = full_containers(floor, loop), stock_pieces(floor, loop)
    consumption, lead = rate(floor, loop), lead_time(floor, loop)
    promise, box = floor.record(Promise, loop.id), floor.record(HeijunkaBox, loop.supplier)
    for card in cards:
        remaining_s = _remaining_lead_time_s(lead, card, now_ms)
        pitch = box.pitch_of(card.id) if box else None
        yield QueueEntry(
            card=card,
            full_containers=full,
            stock_pieces=pieces,
            container_quantity=loop.container_quantity,
            quantity=loop.quantity_of(card),
            rate=consumption,
            lead_time=lead,
            remaining_lead_time_s=remaining_s,
            minutes_to_starvation=pieces / consumption.per_hour * 60 - remaining_s / 60,
            age_s=max(0, now_ms - card.waits_since_ms) / 1000,
            promise=promise if promise is not None and promise.is_open else None,
            changeover_group=loop.changeover_group,
            pitch_ms=pitch.at_ms if pitch else None,
        )


def _remaining_lead_time_s(lead: LeadTime, card: Card, now_ms: int) -> float:
    """Waiting shortens nothing: until the card is being made, the whole lead time lies ahead.

    Counted from the asking, an old card would have less ahead of it and rank behind a young one.
    """
    if card.state is State.IN_PROCESS:
        return max(0.0, lead.seconds - max(0, now_ms - card.since_ms) / 1000)
    return 0.0 if card.state is State.DONE else lead.seconds


def _grouped(floor: Floor, station: str, entries: list[QueueEntry]) -> list[QueueEntry]:
    """Mark the cards that need a changeover: another group than that made last at `station`."""
    set_up = _set_up(floor, station)
    if set_up is None:
        return entries
    return [replace(e, needs_changeover=e.changeover_group not in (None, set_up)) for e in entries]


def _set_up(floor: Floor, station: str) -> str | None:
    """The changeover group of the card that the station started or finished last."""
    made = [
        (card.last.moment.at_ms, card.number, group)
        for loop in floor.plant.loops_at(station)
        if loop.supplier == station and (group := loop.changeover_group)
        for card in floor.cards_of(loop.id)
        if card.last is not None and card.state in _BEGUN
    ]
    return max(made)[2] if made else None


_BEGUN = (State.IN_PROCESS, State.DONE, State.IN_TRANSIT)


def _place(entry: QueueEntry) -> tuple[bool, float, bool, float, float, str]:
    can_wait = entry.minutes_to_starvation >= 0
    return (
        not entry.is_replacement,
        inf if entry.pitch_ms is None else entry.pitch_ms,
        can_wait and entry.needs_changeover,
        entry.minutes_to_starvation,
        -entry.age_s,
        entry.card.id,
    )
