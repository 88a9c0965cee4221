"""A container was found bad, and what becomes of it. A fail feeds the line: a replacement goes first."""

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.card import Card, Move, Role, Standing, State
from kanban_hub.domain.errors import NothingToFailError, NotYourLoopError
from kanban_hub.domain.events import (
    CallRaised,
    CardEnding,
    CardIssued,
    CardMadeRegular,
    CardStood,
    Event,
    Occasion,
)
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, accepted, already, move
from kanban_hub.domain.plant import KanbanLoop, Side

# What a supplier can find bad, the furthest along first. A consumer fails the container in use.
_AT_SUPPLIER = (State.IN_TRANSIT, State.DONE, State.IN_PROCESS)


def fail(floor: Floor, loop_id: str, defect: str | None, occasion: Occasion) -> Outcome:
    """Fail by loop: at the consumer the card full longest, at the supplier the card furthest along."""
    loop = floor.loop(loop_id)
    side = loop.side_of(occasion.station or "")
    if side is None:
        raise NotYourLoopError(occasion.station or "?", loop.id)
    states = (State.FULL,) if side is Side.CONSUMER else _AT_SUPPLIER
    cards = [c for c in floor.cards_of(loop.id) if c.state in states and c.standing is Standing.ACTIVE]
    if not cards:
        raise NothingToFailError(loop.id)
    card = min(cards, key=lambda c: (states.index(c.state), c.since_ms, c.id))
    return fail_card(floor, card, defect, occasion)


def fail_card(floor: Floor, card: Card, defect: str | None, occasion: Occasion) -> Outcome:
    """Quarantine this card, call the supplier, and issue one replacement at the head of the queue."""
    if card.state is State.QUARANTINED and not card.is_void:
        return already(card.loop, "Already quarantined", card)
    card.check(Move.FAIL, Role.CONSUMER)
    loop = floor.loop(card.loop)
    call_id = f"call-{occasion.signal}"
    events: list[Event] = [
        move(card, Move.FAIL, State.QUARANTINED),
        CallRaised(loop.id, call_id, CallKind.QUALITY, loop.supplier, card.id, defect, occasion.station),
        _replacement(floor, loop, card, is_temporary=True),
    ]
    return accepted(events, card, "Quarantined; a replacement is asked for")


def clear(floor: Floor, card: Card) -> list[Event]:
    """The container is good after all: back to the state before the fail."""
    card.check(Move.CLEAR, Role.QUALITY)
    return [move(card, Move.CLEAR, card.failed_from or State.FULL), *_ending(floor, card)]


def rework(floor: Floor, card: Card) -> list[Event]:
    """The supplier makes it good."""
    card.check(Move.REWORK, Role.QUALITY)
    return [move(card, Move.REWORK, State.IN_PROCESS), *_ending(floor, card)]


def scrap(floor: Floor, card: Card) -> list[Event]:
    """The card is retired with its container, and the replacement takes its place in the loop."""
    card.check(Move.SCRAP, Role.QUALITY)
    events: list[Event] = [
        move(card, Move.SCRAP, State.QUARANTINED),
        CardStood(card.loop, card.id, Standing.RETIRED, "scrapped"),
    ]
    stand_in = replacement_of(floor, card.id)
    if card.is_temporary:
        return events + (_ending(floor, card) if card.ends_at_pull else [])
    if stand_in is None:
        return [*events, _replacement(floor, floor.loop(card.loop), card, is_temporary=False)]
    return [*events, CardMadeRegular(card.loop, stand_in.id)]


def replacement_of(floor: Floor, card_id: str) -> Card | None:
    """The card that now stands in for `card_id`; when that one was void in its turn, the one after it."""
    for card in sorted(floor.cards.values(), key=lambda c: c.id, reverse=True):
        if card.replaces == card_id and not card.ends_at_pull:
            return card if not card.is_void else replacement_of(floor, card.id)
    return None


def _replacement(floor: Floor, loop: KanbanLoop, card: Card, *, is_temporary: bool) -> CardIssued:
    number = floor.next_card_id(loop)
    return CardIssued(loop.id, number, State.REQUESTED, card.id if is_temporary else None, is_temporary)


def _ending(floor: Floor, card: Card) -> list[Event]:
    stand_in = replacement_of(floor, card.id)
    return [CardEnding(card.loop, stand_in.id)] if stand_in is not None else []
