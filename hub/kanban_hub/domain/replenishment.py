"""Which card a supplier serves next: the one whose consumer starves first. The arithmetic is shown."""

from dataclasses import dataclass

from kanban_hub.domain.card import OPEN, Card, Standing, State
from kanban_hub.domain.floor import RATE_PULLS_LEAST, Floor
from kanban_hub.domain.plant import KanbanLoop

_MS_PER_HOUR = 3_600_000


@dataclass(frozen=True)
class Rate:
    """Consumption of a loop in pieces per hour, and whether it is `measured` or still `planned`."""

    per_hour: float
    source: str


@dataclass(frozen=True)
class QueueEntry:
    """One card to serve, with every figure that its place follows from.

    `minutes_to_starvation` = `full_containers` x `container_quantity` / rate - remaining lead time; below
    zero the consumer runs dry before the container can be there.
    """

    card: Card
    full_containers: int
    container_quantity: int
    rate: Rate
    remaining_lead_time_s: float
    minutes_to_starvation: float
    age_s: float

    @property
    def is_replacement(self) -> bool:
        return self.card.replaces is not None


ReplenishmentQueue = list[QueueEntry]


def replenishment_queue(floor: Floor, station: str, now_ms: int) -> ReplenishmentQueue:
    """The cards that `station` has to serve: quality replacements, then minutes to starvation, then age."""
    entries = [
        _entry(floor, loop, card, now_ms)
        for loop in floor.plant.loops_at(station)
        if loop.supplier == station
        for card in floor.cards_of(loop.id)
        if card.state in OPEN and card.standing is Standing.ACTIVE
    ]
    return sorted(entries, key=_place)


def rate(floor: Floor, loop: KanbanLoop) -> Rate:
    """Pieces between the first and the last of the latest pulls, over the time between them."""
    times_ms = sorted(pulled.moment.at_ms for pulled in floor.pulls[loop.id])  # they may arrive late
    if len(times_ms) < RATE_PULLS_LEAST or times_ms[-1] == times_ms[0]:
        return Rate(loop.rate_per_hour, "planned")
    pieces = (len(times_ms) - 1) * loop.container_quantity
    return Rate(pieces * _MS_PER_HOUR / (times_ms[-1] - times_ms[0]), "measured")


def full_containers(floor: Floor, loop: KanbanLoop) -> int:
    """Containers that the consumer can use now."""
    cards = floor.cards_of(loop.id)
    return sum(card.state is State.FULL and card.standing is Standing.ACTIVE for card in cards)


def _entry(floor: Floor, loop: KanbanLoop, card: Card, now_ms: int) -> QueueEntry:
    full, consumption = full_containers(floor, loop), rate(floor, loop)
    age_s = max(0, now_ms - card.waits_since_ms) / 1000
    remaining_s = _remaining_lead_time_s(loop, card, now_ms)
    stock_minutes = full * loop.container_quantity / consumption.per_hour * 60
    return QueueEntry(
        card, full, loop.container_quantity, consumption, remaining_s, stock_minutes - remaining_s / 60, age_s
    )


def _remaining_lead_time_s(loop: KanbanLoop, card: Card, now_ms: int) -> float:
    """Waiting shortens nothing: until the card is being made, the whole lead time lies ahead.

    Counted from the asking, an old card would have less ahead of it and rank behind a young one.
    """
    if card.state is State.IN_PROCESS:
        return max(0.0, loop.lead_time_s - max(0, now_ms - card.since_ms) / 1000)
    return 0.0 if card.state is State.DONE else float(loop.lead_time_s)


def _place(entry: QueueEntry) -> tuple[bool, float, float, str]:
    return (not entry.is_replacement, entry.minutes_to_starvation, -entry.age_s, entry.card.id)
