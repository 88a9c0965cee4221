"""A supplier's open requests as files. Each replaces the one before."""

from typing import Annotated

from flask import Response
from msgspec import Meta, Struct

from kanban_hub.domain.moves import State
from kanban_hub.requests.deljit import deljit
from kanban_hub.requests.edifact import EdifactError
from kanban_hub.requests.request import OpenRequest, RequestList, request_list
from kanban_hub.requests.table import csv_of
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem

CSV = "text/csv"
EDIFACT = "application/EDIFACT"  # RFC 1767


class Request(Struct, frozen=True, kw_only=True):
    """One card to serve."""

    place: Annotated[int, Meta(ge=1, description="1 is served next.")]
    card: str
    item: str
    item_name: str
    supplier_item: Annotated[str, Meta(description="The supplier's own number of the item.")] | None
    quantity: int
    consumer: str
    state: State
    asked_at: Instant
    needed_at: Annotated[Instant, Meta(description="When the consumer runs dry without it.")]
    promised_at: Instant | None
    replacement: bool


class Requests(Struct, frozen=True, kw_only=True):
    """All that is open. Two lists of one `number` hold the same requests."""

    site: str
    supplier: str
    number: int
    as_of: Instant
    requests: list[Request]


@operation("GET /api/v1/stations/{station}/requests.json", errors=(404,))
def requests_json(parts: WebParts, station: str) -> Requests:
    """The open requests of a supplier, all of them, as JSON."""
    found = _list(parts, station)
    return Requests(
        site=found.site,
        supplier=found.supplier,
        number=found.number,
        as_of=instant(found.as_of_ms),
        requests=[_request(request) for request in found.requests],
    )


@operation("GET /api/v1/stations/{station}/requests.csv", errors=(404,), media_type=CSV, made=str)
def requests_csv(parts: WebParts, station: str) -> Response:
    """The open requests of a supplier as CSV in UTF-8."""
    found = _list(parts, station)
    return _file(csv_of(found).encode(), f"{CSV}; charset=utf-8", f"{station}.csv")


@operation("GET /api/v1/stations/{station}/requests.edi", errors=(404, 409), media_type=EDIFACT, made=str)
def requests_edi(parts: WebParts, station: str) -> Response:
    """The open requests of a supplier as EDIFACT DELJIT D.97A, in ISO 8859-1 (UNOC)."""
    found = _list(parts, station)
    try:
        return _file(deljit(found), EDIFACT, f"{station}.edi")
    except EdifactError as error:
        raise ProblemError(problem(409, str(error))) from None


def _list(parts: WebParts, station: str) -> RequestList:
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, revision):
        if station not in floor.plant.stations:
            raise not_found(f"no station {station[:80]!r}")
        return request_list(floor, station, revision, now_ms)


def _file(content: bytes, content_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, content_type=content_type)


def _request(request: OpenRequest) -> Request:
    return Request(
        place=request.place,
        card=request.card,
        item=request.item,
        item_name=request.item_name,
        supplier_item=request.supplier_item,
        quantity=request.quantity,
        consumer=request.consumer,
        state=State(request.state),
        asked_at=instant(request.asked_ms),
        needed_at=instant(request.needed_ms),
        promised_at=instant_or_none(request.promised_ms),
        replacement=request.is_replacement,
    )
