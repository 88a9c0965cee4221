"""The events: all that ever happened, oldest first. Cards and calls are what they add up to."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.ports import EventFilter, RecordedEvent
from kanban_hub.web.instant import Instant, instant, milliseconds
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Cursor, Limit, Listing, Page
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty
from kanban_protocol.ids import CardId, LoopId, StationId

Kind = Annotated[str, Meta(max_length=24, description="Such as `card_moved`; an unknown one has no events.")]
Call = Annotated[str, Meta(max_length=48, description="The id of a call.")]
Number = Annotated[int, Meta(ge=0, le=2**53 - 1, description="The number of the last event known.")]


class Event(Struct, frozen=True, kw_only=True):
    """A fact. `data` is what its kind has beside loop and card."""

    number: Annotated[int, Meta(description="Counts up; some numbers may be missing.")]
    kind: str
    loop: str | None
    card: str | None
    station: Annotated[str, Meta(description="Where it happened; null for the hub's own.")] | None
    signal: str | None
    at: Annotated[Instant, Meta(description="When it happened.")]
    received_at: Annotated[Instant, Meta(description="When the hub got to know it.")]
    clock: Annotated[str, Meta(description="How good the station's wall clock was then.")] | None
    role: Annotated[str, Meta(description="Whose order it was, where no station signalled.")] | None
    data: dict[str, str | float | bool | dict[str, str | int | None] | None]


class Choice(Struct, frozen=True, kw_only=True):
    """Which events are asked for."""

    after: Number | UnsetType = UNSET
    loop: LoopId | UnsetType = UNSET
    card: CardId | UnsetType = UNSET
    station: StationId | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    call: Call | UnsetType = UNSET
    since: Annotated[Instant, Meta(description="Known to the hub then or later.")] | UnsetType = UNSET
    until: Annotated[Instant, Meta(description="Known to the hub before.")] | UnsetType = UNSET


class EventQuery(Choice, frozen=True, kw_only=True):
    limit: Limit = 100
    cursor: Cursor | UnsetType = UNSET


LISTING = Listing[RecordedEvent]("events", int, lambda recorded: recorded.number)


@operation("GET /api/v1/events")
def events(parts: WebParts, query: EventQuery) -> Page[Event]:
    """Events after a number. To follow, ask again with `after` = the number of the last event seen."""
    known = LISTING.known(query)
    if known is not None and query.after is not UNSET:
        raise faulty([Fault("query.after", "stands against `cursor`: give one of the two")])
    which = replace(filter_of(query), after=known or query.after or 0, limit=query.limit + 1)
    with parts.store.view() as view:
        page = LISTING.cut(view.events(which), query)
    return Page([event_of(recorded) for recorded in page.items], page.next)


def filter_of(choice: Choice) -> EventFilter:
    """The events of `choice`, from the first."""
    return EventFilter(
        loop=choice.loop or None,
        card=choice.card or None,
        station=choice.station or None,
        kind=choice.kind or None,
        call=choice.call or None,
        since_ms=milliseconds(choice.since) if choice.since is not UNSET else None,
        until_ms=milliseconds(choice.until) if choice.until is not UNSET else None,
    )


def event_of(recorded: RecordedEvent) -> Event:
    event, occasion = recorded.event, recorded.occasion
    data = dict(_told(dataclasses.asdict(event)))
    return Event(
        number=recorded.number,
        kind=event.kind,
        loop=data.pop("loop"),
        card=data.pop("card", None),
        station=occasion.station,
        signal=occasion.signal,
        at=instant(occasion.moment.at_ms),
        received_at=instant(occasion.moment.received_ms),
        clock=occasion.moment.clock,
        role=occasion.role,
        data=data,
    )


def _told(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Times are told as times; what a move does not say of a container is left out."""
    for name, value in fields.items():
        if name.endswith("_ms"):
            yield (
                f"{name.removesuffix('_ms')}_at",
                None if value is None else msgspec.to_builtins(instant(value)),
            )
        elif name != "contents" or value is not None:
            yield name, value
