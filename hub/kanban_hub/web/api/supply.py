"""What suppliers and planners order beside the cards' own moves: promises, contents, one-time cards."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from kanban_hub.domain.card import Contents
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.onetime import CARDS_MOST, Occasional
from kanban_hub.domain.records.promise import Promise as Made
from kanban_hub.orders import AddCards, CountCard, MakePromise, Supply
from kanban_hub.web.api.cards import Card, card_of
from kanban_hub.web.instant import Instant, instant, milliseconds
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_protocol.signals import ShortText

Pieces = Annotated[int, Meta(ge=0, le=QUANTITY_MOST)]
Lot = Annotated[str, Meta(min_length=1, max_length=LOT_MOST)]


class ContentsOrder(Struct, frozen=True, kw_only=True):
    """What is really in the container; what is not given stays."""

    quantity: Pieces | None = None
    lot: Lot | None = None


class SupplyOrder(Struct, frozen=True, kw_only=True):
    """`quantity` and `lot` go with the container when it is shipped."""

    move: Literal["accept", "start", "finish", "ship"]
    quantity: Pieces | None = None
    lot: Lot | None = None


class PromiseOrder(Struct, frozen=True, kw_only=True):
    ready_at: Instant
    reason: ShortText | None = None


class Promise(Struct, frozen=True, kw_only=True):
    """The supplier's word on the next container of a loop."""

    loop: str
    ready_at: Instant
    made_at: Instant
    reason: str | None


class CardsOrder(Struct, frozen=True, kw_only=True):
    """One-time cards: say either `cards` or `pieces`. They end after `cycles`, and after `until`."""

    reason: ShortText
    cards: Annotated[int, Meta(ge=1, le=CARDS_MOST)] | None = None
    pieces: Annotated[int, Meta(ge=1, le=QUANTITY_MOST)] | None = None
    cycles: Annotated[int, Meta(ge=1, le=1_000)] = 1
    until: Instant | None = None


class Issued(Struct, frozen=True, kw_only=True):
    cards: list[Card]


@operation("POST /api/v1/cards/{card}/contents", errors=(404, 409), gives=(CountCard,))
def count_card(parts: WebParts, card: str, body: ContentsOrder) -> Card:
    """Say what is in a container: a partial quantity, a lot."""
    parts.ask(CountCard(card, Contents(body.quantity, body.lot)))
    return _card(parts, card)


@operation("POST /api/v1/cards/{card}/supply", errors=(404, 409), gives=(Supply,))
def supply_card(parts: WebParts, card: str, body: SupplyOrder) -> Card:
    """A supplier's move, from a system of theirs instead of a button."""
    said = (body.quantity, body.lot) != (None, None)
    parts.ask(Supply(card, Move(body.move), Contents(body.quantity, body.lot) if said else None))
    return _card(parts, card)


@operation("POST /api/v1/loops/{loop}/promise", errors=(404, 409), gives=(MakePromise,))
def make_promise(parts: WebParts, loop: str, body: PromiseOrder) -> Promise:
    """Say when the next container is ready. A later word replaces an earlier one."""
    parts.ask(MakePromise(loop, milliseconds(body.ready_at), body.reason))
    with parts.floor() as (floor, _):
        found = promise_of(floor, loop)
    if found is None:
        raise LookupError(loop)
    return found


@operation("POST /api/v1/loops/{loop}/cards", errors=(404, 409), gives=(AddCards,))
def add_cards(parts: WebParts, loop: str, body: CardsOrder) -> Issued:
    """Ask for containers beside the regular cards, for an occasion."""
    until_ms = milliseconds(body.until) if body.until is not None else None
    with parts.floor() as (floor, _):
        before = set(floor.cards)
    parts.ask(AddCards(loop, Occasional(body.reason, body.cards, body.pieces, body.cycles, until_ms)))
    with parts.floor() as (floor, _):
        issued = [c for c in floor.cards_of(loop) if c.id not in before and c.state is State.REQUESTED]
        return Issued(cards=[card_of(floor, card) for card in issued])


def promise_of(floor: Floor, loop: str) -> Promise | None:
    """The open promise of `loop`."""
    found = floor.record(Made, loop)
    if found is None or not found.is_open:
        return None
    ready_at, made_at = instant(found.ready_ms), instant(found.made_ms)
    return Promise(loop=loop, ready_at=ready_at, made_at=made_at, reason=found.reason)


def _card(parts: WebParts, card: str) -> Card:
    with parts.floor() as (floor, _):
        return card_of(floor, floor.card(card))
