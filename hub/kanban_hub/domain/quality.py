"""A container was found bad, and what becomes of it. A fail feeds the line: a replacement goes first."""

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.containment import absolved, contained
from kanban_hub.domain.errors import DomainError, NothingToFailError, NotYourLoopError, Reason
from kanban_hub.domain.events import (
    CallRaised,
    CardEnding,
    CardIssued,
    CardMadeRegular,
    CardStood,
    Event,
    Occasion,
)
from kanban_hub.domain.finding import begun
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lot import set_aside, stocked
from kanban_hub.domain.moves import Move, Role, Standing, State
from kanban_hub.domain.outcome import Outcome, accepted, already, move, says
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.records.finding import Defect

# What a supplier can find bad, the furthest along first. A consumer fails the container in use.
_AT_SUPPLIER = (State.IN_TRANSIT, State.DONE, State.IN_PROCESS)


def fail(floor: Floor, loop_id: str, said: Defect, occasion: Occasion) -> Outcome:
    """Fail by loop: at the consumer the card full longest, at the supplier the card furthest along."""
    loop = floor.loop(loop_id)
    if loop.side_of(occasion.station or "") is None:
        raise NotYourLoopError(occasion.station or "?", loop.id)
    card = failable(floor, loop, occasion.station or "")
    if card is None:
        raise NothingToFailError(loop.id)
    return fail_card(floor, card, said, occasion)


def failable(floor: Floor, loop: KanbanLoop, station: str) -> Card | None:
    """The card that a fail by loop means at `station`."""
    if loop.is_signal and loop.side_of(station) is Side.CONSUMER:
        return stocked(floor, loop)
    states = (State.FULL,) if loop.side_of(station) is Side.CONSUMER else _AT_SUPPLIER
    cards = [c for c in floor.cards_of(loop.id) if c.state in states and c.standing is Standing.ACTIVE]
    return min(cards, key=lambda c: (states.index(c.state), c.since_ms, c.number), default=None)


def fail_card(floor: Floor, card: Card, said: Defect, occasion: Occasion) -> Outcome:
    """Quarantine this card, call the supplier, and issue one replacement at the head of the queue.

    Its sister cards are held as suspect wherever they stand.
    """
    if card.state is State.QUARANTINED and not card.is_void:
        return already(card.loop, says("Already quarantined"), card)
    loop = floor.loop(card.loop)
    if loop.is_signal and not card.is_temporary:
        return _fail_of_lot(floor, card, said, occasion)
    card.check(Move.FAIL, Role.CONSUMER)
    call_id = f"call-{occasion.signal}"
    lot = said.lot or card.lot
    kept = Contents(card.quantity, lot) if lot != card.lot else None
    events: list[Event] = [
        *_no_longer_suspect(card),
        move(card, Move.FAIL, State.QUARANTINED, kept),
        CallRaised(loop.id, call_id, CallKind.QUALITY, loop.supplier, card.id, said.defect, occasion.station),
        CardIssued(loop.id, floor.next_card_id(loop), State.REQUESTED, card.id, is_temporary=True),
        begun(card, call_id, said),
        *contained(floor, card, lot),
    ]
    return accepted(events, card, says("Quarantined; a replacement is asked for"))


def _fail_of_lot(floor: Floor, card: Card, said: Defect, occasion: Occasion) -> Outcome:
    """In a signal loop one container of the lot is bad, and the others go on. The stock feeds the line."""
    card.check_not_void()
    loop = floor.loop(card.loop)
    is_in_stock = loop.side_of(occasion.station or "") is Side.CONSUMER
    if (is_in_stock and not card.quantity) or (not is_in_stock and card.state is State.FULL):
        raise NothingToFailError(loop.id)
    apart, events = set_aside(floor, loop, card, is_in_stock=is_in_stock)
    call_id = f"call-{occasion.signal}"
    called = CallRaised(
        loop.id, call_id, CallKind.QUALITY, loop.supplier, apart.id, said.defect, occasion.station
    )
    events += [called, begun(apart, call_id, said)]
    return accepted(events, apart, says("Quarantined; the rest of the lot stays in use"))


def clear(floor: Floor, card: Card) -> list[Event]:
    """The container is good after all: back to the state before the fail."""
    card.check(Move.CLEAR, Role.QUALITY)
    back = move(card, Move.CLEAR, card.failed_from or State.FULL)
    return [back, *_ending(floor, card), *absolved(floor, card)]


def rework(floor: Floor, card: Card) -> list[Event]:
    """The supplier makes it good."""
    card.check(Move.REWORK, Role.QUALITY)
    return [move(card, Move.REWORK, State.IN_PROCESS), *_ending(floor, card)]


def send_back(floor: Floor, card: Card) -> list[Event]:
    """The container goes back to the supplier, who owes a good one for it."""
    card.check(Move.RETURN, Role.QUALITY)
    return [move(card, Move.RETURN, State.REQUESTED), *_ending(floor, card)]


def scrap(floor: Floor, card: Card) -> list[Event]:
    """The card is retired with its container, and the replacement takes its place in the loop."""
    card.check(Move.SCRAP, Role.QUALITY)
    return [
        move(card, Move.SCRAP, State.QUARANTINED),
        CardStood(card.loop, card.id, Standing.RETIRED, "scrapped"),
        *replaced(floor, card),
    ]


def absolve(card: Card) -> list[Event]:
    """A suspect was looked at and is good."""
    if card.suspect_of is None:
        raise DomainError(Reason.NOT_ALLOWED, f"{card.id} is not suspect", card.id)
    return _no_longer_suspect(card)


def replaced(floor: Floor, card: Card) -> list[Event]:
    """What follows when a quarantined card goes for ever: its replacement takes its place in the loop.

    A replacement that is bad itself is replaced already; that one ends where the first would have ended.
    """
    if card.is_temporary:
        return _ending(floor, card) if card.ends_at_pull else []
    stand_in = replacement_of(floor, card)
    if stand_in is None:
        return [CardIssued(card.loop, floor.next_card_id(floor.loop(card.loop)), State.REQUESTED)]
    return [CardMadeRegular(card.loop, stand_in.id)]


def replacement_of(floor: Floor, card: Card) -> Card | None:
    """The card that now stands in for `card`; when that one was void in its turn, the one after it."""
    found = [c for c in floor.stand_ins.under(card.id) if not c.ends_at_pull]
    if not found:
        return None
    latest = max(found, key=lambda c: c.number)
    return replacement_of(floor, latest) if latest.is_void else latest


def _no_longer_suspect(card: Card) -> list[Event]:
    return [CardStood(card.loop, card.id, Standing.ACTIVE)] if card.suspect_of else []


def _ending(floor: Floor, card: Card) -> list[Event]:
    stand_in = replacement_of(floor, card)
    return [CardEnding(card.loop, stand_in.id)] if stand_in is not None else []
