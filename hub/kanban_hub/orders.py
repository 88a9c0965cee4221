"""What people order at the hub, by page or API: dispositions, holds, calls. The writer carries it out."""

from collections.abc import Callable
from dataclasses import dataclass

from kanban_hub.domain import helping, pulling, quality, standing
from kanban_hub.domain.card import Card, Move, Role
from kanban_hub.domain.errors import DomainError, Reason, UndoError
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import move


@dataclass(frozen=True)
class MoveCard:
    """`order` is one of `CARD_ORDERS`. `reason` is kept with the event; `hold` demands it."""

    card: str
    order: str
    reason: str | None = None


@dataclass(frozen=True)
class MoveCall:
    """`order` is one of `CALL_ORDERS`. `cause` is kept when the call is solved."""

    call: str
    order: str
    cause: str | None = None


Order = MoveCard | MoveCall

CARD_ORDERS: dict[str, Callable[[Floor, Card, str | None], list[Event]]] = {
    "clear": lambda floor, card, _: quality.clear(floor, card),
    "rework": lambda floor, card, _: quality.rework(floor, card),
    "scrap": lambda floor, card, _: quality.scrap(floor, card),
    "hold": lambda _, card, reason: standing.hold(card, _given(card, reason)),
    "resume": lambda _, card, __: standing.resume(card),
    "lose": lambda floor, card, _: standing.lose(floor, card),
    "release": lambda floor, card, _: _released(floor, card),
    "undo": lambda _, card, __: _taken_back(card),
}
CALL_ORDERS = ("take", "solve")


def carry_out(floor: Floor, order: Order) -> list[Event]:
    """The events of `order`. Raises a `DomainError` that says why it is not possible."""
    if isinstance(order, MoveCall):
        if order.call not in floor.calls:
            raise DomainError(Reason.NOT_ALLOWED, f"no open call {order.call}")
        call = floor.calls[order.call]
        return helping.take(call) if order.order == "take" else helping.solve(call, order.cause)
    return CARD_ORDERS[order.order](floor, floor.card(order.card), order.reason)


def _given(card: Card, reason: str | None) -> str:
    if not reason:
        raise DomainError(Reason.NOT_ALLOWED, "a hold needs a reason", card.id)
    return reason


def _released(floor: Floor, card: Card) -> list[Event]:
    """A batch is released as a whole."""
    card.check(Move.RELEASE, Role.SUPERVISOR)
    return pulling.release(floor, card.loop)


def _taken_back(card: Card) -> list[Event]:
    """A supervisor's undo knows no time. A fail is not taken back but cleared: it has a replacement."""
    last = card.last
    if last is None or last.move in (Move.UNDO, Move.FAIL, Move.CLEAR, Move.REWORK, Move.SCRAP):
        raise UndoError(Reason.NOTHING_TO_UNDO, f"the last move of {card.id} cannot be taken back", card.id)
    card.check(Move.UNDO, Role.SUPERVISOR)
    return [move(card, Move.UNDO, last.before)]
