"""Signal kanban: one card stands for a whole lot and is asked for at the reorder point."""

from kanban_hub.domain.card import Card, Contents, Move, Role, Standing, State
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.haste import too_fast
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.outcome import Outcome, accepted, already, move
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
    stock = card.quantity or 0
    if not stock:
        return already(loop.id, "Already asked for: nothing is left", card)
    left = max(0, stock - loop.container_quantity)
    is_due = card.state is State.FULL and left <= loop.reorder_containers * loop.container_quantity
    state = State.REQUESTED if is_due else card.state
    taken = move(card, Move.TAKE, state, Contents(left, card.lot))
    return accepted([taken, *too_fast(floor, loop, card, moment)], card, f"{left} pieces left")


def restocked(loop: KanbanLoop, card: Card) -> Contents:
    """What is in stock when a lot has arrived: what was left, and the lot."""
    return Contents((card.quantity or 0) + loop.lot_quantity, card.lot)


def _can_give(card: Card) -> bool:
    return card.standing is Standing.ACTIVE and card.state is not State.QUARANTINED and bool(card.quantity)
