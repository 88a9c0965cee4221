"""The replenishment queue of a supplier, with every figure that the order follows from."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.moves import State
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue
from kanban_hub.web.api.loops import Rate
from kanban_hub.web.api.supply import Promise, promise_of
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.ids import CardId
from kanban_protocol.signals import ShortText


class LeadTime(Struct, frozen=True, kw_only=True):
    """From the request to the full container: `measured`, or `planned` until there are enough."""

    seconds: float
    source: str


class QueueItem(Struct, frozen=True, kw_only=True):
    """One card to serve.

    `minutes_to_starvation` = `stock_pieces` / `rate.per_hour` x 60 - `remaining_lead_time_s` / 60. Below
    zero the consumer runs dry before the container can be there. `arithmetic` says the same in words.
    """

    place: Annotated[int, Meta(ge=1, description="1 is served next.")]
    card: str
    loop: str
    item: str
    item_name: str
    consumer: str
    state: State
    asked_at: Instant
    age_s: float
    replacement: Annotated[bool, Meta(description="Stands in for a quarantined container: goes first.")]
    full_containers: int
    stock_pieces: Annotated[int, Meta(description="Pieces that the consumer can use now.")]
    container_quantity: int
    quantity: Annotated[int, Meta(description="Pieces that the card asks for.")]
    rate: Rate
    lead_time: LeadTime
    remaining_lead_time_s: float
    minutes_to_starvation: float
    arithmetic: str
    changeover_group: str | None
    needs_changeover: Annotated[bool, Meta(description="Another group is set up, and nobody starves yet.")]
    promise: Promise | None
    pitch_at: Annotated[Instant, Meta(description="The pitch of the frozen zone that it is made in.")] | None


LISTING = Listing[QueueItem]("queue", int, lambda item: item.place)


@operation("GET /api/v1/stations/{station}/queue", errors=(404,))
def station_queue(parts: WebParts, station: str, query: PageQuery) -> Page[QueueItem]:
    """What the station has to serve, in order: quality replacements, then by minutes to starvation, then age.

    The order lives: between two pages a card may change its place. Take one page where that matters.
    """
    return _page(parts, station, query)


def _page(parts: WebParts, station: str, query: PageQuery) -> Page[QueueItem]:
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _):
        if station not in floor.plant.stations:
            raise not_found(f"no station {station[:80]!r}")
        rows = queue_of(floor, station, now_ms)
    return LISTING.page(rows, query)


def queue_of(floor: Floor, station: str, now_ms: int) -> list[QueueItem]:
    entries = replenishment_queue(floor, station, now_ms)
    return [_item(floor, place, entry) for place, entry in enumerate(entries, 1)]


def _item(floor: Floor, place: int, entry: QueueEntry) -> QueueItem:
    loop = floor.plant.loops[entry.card.loop]
    return QueueItem(
        place=place,
        card=entry.card.id,
        loop=loop.id,
        item=loop.item,
        item_name=floor.plant.item_name(loop),
        consumer=loop.consumer,
        state=entry.card.state,
        asked_at=instant(entry.card.asked_ms or entry.card.since_ms),
        age_s=entry.age_s,
        replacement=entry.is_replacement,
        full_containers=entry.full_containers,
        stock_pieces=entry.stock_pieces,
        container_quantity=entry.container_quantity,
        quantity=entry.quantity,
        rate=Rate(per_hour=entry.rate.per_hour, source=entry.rate.source),
        lead_time=LeadTime(seconds=entry.lead_time.seconds, source=entry.lead_time.source),
        remaining_lead_time_s=entry.remaining_lead_time_s,
        minutes_to_starvation=entry.minutes_to_starvation,
        arithmetic=entry.arithmetic,
        changeover_group=entry.changeover_group,
        needs_changeover=entry.needs_changeover,
        promise=promise_of(floor, loop.id),
        pitch_at=instant_or_none(entry.pitch_ms),
    )


class ResequenceOrder(Struct, frozen=True, kw_only=True):
    """Two cards of the frozen zone change places. The reason is kept."""

    card: CardId
    other: CardId
    reason: ShortText


@operation("POST /api/v1/stations/{station}/queue", errors=(404, 409), gives=(Resequence,))
def resequence(parts: WebParts, station: str, body: ResequenceOrder) -> Page[QueueItem]:
    """Let two cards of the frozen zone change places, and say why."""
    parts.ask(Resequence(station, body.card, body.other, body.reason))
    return _page(parts, station, PageQuery())
