"""Which containers may have the fault of one that failed: they are held as suspect until it is decided."""

from collections.abc import Iterator

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import CardStood, CardSuspected, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import FILLED, Standing
from kanban_hub.domain.plant import KanbanLoop


def contained(floor: Floor, failed: Card, lot: str | None) -> list[Event]:
    """Hold the sister cards of `failed`: the same item of the same supplier, in whichever loop and place.

    With a lot known, those of the same lot, and those of which no lot is known within the loop's
    `containment_window_s`; without one, all within the window.
    """
    loop = floor.loop(failed.loop)
    return [
        CardSuspected(card.loop, card.id, failed.id)
        for card in _of_the_same_kind(floor, loop)
        if card.id != failed.id and _is_sister(loop, failed, card, lot)
    ]


def absolved(floor: Floor, failed: Card) -> list[Event]:
    """The failed container is good after all: what was held because of it is free."""
    return [CardStood(card.loop, card.id, Standing.ACTIVE) for card in suspects_of(floor, failed)]


def suspects_of(floor: Floor, failed: Card) -> list[Card]:
    loops = floor.plant.loops
    return [card for loop in loops for card in floor.cards_of(loop) if card.suspect_of == failed.id]


def _of_the_same_kind(floor: Floor, loop: KanbanLoop) -> Iterator[Card]:
    for other in floor.plant.loops.values():
        if (other.item, other.supplier) == (loop.item, loop.supplier):
            yield from floor.cards_of(other.id)


def _is_sister(loop: KanbanLoop, failed: Card, card: Card, lot: str | None) -> bool:
    if card.state not in FILLED or card.standing is not Standing.ACTIVE:
        return False
    if lot is not None and card.lot is not None:
        return card.lot == lot
    if failed.filled_ms is None or card.filled_ms is None:
        return False
    return abs(failed.filled_ms - card.filled_ms) < loop.containment_window_s * 1000
