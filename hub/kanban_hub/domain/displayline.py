"""What stands on a station's display, as facts: they are put into words where they leave the hub.

Equal facts are equal lamps, so ages are coarse on purpose: each change is a new revision of the lamps.
"""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, Standing, State
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.records.promise import Promise

_EXACT_MIN, _STEP_MIN, _HOUR_MIN, _MINUTE_MS = 10, 5, 60, 60_000


class Says(StrEnum):
    """What a line says, the most important first."""

    SUSPECT = "suspect"
    PROMISED = "promised"  # asked for, and it is said when it is ready
    LATE = "late"  # asked for, and the promise has passed
    ASKED = "asked"
    BOTH = "both"  # asked for, while the next batch is collected
    COLLECTING = "collecting"
    COMING = "coming"
    ALL_FULL = "all_full"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True)
class DisplayLine:
    """The line of one slot. `count` is of cards; times in coarse minutes, 0 for less than one.

    `collected` of `batch` cards wait for the rest of their batch.
    """

    slot: int
    item: str
    says: Says
    count: int = 0
    oldest_min: int = 0
    ready_in_min: int = 0
    collected: int = 0
    batch: int = 0


def line(floor: Floor, side: tuple[int, KanbanLoop, str], suspects: int, now_ms: int) -> DisplayLine:
    """The line of a slot, its loop and its station; `suspects` are held there."""
    slot, loop, station = side
    name = floor.plant.item_name(loop)
    cards = [card for card in floor.cards_of(loop.id) if card.standing is Standing.ACTIVE]
    asked = [card for card in cards if card.state in OPEN]
    collected = sum(card.state is State.COLLECTING for card in cards)
    coming = sum(card.state is State.IN_TRANSIT for card in cards)
    if suspects:
        return DisplayLine(slot, name, Says.SUSPECT, suspects)
    if asked:
        return _asked(floor, (slot, loop), asked, collected, now_ms)
    if collected:
        return DisplayLine(slot, name, Says.COLLECTING, collected=collected, batch=loop.batch)
    if coming:
        return DisplayLine(slot, name, Says.COMING, coming)
    is_consumer = loop.side_of(station) is Side.CONSUMER
    return DisplayLine(slot, name, Says.ALL_FULL if is_consumer else Says.NOTHING_ASKED)


def _asked(
    floor: Floor, at: tuple[int, KanbanLoop], asked: list[Card], collected: int, now_ms: int
) -> DisplayLine:
    slot, loop = at
    name, count = floor.plant.item_name(loop), len(asked)
    oldest = _coarse_min(now_ms - min(card.waits_since_ms for card in asked))
    promise = floor.record(Promise, loop.id)
    if promise is not None and promise.is_open:
        if promise.ready_ms <= now_ms:
            return DisplayLine(slot, name, Says.LATE, count, oldest)
        ready = _coarse_min(promise.ready_ms - now_ms)
        return DisplayLine(slot, name, Says.PROMISED, count, oldest, ready_in_min=ready)
    if collected:
        return DisplayLine(slot, name, Says.BOTH, count, oldest, collected=collected, batch=loop.batch)
    return DisplayLine(slot, name, Says.ASKED, count, oldest)


def _coarse_min(age_ms: int) -> int:
    minutes = max(0, age_ms) // _MINUTE_MS
    if minutes < _EXACT_MIN:
        return minutes
    step = _STEP_MIN if minutes < _HOUR_MIN else _HOUR_MIN
    return minutes // step * step
