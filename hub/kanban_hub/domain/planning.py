"""From one plant to the next: which cards are issued, which are to go. No request is ever lost by it."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.events import CardIssued, CardObsoleted, CardStood, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind, Plant
from kanban_hub.domain.records.size import LoopEnded, LoopSet, LoopSize
from kanban_hub.domain.records.trial import Trial, TrialEnded

_NONE_YET = LoopSize("", 0)


def change(floor: Floor, plant: Plant) -> list[Event]:
    """The events that bring the floor's cards to `plant`.

    Raises `PlantChangeError` where a card that is asked for would have to go, or where a number would
    change its meaning.
    """
    if floor.sizes and plant.site != floor.plant.site:
        raise PlantChangeError(f"this hub is site {floor.plant.site!r}, the file is site {plant.site!r}")
    events: list[Event] = []
    for loop_id in floor.sizes:
        if loop_id not in plant.loops:
            events += _ended(floor, loop_id)
    for loop in plant.loops.values():
        _check_same_circuit(floor, loop)
        events += _exchanged(floor, loop)
        events += _sized_by_file(floor, loop)
    return events


def sized(floor: Floor, loop: KanbanLoop, cards: int) -> list[Event]:
    """The events that give `loop` so many regular cards.

    More: new numbers, as full containers. Fewer: nothing is taken from a full container; each card too many
    goes when it is next pulled, which is when somebody has it in the hand.
    """
    regular = [card for card in floor.cards_of(loop.id) if not card.is_temporary]
    surplus = max(0, len(regular) - cards)
    events: list[Event] = []
    size = floor.sizes.get(loop.id, _NONE_YET)
    if (size.cards, size.surplus) != (cards, surplus) or loop.id not in floor.sizes:
        events.append(LoopSet(loop.id, cards, surplus))
    quantity = loop.lot_quantity if loop.is_signal else None
    missing = range(cards - len(regular))
    numbers = [floor.next_card_id(loop, ahead) for ahead in missing]
    return events + [CardIssued(loop.id, number, State.FULL, quantity=quantity) for number in numbers]


def _sized_by_file(floor: Floor, loop: KanbanLoop) -> list[Event]:
    """A running trial goes on where the file says nothing new; where it does, the file decides."""
    trial = floor.record(Trial, loop.id)
    if trial is None or not trial.is_open:
        return sized(floor, loop, loop.cards)
    is_as_before = loop.cards == trial.cards_before and loop.kind is LoopKind.CARD
    if is_as_before and loop.batch <= trial.cards:
        return sized(floor, loop, trial.cards)
    return [TrialEnded(loop.id, loop.cards, is_kept=False), *sized(floor, loop, loop.cards)]


def _check_same_circuit(floor: Floor, loop: KanbanLoop) -> None:
    known = floor.plant.loops.get(loop.id)
    if known is None or loop.id not in floor.sizes:
        return
    if (known.item, known.supplier, known.consumer) != (loop.item, loop.supplier, loop.consumer):
        text = f"loop {loop.id!r}: item, supplier and consumer stay; give the new circuit a new id"
        raise PlantChangeError(text)
    if known.kind is not loop.kind and LoopKind.SIGNAL in (known.kind, loop.kind):
        text = f"loop {loop.id!r}: its cards would stand for something else; give the new circuit a new id"
        raise PlantChangeError(text)


def _exchanged(floor: Floor, loop: KanbanLoop) -> list[Event]:
    """Another quantity makes the printed cards untrue. Nobody changes what a card says: it is exchanged."""
    known = floor.plant.loops.get(loop.id)
    if known is None or known.container_quantity == loop.container_quantity or loop.is_signal:
        return []
    cards = [card for card in floor.cards_of(loop.id) if not card.is_obsolete]
    return [CardObsoleted(loop.id, card.id, known.container_quantity) for card in cards]


def _ended(floor: Floor, loop: str) -> list[Event]:
    cards = floor.cards_of(loop)
    free = [card for card in cards if card.state is State.FULL and card.standing is Standing.ACTIVE]
    if len(free) < len(cards):
        text = (
            f"loop {loop!r}: {len(cards)} cards are to go and only {len(free)} are full; "
            "load the file again when more containers are back"
        )
        raise PlantChangeError(text)
    trial, size = floor.record(Trial, loop), floor.sizes[loop]
    is_tried = trial is not None and trial.is_open
    ended: list[Event] = [TrialEnded(loop, size.cards, is_kept=False)] if is_tried else []
    return [*ended, *map(_retired, cards), LoopEnded(loop)]


def _retired(card: Card) -> Event:
    return CardStood(card.loop, card.id, Standing.RETIRED, "its loop has ended")
