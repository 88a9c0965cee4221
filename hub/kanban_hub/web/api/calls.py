"""Andon calls. They name the station, never a person."""

from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.orders import MoveCall
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.ids import StationId
from kanban_protocol.signals import ShortText


class Call(Struct, frozen=True, kw_only=True):
    """`station` is where help is needed and whose red lamp shows it; `raised_by` is who called."""

    id: str
    kind: CallKind
    state: CallState
    station: str
    raised_by: str | None
    loop: str | None
    card: str | None
    topic: Annotated[str, Meta(description="The defect, the reason or the kind of help.")] | None
    raised_at: Instant
    taken_at: Instant | None
    ended_at: Instant | None
    cause: str | None


class CallQuery(PageQuery, frozen=True, kw_only=True):
    open: Annotated[bool, Meta(description="Only calls that are raised or taken.")] = False
    station: StationId | UnsetType = UNSET


class CallMove(StrEnum):
    TAKE = "take"
    SOLVE = "solve"


class CallOrder(Struct, frozen=True, kw_only=True):
    move: CallMove
    cause: Annotated[ShortText, Meta(description="Kept when the call is solved.")] | None = None


# Newest first: what is open now stands on the first page.
LISTING = Listing[AndonCall]("calls", tuple[int, str], lambda call: (-call.raised_ms, call.id))


@operation("GET /api/v1/calls")
def calls(parts: WebParts, query: CallQuery) -> Page[Call]:
    """All calls, newest first."""
    with parts.store.view() as view:
        known = view.calls(only_open=query.open)
    page = LISTING.page((call for call in known if query.station in (UNSET, call.station)), query)
    return Page([call_of(call) for call in page.items], page.next)


@operation("POST /api/v1/calls/{call}/moves", errors=(404, 409))
def move_call(parts: WebParts, call: str, body: CallOrder) -> Call:
    """Take or solve a call. Answers when it is committed, with the call as it is then."""
    _find(parts, call)
    parts.ask(MoveCall(call, body.move.value, body.cause))
    return call_of(_find(parts, call))


def call_of(call: AndonCall) -> Call:
    return Call(
        id=call.id,
        kind=call.kind,
        state=call.state,
        station=call.station,
        raised_by=call.raised_by,
        loop=call.loop,
        card=call.card,
        topic=call.topic,
        raised_at=instant(call.raised_ms),
        taken_at=instant_or_none(call.taken_ms),
        ended_at=instant_or_none(call.ended_ms),
        cause=call.cause,
    )


def _find(parts: WebParts, call: str) -> AndonCall:
    with parts.store.view() as view:
        found = next((known for known in view.calls() if known.id == call), None)
    if found is None:
        raise not_found(f"no call {call[:80]!r}")
    return found
