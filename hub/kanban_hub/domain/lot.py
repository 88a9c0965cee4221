"""Signal kanban: one card stands for a whole lot and is asked for at the reorder point."""

from dataclasses import replace

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.events import CardIssued, CardStood, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.haste import too_fast
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Role, Standing, State
from kanban_hub.domain.outcome import Outcome, accepted, already, move, says
from kanban_hub.domain.plant import KanbanLoop


def stocked(floor: Floor, loop: KanbanLoop) -> Card | None:
    """The loop's card while there is stock to take from, on whatever way it is."""
    cards = [card for card in floor.cards_of(loop.id) if _can_give(card)]
    return min(cards, key=lambda card: card.number, default=None)


def take(floor: Floor, loop: KanbanLoop, card: Card, moment: Moment) -> Outcome:
    """One container leaves the stock. Raises when the card is held, quarantined or void.

    The last container may be a partial one. With `reorder_containers` left the lot is asked for.
    """
    card.check(Move.TAKE, Role.CONSUMER)
    if not card.quantity:
        return already(loop.id, says("Already asked for: nothing is left"), card)
    left = max(0, card.quantity - loop.container_quantity)
    if card.is_temporary:
        return _used_up(card)
    taken = _taken(loop, card, left)
    return accepted(
        [taken, *too_fast(floor, loop, card, moment)], card, says("%(count)s pieces left", count=left)
    )


def set_aside(floor: Floor, loop: KanbanLoop, card: Card, *, is_in_stock: bool) -> tuple[Card, list[Event]]:
    """One bad container of a lot gets a card of its own in quarantine; the rest of the lot stays in use.

    From the stock it is taken off, and the lot is asked for when the reorder point is reached by it.
    """
    quantity = min(loop.container_quantity, card.quantity or 0) if is_in_stock else loop.container_quantity
    number = floor.next_card_id(loop)
    issued = CardIssued(
        loop.id, number, State.QUARANTINED, is_temporary=True, quantity=quantity, reason=f"of {card.id}"
    )
    apart = replace(card, id=number, state=State.QUARANTINED, is_temporary=True, quantity=quantity, last=None)
    taken = [_taken(loop, card, (card.quantity or 0) - quantity)] if is_in_stock else []
    return apart, [*taken, issued]


def restocked(loop: KanbanLoop, card: Card) -> Contents:
    """What is in stock when a lot has arrived: what was left and the lot; a container apart is itself."""
    if card.is_temporary:
        return Contents(loop.quantity_of(card), card.lot)
    return Contents((card.quantity or 0) + loop.lot_quantity, card.lot)


def _taken(loop: KanbanLoop, card: Card, left: int) -> Event:
    is_due = card.state is State.FULL and left <= loop.reorder_containers * loop.container_quantity
    state = State.REQUESTED if is_due else card.state
    return move(card, Move.TAKE, state, Contents(left, card.lot))


def _used_up(card: Card) -> Outcome:
    """A container apart, judged good or made good, is used like any other and its card ends."""
    text = says("Card ended: put it aside")
    pulled = move(card, Move.TAKE, card.state, Contents(0, card.lot))
    return accepted([pulled, CardStood(card.loop, card.id, Standing.RETIRED, str(text))], card, text)


def _can_give(card: Card) -> bool:
    is_here = card.state is State.FULL if card.is_temporary else card.state is not State.QUARANTINED
    return card.standing is Standing.ACTIVE and is_here and bool(card.quantity)
