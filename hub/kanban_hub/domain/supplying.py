"""The supplier's side: seen, started, finished, shipped, or "I cannot"."""

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.counting import check
from kanban_hub.domain.errors import DomainError, NotYourLoopError, OverProductionError, Reason
from kanban_hub.domain.events import CallRaised, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import OPEN, STEPS, Move, Role, Standing, State
from kanban_hub.domain.outcome import Outcome, accepted, already, move, says
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.supermarket import withdrawn


def advance(floor: Floor, loop_id: str, occasion: Occasion) -> Outcome:
    """The supplier's press.

    While requests are unseen it is `accept` for all of them: one press says "I have seen it". Otherwise it
    is the next step of the card that is furthest along, the oldest first. Without a card: no making.
    """
    loop = _supplied(floor, loop_id, occasion)
    cards = _asked(floor, loop)
    if not cards:
        raise OverProductionError(loop.id)
    unseen = [card for card in cards if card.state is State.REQUESTED]
    if unseen and Move.ACCEPT in loop.steps:
        return _accept_all(unseen)
    ready = [card for card in cards if loop.next_step(card.state) is not None]
    if not ready:
        return already(
            loop.id, says("Seen already: %(count)s to deliver", count=len(cards)), min(cards, key=_furthest)
        )
    return step(floor, min(ready, key=_furthest), occasion.moment)


def step(floor: Floor, card: Card, moment: Moment) -> Outcome:
    """The next step of this very card."""
    loop = floor.loop(card.loop)
    if card.state in (State.FULL, State.COLLECTING):
        raise OverProductionError(loop.id, card.id)
    if card.state is State.IN_TRANSIT:
        return already(loop.id, says("Already shipped"), card)
    kind = loop.next_step(card.state)
    if kind is None:
        card.check(Move.SHIP, Role.SUPPLIER)
        return already(loop.id, says("Seen already: deliver it"), card)
    return made(floor, card, kind, moment)


def made(floor: Floor, card: Card, kind: Move, moment: Moment, contents: Contents | None = None) -> Outcome:
    """One of the supplier's moves. What leaves a supermarket pulls there."""
    card.check(kind, Role.SUPPLIER)
    loop = floor.loop(card.loop)
    kept = _filled(loop, card, contents) if contents is not None else None
    drawn = withdrawn(floor, loop, card, moment) if kind is Move.SHIP else []
    return accepted([move(card, kind, STEPS[kind], kept), *drawn], card)


def see(floor: Floor, loop_id: str) -> Outcome:
    """The supplier has seen all that is asked for."""
    loop = floor.loop(loop_id)
    unseen = [c for c in _asked(floor, loop) if c.state is State.REQUESTED]
    return _accept_all(unseen) if unseen else already(loop.id, says("Seen already"))


def cannot(floor: Floor, loop_id: str, reason: str | None, occasion: Occasion) -> Outcome:
    """The supplier cannot deliver: a material call at its own station, once while it is open."""
    return unable(floor, _supplied(floor, loop_id, occasion), reason, f"call-{occasion.signal}")


def unable(floor: Floor, loop: KanbanLoop, reason: str | None, call_id: str) -> Outcome:
    """The material call `call_id` of the loop's supplier, whichever way it said that it cannot."""
    for call in floor.open_calls(loop.supplier):
        if call.kind is CallKind.MATERIAL and call.loop == loop.id:
            return already(loop.id, says("Already reported"))
    return accepted(
        [CallRaised(loop.id, call_id, CallKind.MATERIAL, loop.supplier, None, reason, loop.supplier)]
    )


def _supplied(floor: Floor, loop_id: str, occasion: Occasion) -> KanbanLoop:
    loop = floor.loop(loop_id)
    if loop.side_of(occasion.station or "") is not Side.SUPPLIER:
        raise NotYourLoopError(occasion.station or "?", loop.id)
    return loop


def _asked(floor: Floor, loop: KanbanLoop) -> list[Card]:
    return [c for c in floor.cards_of(loop.id) if c.standing is Standing.ACTIVE and c.state in OPEN]


def _filled(loop: KanbanLoop, card: Card, contents: Contents) -> Contents:
    """Where only one of quantity and lot is said, the other stays. The card of a signal loop keeps the
    stock that is left, so its lot comes whole or not at all.
    """
    check(contents)
    if loop.is_signal and contents.quantity not in (None, loop.lot_quantity):
        raise DomainError(Reason.NOT_ALLOWED, f"{card.id} asks for {loop.lot_quantity} pieces, all at once")
    quantity = card.quantity if loop.is_signal or contents.quantity is None else contents.quantity
    return Contents(quantity, contents.lot or card.lot)


def _accept_all(unseen: list[Card]) -> Outcome:
    events: list[Event] = []
    for card in unseen:
        card.check(Move.ACCEPT, Role.SUPPLIER)
        events.append(move(card, Move.ACCEPT, State.ACCEPTED))
    first = min(unseen, key=lambda card: (card.waits_since_ms, card.number))
    return accepted(events, first, says("%(count)s seen", count=len(unseen)))


def _furthest(card: Card) -> tuple[int, int, int]:
    return (-card.progress, card.waits_since_ms, card.number)
