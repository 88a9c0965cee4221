"""Batches: emptied containers collect until the batch is complete, has waited long enough, or is released."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import CardMoved, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, Standing, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.usable import oldest


def release(floor: Floor, loop_id: str) -> list[Event]:
    """Give the signal for what has been collected, complete or not."""
    loop = floor.loop(loop_id)
    return released(collected(floor, loop))


def overdue_batches(floor: Floor, now_ms: int) -> list[str]:
    """The loops whose oldest collected card has waited longer than `batch_max_wait_s`."""
    found = []
    for loop in floor.plant.loops.values():
        first = oldest(floor, loop, {State.COLLECTING})
        if first is not None and now_ms - first.since_ms >= loop.batch_max_wait_s * 1000:
            found.append(loop.id)
    return found


def collected(floor: Floor, loop: KanbanLoop) -> list[Card]:
    cards = floor.cards_of(loop.id)
    return [card for card in cards if card.state is State.COLLECTING and card.standing is Standing.ACTIVE]


def released(waiting: list[Card]) -> list[Event]:
    return [CardMoved(card.loop, card.id, Move.RELEASE, card.state, State.REQUESTED) for card in waiting]
