"""From one plant to the next: which cards are issued, which are to go. No request is ever lost by it."""

from collections.abc import Iterator

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.events import CardIssued, CardObsoleted, CardStood, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.obstacles import Hurdle, Obstacle
from kanban_hub.domain.plant import KanbanLoop, LoopKind, Plant
from kanban_hub.domain.records.size import LoopEnded, LoopSet, LoopSize
from kanban_hub.domain.records.trial import Trial, TrialEnded

_NONE_YET = LoopSize("", 0)


def change(floor: Floor, plant: Plant) -> list[Event]:
    """The events that bring the floor's cards to `plant`.

    Raises `PlantChangeError` where a card that is asked for would have to go, or where a number would
    change its meaning.
    """
    obstacles = list(_obstacles(floor, plant))
    if obstacles:
        raise PlantChangeError(obstacles)
    events: list[Event] = []
    for loop_id in floor.sizes:
        if loop_id not in plant.loops:
            events += _ended(floor, loop_id)
    for loop in plant.loops.values():
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


def _obstacles(floor: Floor, plant: Plant) -> Iterator[Obstacle]:
    sizes = floor.sizes
    if sizes and plant.site != floor.plant.site:
        yield Obstacle(Hurdle.SITE, setting="site", known=floor.plant.site, wanted=plant.site)
        return  # all that follows would be said of another plant
    for loop_id in sizes:
        if loop_id not in plant.loops:
            yield from _still_asked(floor, loop_id)
    for loop in plant.loops.values():
        if loop.id in sizes and loop.id in floor.plant.loops:
            yield from _another_circuit(floor.plant.loops[loop.id], loop)


def _another_circuit(known: KanbanLoop, loop: KanbanLoop) -> Iterator[Obstacle]:
    for setting in ("item", "supplier", "consumer"):
        before, after = getattr(known, setting), getattr(loop, setting)
        if before != after:
            yield Obstacle(Hurdle.CIRCUIT, loop.id, setting, before, after)
    if known.kind is not loop.kind and LoopKind.SIGNAL in (known.kind, loop.kind):
        yield Obstacle(Hurdle.MEANING, loop.id, "kind", known.kind.value, loop.kind.value)


def _still_asked(floor: Floor, loop: str) -> Iterator[Obstacle]:
    cards = floor.cards_of(loop)
    free = [card for card in cards if card.state is State.FULL and card.standing is Standing.ACTIVE]
    if len(free) < len(cards):
        yield Obstacle(Hurdle.ASKED, loop, cards=len(cards), full=len(free))


def _exchanged(floor: Floor, loop: KanbanLoop) -> list[Event]:
    """Another quantity makes the printed cards untrue. Nobody changes what a card says: it is exchanged."""
    known = floor.plant.loops.get(loop.id)
    if known is None or known.container_quantity == loop.container_quantity or loop.is_signal:
        return []
    cards = [card for card in floor.cards_of(loop.id) if not card.is_obsolete]
    return [CardObsoleted(loop.id, card.id, known.container_quantity) for card in cards]


def _ended(floor: Floor, loop: str) -> list[Event]:
    trial, size = floor.record(Trial, loop), floor.sizes[loop]
    is_tried = trial is not None and trial.is_open
    ended: list[Event] = [TrialEnded(loop, size.cards, is_kept=False)] if is_tried else []
    return [*ended, *map(_retired, floor.cards_of(loop)), LoopEnded(loop)]


def _retired(card: Card) -> Event:
    return CardStood(card.loop, card.id, Standing.RETIRED, "its loop has ended")
