"""Cards: where each is, and the orders that supervisors and quality people give."""

from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.card import Card as DomainCard
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, Standing, State
from kanban_hub.orders import MoveCard
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.ids import LoopId
from kanban_protocol.signals import ShortText


class LastMove(Struct, frozen=True, kw_only=True):
    """What brought the card where it is. `station` is null when the hub or a supervisor did it."""

    move: Move
    before: State
    at: Instant
    station: str | None
    signal: str | None


class Card(Struct, frozen=True, kw_only=True):
    """The permission to make or move one container."""

    id: str
    loop: str
    state: State
    standing: Standing
    since: Annotated[Instant, Meta(description="Since when it is in this state.")]
    item: str
    container_quantity: int
    quantity: Annotated[int, Meta(description="Pieces in the container, where not as many as usual.")] | None
    lot: str | None
    asked_at: Annotated[Instant, Meta(description="When it was pulled.")] | None
    temporary: Annotated[bool, Meta(description="Not counted among the loop's regular cards.")]
    replaces: Annotated[str, Meta(description="The quarantined card that it stands in for.")] | None
    ends_at_pull: bool
    cycles_left: Annotated[int, Meta(description="How often a one-time card is filled again.")] | None
    expires_at: Instant | None
    obsolete: Annotated[bool, Meta(description="Its printed quantity no longer holds.")]
    suspect_of: Annotated[str, Meta(description="The failed card that it may share the fault of.")] | None
    failed_from: State | None
    standing_reason: str | None
    last: LastMove | None


class CardQuery(PageQuery, frozen=True, kw_only=True):
    loop: LoopId | UnsetType = UNSET
    state: State | UnsetType = UNSET
    standing: Annotated[Standing, Meta(description="Without it: active and held.")] | UnsetType = UNSET


class CardMove(StrEnum):
    """What may be ordered; whether it is possible now, the card's state says."""

    CLEAR = "clear"
    REWORK = "rework"
    SCRAP = "scrap"
    RETURN = "return"
    ABSOLVE = "absolve"
    HOLD = "hold"
    RESUME = "resume"
    LOSE = "lose"
    REISSUE = "reissue"
    RETIRE = "retire"
    RELEASE = "release"
    UNDO = "undo"


class CardOrder(Struct, frozen=True, kw_only=True):
    move: CardMove
    reason: Annotated[ShortText, Meta(description="`hold` and `retire` demand it.")] | None = None


LISTING = Listing[Card]("cards", str, lambda card: card.id)


@operation("GET /api/v1/cards")
def cards(parts: WebParts, query: CardQuery) -> Page[Card]:
    """All cards by number; lost and retired ones only when `standing` asks for them."""
    with parts.floor() as (floor, _):
        rows = [card_of(floor, card) for card in floor.cards.values() if _is_wanted(card, query)]
    return LISTING.page(rows, query)


@operation("GET /api/v1/cards/{card}", errors=(404,))
def card(parts: WebParts, card: str) -> Card:
    """One card, also a void one."""
    with parts.floor() as (floor, _):
        if card not in floor.cards:
            raise not_found(f"no card {card[:80]!r}")
        return card_of(floor, floor.cards[card])


@operation("POST /api/v1/cards/{card}/moves", errors=(404, 409), gives=(MoveCard,))
def move_card(parts: WebParts, card: str, body: CardOrder) -> Card:
    """Order a move that stations cannot make. Answers when it is committed, with the card as it is then."""
    with parts.floor() as (floor, _):
        floor.card(card)
    parts.ask(MoveCard(card, body.move.value, body.reason))
    with parts.floor() as (floor, _):
        return card_of(floor, floor.card(card))


def card_of(floor: Floor, card: DomainCard) -> Card:
    """`card` as it is told. Cards of a loop that has ended are void and keep their numbers only."""
    loop = floor.plant.loops.get(card.loop)
    last = card.last
    return Card(
        id=card.id,
        loop=card.loop,
        state=card.state,
        standing=card.standing,
        since=instant(card.since_ms),
        item=loop.item if loop else "",
        container_quantity=loop.container_quantity if loop else 0,
        quantity=card.quantity,
        lot=card.lot,
        asked_at=instant_or_none(card.asked_ms),
        temporary=card.is_temporary,
        replaces=card.replaces,
        ends_at_pull=card.ends_at_pull,
        cycles_left=card.cycles_left,
        expires_at=instant_or_none(card.expires_ms),
        obsolete=card.is_obsolete,
        suspect_of=card.suspect_of,
        failed_from=card.failed_from,
        standing_reason=card.hold_reason,
        last=LastMove(
            move=last.move,
            before=last.before,
            at=instant(last.moment.at_ms),
            station=last.station,
            signal=last.signal,
        )
        if last
        else None,
    )


def _is_wanted(card: DomainCard, query: CardQuery) -> bool:
    if query.loop not in (UNSET, card.loop) or query.state not in (UNSET, card.state):
        return False
    return not card.is_void if query.standing is UNSET else card.standing is query.standing
