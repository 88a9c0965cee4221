"""Counts of the cards: what was found, and what is missing with where it was last seen."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain import auditing
from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.records import audit as records
from kanban_hub.orders import BeginAudit, EndAudit, SightCard
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.ids import CardId, LoopId
from kanban_protocol.signals import ShortText


class MissingCard(Struct, frozen=True, kw_only=True):
    """A card that should be there. `station`, `move` and `at` are its last sign of life."""

    card: str
    state: State
    since: Instant
    station: str | None
    move: Move | None
    at: Instant | None


class Audit(Struct, frozen=True, kw_only=True):
    id: str
    loop: Annotated[str, Meta(description="The loop that is counted; null when all are.")] | None
    begun_at: Instant
    ended_at: Instant | None
    found: list[str]
    missing: list[MissingCard]


class AuditOrder(Struct, frozen=True, kw_only=True):
    loop: LoopId | None = None


class Sighting(Struct, frozen=True, kw_only=True):
    card: CardId
    place: Annotated[ShortText, Meta(description="Where it was found, in your words.")] | None = None


LISTING = Listing[Audit]("audits", str, lambda audit: audit.id)


@operation("GET /api/v1/audits")
def audits(parts: WebParts, query: PageQuery) -> Page[Audit]:
    """Counts of the last 90 days, and the one under way."""
    with parts.floor() as (floor, _):
        found = floor.records_of(records.Audit, only_open=False)
        rows = [_told(floor, audit) for audit in found]
    return LISTING.page(rows, query)


@operation("GET /api/v1/audits/{audit}", errors=(404,))
def audit(parts: WebParts, audit: str) -> Audit:
    """One count."""
    with parts.floor() as (floor, _):
        return _found(floor, audit)


@operation("POST /api/v1/audits", errors=(404, 409), gives=(BeginAudit,))
def begin_audit(parts: WebParts, body: AuditOrder) -> Audit:
    """Begin to count: then scan all that you find."""
    parts.ask(BeginAudit(body.loop))
    with parts.floor() as (floor, _):
        under_way = [a for a in floor.records_of(records.Audit) if a.loop == body.loop]
        return _told(floor, under_way[-1])


@operation("POST /api/v1/audits/{audit}/sightings", errors=(404, 409), gives=(SightCard,))
def sight_card(parts: WebParts, audit: str, body: Sighting) -> Audit:
    """A card was found. Finding it twice is finding it."""
    parts.ask(SightCard(audit, body.card, body.place))
    with parts.floor() as (floor, _):
        return _found(floor, audit)


@operation("POST /api/v1/audits/{audit}/end", errors=(404, 409), gives=(EndAudit,))
def end_audit(parts: WebParts, audit: str) -> Audit:
    """End the count. What is missing is marked as lost card by card, by who knows."""
    parts.ask(EndAudit(audit))
    with parts.floor() as (floor, _):
        return _found(floor, audit)


def _found(floor: Floor, audit_id: str) -> Audit:
    known = floor.record(records.Audit, audit_id)
    if known is None:
        raise not_found(f"no audit {audit_id[:80]!r}")
    return _told(floor, known)


def _told(floor: Floor, audit: records.Audit) -> Audit:
    return Audit(
        id=audit.id,
        loop=audit.loop,
        begun_at=instant(audit.begun_ms),
        ended_at=instant_or_none(audit.ended_ms),
        found=list(audit.found),
        missing=[_missing(card) for card in auditing.missing(floor, audit)],
    )


def _missing(card: Card) -> MissingCard:
    last = card.last
    return MissingCard(
        card=card.id,
        state=card.state,
        since=instant(card.since_ms),
        station=last.station if last else None,
        move=last.move if last else None,
        at=instant(last.moment.at_ms) if last else None,
    )
