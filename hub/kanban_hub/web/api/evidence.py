"""The figures that the hub makes from its events, each with the numbers of the events behind it."""

import dataclasses
from typing import Annotated, Any

import msgspec
from flask import Response
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.evidence.figures import FIGURES, Figure
from kanban_hub.domain.evidence.window import Window
from kanban_hub.web import sheetfile
from kanban_hub.web.instant import Instant, instant, instant_or_none, ms
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty, not_found
from kanban_hub.web.sheetfile import Cell

WINDOW_MS = 30 * DAY_MS
# A row over many containers names the newest of its events; a cell of a spreadsheet holds no more.
EVENTS_MOST = 1_000
DIGITS = 9
_EVENTS = "events"

From = Annotated[Instant, Meta(description="The begin of the time looked at; 30 days before its end.")]
To = Annotated[Instant, Meta(description="The end of the time looked at; now.")]


class FigureTold(Struct, frozen=True, kw_only=True):
    """What a figure is. The unit is that of its main column."""

    name: str
    title: str
    unit: str
    definition: str
    columns: list[str]


class WindowQuery(Struct, frozen=True, kw_only=True):
    from_: From | UnsetType = msgspec.field(default=UNSET, name="from")
    to: To | UnsetType = UNSET


class EvidenceQuery(PageQuery, frozen=True, kw_only=True):
    from_: From | UnsetType = msgspec.field(default=UNSET, name="from")
    to: To | UnsetType = UNSET


class Evidence(Struct, frozen=True, kw_only=True):
    """The rows of a figure by its columns. `events` are at most the newest 1,000 of each row.

    `complete_from` is since when all events are taken into account; null before the first event.
    """

    name: str
    title: str
    unit: str
    from_: Instant = msgspec.field(name="from")
    to: Instant
    as_of: Instant
    complete_from: Instant | None
    columns: list[str]
    items: list[dict[str, Cell]]
    next: str | None


FIGURE_LISTING = Listing[FigureTold]("evidence", str, lambda told: told.name)


@dataclasses.dataclass(frozen=True)
class _Placed:
    """A row with its place, and the window that it was made for: the same on every page."""

    key: tuple[int, int, int]
    row: Any


ROWS = Listing[_Placed]("figure", tuple[int, int, int], lambda placed: placed.key)


@operation("GET /api/v1/evidence")
def figures(_: WebParts, query: PageQuery) -> Page[FigureTold]:
    """All figures: what each says, in which unit, and how it is made."""
    return FIGURE_LISTING.page((_told(name, figure) for name, figure in FIGURES.items()), query)


@operation("GET /api/v1/evidence/{figure}", errors=(404,))
def evidence(parts: WebParts, figure: str, query: EvidenceQuery) -> Evidence:
    """One figure over a time. `events` of a row are numbers: `/api/v1/events?after=` n - 1 finds event n."""
    found = _figure(figure)
    known = ROWS.known(query)
    now_ms = parts.clock.now_ms()
    window = Window(*known[:2]) if known else _window(query.from_, query.to, now_ms)
    answer = parts.evidence.answer(found, window, now_ms)
    key = (window.from_ms, window.to_ms)
    page = ROWS.page((_Placed((*key, at), row) for at, row in enumerate(answer.rows)), query)
    columns = _columns(found)
    return Evidence(
        name=figure,
        title=found.title,
        unit=found.unit,
        from_=instant(window.from_ms),
        to=instant(window.to_ms),
        as_of=instant(now_ms),
        complete_from=instant_or_none(answer.complete_from_ms),
        columns=columns,
        items=[dict(zip(columns, _cells(placed.row), strict=True)) for placed in page.items],
        next=page.next,
    )


@operation("GET /api/v1/evidence/{figure}.csv", errors=(404,), media_type=sheetfile.MEDIA_TYPE, made=str)
def evidence_csv(parts: WebParts, figure: str, query: WindowQuery) -> Response:
    """The whole figure as CSV (RFC 4180, UTF-8), with a header. Text that looks like a formula gets a `'`."""
    found = _figure(figure)
    now_ms = parts.clock.now_ms()
    answer = parts.evidence.answer(found, _window(query.from_, query.to, now_ms), now_ms)
    lines = sheetfile.lines(_columns(found), map(_cells, answer.rows))
    response = Response("".join(lines), mimetype=sheetfile.MEDIA_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{figure}.csv")
    return response


def _figure(name: str) -> Figure:
    if name not in FIGURES:
        raise not_found(f"no figure {name[:80]!r}; there are {', '.join(FIGURES)}")
    return FIGURES[name]


def _told(name: str, figure: Figure) -> FigureTold:
    return FigureTold(
        name=name,
        title=figure.title,
        unit=figure.unit,
        definition=figure.definition,
        columns=_columns(figure),
    )


def _columns(figure: Figure) -> list[str]:
    """An instant is told as one, so its unit goes from its name."""
    names = (field.name for field in dataclasses.fields(figure.row))
    return [name.removesuffix("_ms") if name.endswith("_at_ms") else name for name in names]


def _cells(row: Any) -> list[Cell]:
    return [_cell(field.name, getattr(row, field.name)) for field in dataclasses.fields(row)]


def _cell(name: str, value: Any) -> Cell:
    if name.endswith("_at_ms") and value is not None:
        return str(msgspec.to_builtins(instant(value)))
    if name.endswith(_EVENTS):
        return list(value[-EVENTS_MOST:])
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return str(value) if isinstance(value, str) else value  # an enum's value, not its name


def _window(from_: Any, to: Any, now_ms: int) -> Window:
    """Without an end it ends now, and holds what happens this very millisecond."""
    to_ms = now_ms + 1 if to is UNSET else ms(to)
    from_ms = to_ms - WINDOW_MS if from_ is UNSET else ms(from_)
    if from_ms >= to_ms:
        raise faulty([Fault("query.from", "must lie before `to`")])
    return Window(from_ms, to_ms)
