"""The consumer's side: a container was emptied, or a full one has arrived."""

from kanban_hub.domain.card import Card, Move, Role, Standing, State
from kanban_hub.domain.errors import NotYourLoopError
from kanban_hub.domain.events import CardMoved, CardStood, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, accepted, already, move
from kanban_hub.domain.plant import KanbanLoop, Side


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
    full = oldest(floor, loop, {State.FULL})
    if full is None:
        return already(loop.id, on_the_way(floor, loop))
    return pull_card(floor, full)


def pull_card(floor: Floor, card: Card) -> Outcome:
    """Pull this very card. Raises when it is not full, held or void."""
    card.check(Move.PULL, Role.CONSUMER)
    if card.ends_at_pull:
        return _ended(card)
    loop = floor.loop(card.loop)
    waiting = _collected(floor, loop)
    if len(waiting) + 1 < loop.batch:
        text = f"{len(waiting) + 1} of {loop.batch} collected"
        return accepted([move(card, Move.PULL, State.COLLECTING)], card, text)
    events: list[Event] = [move(card, Move.PULL, State.REQUESTED)]
    return accepted(events + _released(waiting), card)


def receive(card: Card) -> Outcome:
    """A container has arrived. Raises when its card was never asked for."""
    card.check_not_void()
    if card.state is State.FULL:
        return already(card.loop, "Already here", card)
    card.check(Move.RECEIVE, Role.CONSUMER)
    return accepted([move(card, Move.RECEIVE, State.FULL)], card)


def release(floor: Floor, loop_id: str) -> list[Event]:
    """Give the signal for what has been collected, complete or not."""
    loop = floor.loop(loop_id)
    return _released(_collected(floor, loop))


def overdue_batches(floor: Floor, now_ms: int) -> list[str]:
    """The loops whose oldest collected card has waited longer than `batch_max_wait_s`."""
    found = []
    for loop in floor.plant.loops.values():
        first = oldest(floor, loop, {State.COLLECTING})
        if first is not None and now_ms - first.since_ms >= loop.batch_max_wait_s * 1000:
            found.append(loop.id)
    return found


def oldest(floor: Floor, loop: KanbanLoop, states: set[State]) -> Card | None:
    """The usable card that has been in one of `states` longest; the lower number where two are equal."""
    cards = [c for c in floor.cards_of(loop.id) if c.state in states and c.standing is Standing.ACTIVE]
    return min(cards, key=lambda card: (card.since_ms, card.number), default=None)


def on_the_way(floor: Floor, loop: KanbanLoop) -> str:
    cards = floor.cards_of(loop.id)
    away = sum(card.state is not State.FULL for card in cards)
    return f"Already asked for: {away} of {len(cards)} on the way"


def _repeated(floor: Floor, loop: KanbanLoop, occasion: Occasion) -> Outcome | None:
    if not floor.pulls[loop.id]:
        return None
    last = floor.pulls[loop.id][-1]
    if last.station != occasion.station:
        return None
    if occasion.moment.apart_ms(last.moment) >= loop.duplicate_window_s * 1000:
        return None
    return already(loop.id, "Already taken: the same press", floor.cards[last.card])


def _ended(card: Card) -> Outcome:
    """The container was emptied all the same, so it is a pull: for the duplicate window and the rate."""
    pulled = move(card, Move.PULL, State.REQUESTED)
    end = CardStood(card.loop, card.id, Standing.RETIRED, "replacement no longer needed")
    return accepted([pulled, end], card, "Replacement card ended: put it aside")


def _collected(floor: Floor, loop: KanbanLoop) -> list[Card]:
    cards = floor.cards_of(loop.id)
    return [card for card in cards if card.state is State.COLLECTING and card.standing is Standing.ACTIVE]


def _released(waiting: list[Card]) -> list[Event]:
    return [CardMoved(card.loop, card.id, Move.RELEASE, card.state, State.REQUESTED) for card in waiting]
