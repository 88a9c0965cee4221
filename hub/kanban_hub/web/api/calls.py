"""Andon calls. They name the station, never a person."""

from enum import StrEnum
from typing import Annotated

import msgspec
from flask import Response
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.evidence.pareto import NOT_TOLD
from kanban_hub.domain.plant import Plant
from kanban_hub.orders import MoveCall
from kanban_hub.ports import View
from kanban_hub.web import sheetfile
from kanban_hub.web.instant import Instant, instant, instant_or_none, milliseconds
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
    arrived_at: Instant | None
    ended_at: Annotated[Instant, Meta(description="When it was solved, rejected or withdrawn.")] | None
    closed_at: Annotated[Instant, Meta(description="When nothing was left to find out.")] | None
    cause: str | None
    level: Annotated[int, Meta(description="How far it has risen in the escalation; 0 when not at all.")]
    line_stopped_at: Instant | None
    untaken_s: Annotated[float, Meta(description="Working time until it was taken.")]
    unsolved_s: Annotated[float, Meta(description="Working time from the taking until it ended.")] | None


class CallQuery(PageQuery, frozen=True, kw_only=True):
    """Which calls. `topic` and `cause` are exact texts, or `not told`."""

    open: Annotated[bool, Meta(description="Only calls that are raised, taken or arrived at.")] = False
    station: StationId | UnsetType = UNSET
    raised_by: StationId | UnsetType = UNSET
    kind: CallKind | UnsetType = UNSET
    state: CallState | UnsetType = UNSET
    item: Annotated[ShortText, Meta(description="The id of an item.")] | UnsetType = UNSET
    topic: ShortText | UnsetType = UNSET
    cause: ShortText | UnsetType = UNSET
    since: Annotated[Instant, Meta(description="Only calls raised from then on.")] | UnsetType = UNSET
    counted: Annotated[bool, Meta(description="Without those withdrawn or found to be none.")] = False


class CallMove(StrEnum):
    TAKE = "take"
    ARRIVE = "arrive"
    SOLVE = "solve"
    CLOSE = "close"
    REJECT = "reject"


class CallOrder(Struct, frozen=True, kw_only=True):
    move: CallMove
    cause: Annotated[ShortText, Meta(description="Kept with the call; `close` needs one.")] | None = None


# Newest first: what is open now stands on the first page.
LISTING = Listing[AndonCall]("calls", tuple[int, str], lambda call: (-call.raised_ms, call.id))


@operation("GET /api/v1/calls")
def calls(parts: WebParts, query: CallQuery) -> Page[Call]:
    """All calls, newest first."""
    with parts.store.view() as view:
        found, plant = chosen(view, query), view.plant()
    page, now_ms = LISTING.page(found, query), parts.clock.now_ms()
    return Page([call_of(call, plant, now_ms) for call in page.items if plant is not None], page.next)


@operation("GET /api/v1/calls.csv", media_type=sheetfile.MEDIA_TYPE, made=str)
def calls_csv(parts: WebParts, query: CallQuery) -> Response:
    """The same calls as CSV (RFC 4180, UTF-8), newest first, all on one page."""
    with parts.store.view() as view:
        found, plant = chosen(view, query), view.plant()
    now_ms = parts.clock.now_ms()
    rows = [call_of(call, plant, now_ms) for call in sorted(found, key=LISTING.key) if plant is not None]
    told = ([msgspec.to_builtins(row)[name] for name in Call.__struct_fields__] for row in rows)
    lines = sheetfile.lines(Call.__struct_fields__, told)
    response = Response("".join(lines), mimetype=sheetfile.MEDIA_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename="calls.csv")
    return response


def chosen(view: View, query: CallQuery) -> list[AndonCall]:
    """The calls that `query` asks for."""
    plant = view.plant()
    loops = plant.loops if plant is not None else {}
    items = {loop.id for loop in loops.values() if query.item in (UNSET, loop.item)}
    since_ms = 0 if query.since is UNSET else milliseconds(query.since)
    return [
        call
        for call in view.calls(only_open=query.open)
        if query.station in (UNSET, call.station)
        and query.raised_by in (UNSET, call.raised_by)
        and query.kind in (UNSET, call.kind)
        and query.state in (UNSET, call.state)
        and (query.item is UNSET or call.loop in items)
        and query.topic in (UNSET, call.topic or NOT_TOLD)
        and query.cause in (UNSET, call.cause or NOT_TOLD)
        and call.raised_ms >= since_ms
        and (call.is_true or not query.counted)
    ]


@operation("POST /api/v1/calls/{call}/moves", errors=(404, 409), gives=(MoveCall,))
def move_call(parts: WebParts, call: str, body: CallOrder) -> Call:
    """Take, solve or close a call, or say that it was none. Answers when it is committed, with the call."""
    _find(parts, call)
    parts.ask(MoveCall(call, body.move.value, body.cause))
    found, plant = _find(parts, call)
    return call_of(found, plant, parts.clock.now_ms())


def call_of(call: AndonCall, plant: Plant, now_ms: int) -> Call:
    work = plant.worktime(call.station)
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
        arrived_at=instant_or_none(call.arrived_ms),
        ended_at=instant_or_none(call.ended_ms),
        closed_at=instant_or_none(call.closed_ms),
        cause=call.cause,
        level=call.level,
        line_stopped_at=instant_or_none(call.stopped_ms),
        untaken_s=call.untaken_s(work, now_ms),
        unsolved_s=call.unsolved_s(work, now_ms),
    )


def _find(parts: WebParts, call: str) -> tuple[AndonCall, Plant]:
    with parts.store.view() as view:
        found, plant = next((known for known in view.calls() if known.id == call), None), view.plant()
    if found is None or plant is None:
        raise not_found(f"no call {call[:80]!r}")
    return found, plant
