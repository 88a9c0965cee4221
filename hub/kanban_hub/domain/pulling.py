"""The consumer's side: a container was emptied."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.collecting import collected, released
from kanban_hub.domain.errors import NotYourLoopError
from kanban_hub.domain.events import CardIssued, CardStood, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.haste import too_fast
from kanban_hub.domain.lot import stocked, take
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Role, Standing, State
from kanban_hub.domain.outcome import Answer, Outcome, accepted, already, move, says
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.records.size import LoopSet
from kanban_hub.domain.usable import oldest


def pull(floor: Floor, loop_id: str, occasion: Occasion) -> Outcome:
    """Take the card that has been full longest (FIFO, as SAP empties: the bin in use, then the oldest).

    A press needs a card behind it: with none full the answer is `already`, and nothing is queued twice.
    """
    loop = floor.loop(loop_id)
    if loop.side_of(occasion.station or "") is not Side.CONSUMER:
        raise NotYourLoopError(occasion.station or "?", loop.id)
    repeated = _repeated(floor, loop, occasion)
    if repeated is not None:
        return repeated
    full = pullable(floor, loop)
    if full is None:
        return already(loop.id, on_the_way(floor, loop))
    return pull_card(floor, full, occasion.moment)


def pullable(floor: Floor, loop: KanbanLoop) -> Card | None:
    """The card that the next pull takes; `None` when nothing is full."""
    if loop.is_signal:
        return stocked(floor, loop)
    return oldest(floor, loop, {State.FULL})


def pull_card(floor: Floor, card: Card, moment: Moment) -> Outcome:
    """Pull this very card. Raises when it is not full, held or void."""
    loop = floor.loop(card.loop)
    if loop.is_signal:
        return take(floor, loop, card, moment)
    card.check(Move.PULL, Role.CONSUMER)
    hurried = too_fast(floor, loop, card, moment)
    if card.ends_when_pulled(moment.at_ms):
        return _ended(card, says("Card ended: put it aside"), hurried)
    size = floor.sizes.get(loop.id)
    if size is not None and size.surplus and not card.is_temporary:
        smaller = LoopSet(loop.id, size.cards, size.surplus - 1)
        return _ended(card, says("Card no longer needed: put it aside"), [*hurried, smaller])
    waiting = collected(floor, loop)
    is_complete = len(waiting) + 1 >= loop.batch
    state = State.REQUESTED if is_complete else State.COLLECTING
    if card.is_obsolete:
        return _exchanged(floor, card, state, hurried)
    events: list[Event] = [move(card, Move.PULL, state), *hurried]
    if is_complete:
        return accepted(events + released(waiting), card)
    return accepted(
        events, card, says("%(count)s of %(batch)s collected", count=len(waiting) + 1, batch=loop.batch)
    )


def on_the_way(floor: Floor, loop: KanbanLoop) -> Answer:
    cards = floor.cards_of(loop.id)
    away = sum(card.state is not State.FULL for card in cards)
    return says("Already asked for: %(away)s of %(all)s on the way", away=away, all=len(cards))


def _repeated(floor: Floor, loop: KanbanLoop, occasion: Occasion) -> Outcome | None:
    if not floor.recall.pulls[loop.id]:
        return None
    last = floor.recall.pulls[loop.id][-1]
    if last.station != occasion.station:
        return None
    if occasion.moment.apart_ms(last.moment) >= loop.duplicate_window_s * 1000:
        return None
    return already(loop.id, says("Already taken: the same press"), floor.cards[last.card])


def _ended(card: Card, text: Answer, also: list[Event]) -> Outcome:
    """The container was emptied all the same, so it is a pull: for the duplicate window and the rate."""
    pulled = move(card, Move.PULL, State.REQUESTED)
    return accepted([pulled, CardStood(card.loop, card.id, Standing.RETIRED, str(text)), *also], card, text)


def _exchanged(floor: Floor, card: Card, state: State, also: list[Event]) -> Outcome:
    """A card of another quantity asks in its place, under a number of its own."""
    number = floor.next_card_id(floor.loop(card.loop))
    text = says("Old quantity: put the card aside, %(number)s takes its place", number=number)
    events: list[Event] = [
        move(card, Move.PULL, state),
        CardStood(card.loop, card.id, Standing.RETIRED, "its quantity has changed"),
        CardIssued(card.loop, number, state, is_temporary=card.is_temporary),
        *also,
    ]
    if state is State.REQUESTED:
        events += released(collected(floor, floor.loop(card.loop)))
    return accepted(events, card, text)
