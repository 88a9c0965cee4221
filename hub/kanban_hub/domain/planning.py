"""From one plant to the next: which cards are issued, which are retired. No request is ever lost by it."""

from kanban_hub.domain.card import Card, Standing, State
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.events import CardIssued, CardStood, Event, LoopEnded, LoopSet
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop, Plant


def change(floor: Floor, plant: Plant) -> list[Event]:
    """The events that bring the floor's cards to `plant`.

    Raises `PlantChangeError` where a card that is asked for would have to go, or where a number would
    change its meaning.
    """
    if floor.regular and plant.site != floor.plant.site:
        raise PlantChangeError(f"this hub is site {floor.plant.site!r}, the file is site {plant.site!r}")
    events: list[Event] = []
    for loop_id in floor.regular:
        if loop_id not in plant.loops:
            events += _ended(floor, loop_id)
    for loop in plant.loops.values():
        events += _sized(floor, loop)
    return events


def _sized(floor: Floor, loop: KanbanLoop) -> list[Event]:
    _check_same_parties(floor, loop)
    regular = [card for card in floor.cards_of(loop.id) if not card.is_temporary]
    events: list[Event] = []
    if floor.regular.get(loop.id) != loop.cards:
        events.append(LoopSet(loop.id, loop.cards))
    missing = range(loop.cards - len(regular))
    events += [CardIssued(loop.id, floor.next_card_id(loop, ahead), State.FULL) for ahead in missing]
    return events + _retired(loop.id, regular, len(regular) - loop.cards)


def _check_same_parties(floor: Floor, loop: KanbanLoop) -> None:
    known = floor.plant.loops.get(loop.id)
    if known is None or loop.id not in floor.regular:
        return
    if (known.item, known.supplier, known.consumer) != (loop.item, loop.supplier, loop.consumer):
        text = f"loop {loop.id!r}: item, supplier and consumer stay; give the new circuit a new id"
        raise PlantChangeError(text)


def _retired(loop: str, regular: list[Card], surplus: int) -> list[Event]:
    if surplus <= 0:
        return []
    free = [c for c in reversed(regular) if c.state is State.FULL and c.standing is Standing.ACTIVE]
    if len(free) < surplus:
        text = (
            f"loop {loop!r}: {surplus} cards are to go and only {len(free)} are full; "
            "load the file again when more containers are back"
        )
        raise PlantChangeError(text)
    return [CardStood(loop, card.id, Standing.RETIRED, "loop made smaller") for card in free[:surplus]]


def _ended(floor: Floor, loop: str) -> list[Event]:
    cards = floor.cards_of(loop)
    return [*_retired(loop, cards, len(cards)), LoopEnded(loop)]
