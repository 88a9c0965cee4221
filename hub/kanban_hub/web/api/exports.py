"""All events as files: CSV for spreadsheets, a JSON document a line for programs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Annotated

import msgspec
from flask import Response
from msgspec import Meta

from kanban_hub.ports import RecordedEvent
from kanban_hub.web import sheetfile
from kanban_hub.web.api.events import Choice, Event, event_of, filter_of
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

LINES_MOST = 100_000
PAGE = 1_000
JSON_LINES = "application/x-ndjson"

Lines = Annotated[int, Meta(ge=1, le=LINES_MOST, description="How many events at most.")]


class ExportQuery(Choice, frozen=True, kw_only=True):
    limit: Lines = LINES_MOST


@operation("GET /api/v1/events.csv", media_type=sheetfile.MEDIA_TYPE, made=str)
def events_csv(parts: WebParts, query: ExportQuery) -> Response:
    """Events as CSV, oldest first. The file after it begins `after` the number of its last line."""
    response = _streamed(parts, query, _csv_lines)
    response.mimetype = sheetfile.MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename="events.csv")
    return response


@operation("GET /api/v1/events.jsonl", media_type=JSON_LINES, made=str)
def events_jsonl(parts: WebParts, query: ExportQuery) -> Response:
    """Events as JSON lines, oldest first, each as `/api/v1/events` has it."""
    response = _streamed(parts, query, lambda events: (_json(event) + "\n" for event in events))
    response.mimetype = JSON_LINES
    response.headers.set("Content-Disposition", "attachment", filename="events.jsonl")
    return response


def _streamed(
    parts: WebParts, query: ExportQuery, form: Callable[[Iterator[Event]], Iterator[str]]
) -> Response:
    """The lines as they are read. Each file holds a thread, as a stream does, so it takes a seat."""
    pages = _pages(parts, query)
    first = next(pages, [])  # before the answer begins: a store that cannot be read is a 503
    events = (event_of(recorded) for page in chain([first], pages) for recorded in page)
    if not parts.seats.take():
        raise ProblemError(problem(503, "too many files at once: try again"), {"Retry-After": "30"})
    response = Response(form(events))
    response.call_on_close(parts.seats.give_back)
    return response


def _pages(parts: WebParts, query: ExportQuery) -> Iterator[list[RecordedEvent]]:
    """Each page by a look of its own: a slow client keeps no transaction open."""
    after, left = query.after or 0, query.limit
    while left:
        which = replace(filter_of(query), after=after, limit=min(PAGE, left))
        with parts.store.view() as view:
            page = view.events(which)
        if not page:
            return
        yield page
        after, left = page[-1].number, left - len(page)


def _csv_lines(events: Iterator[Event]) -> Iterator[str]:
    """`data` is JSON in its cell."""
    rows = (msgspec.to_builtins(event) | {"data": _json(event.data)} for event in events)
    columns = Event.__struct_fields__
    return sheetfile.lines(columns, ([row[name] for name in columns] for row in rows))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
