"""Customers' orders as a page: one typed in, or a table from a spreadsheet."""

from typing import Any

import msgspec
from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.demanding import ends_chain
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.records import demand as records
from kanban_hub.orders import PlaceDemand
from kanban_hub.web.api.demands import COLUMNS, Demand, DemandOrder, Placed, place, placed_from, told
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault

SHOWN_MOST = 50


def customers(parts: WebParts) -> Response:
    return _shown(parts)


def place_one(parts: WebParts) -> AnyResponse:
    given = {name: request.form.get(name, "").strip() for name in COLUMNS}
    try:
        order = msgspec.convert(given, DemandOrder, strict=False)
    except msgspec.ValidationError as error:
        return _shown(parts, [Fault("order", str(error))], given)
    place(parts, order)
    return redirect("/customers", 303)


def place_table(parts: WebParts) -> AnyResponse:
    upload = request.files.get("file")
    table = upload.read().decode("utf-8", "replace") if upload else ""
    answer: Placed = placed_from(parts, table or request.form.get("table", ""))
    if answer.refused:
        return _shown(parts, answer.refused)
    return redirect("/customers", 303)


MAY = (PlaceDemand,)
PAGES = (
    Page("GET /customers", customers, MAY),
    Page("POST /customers", place_one, MAY),
    Page("POST /customers/table", place_table, MAY),
)


def _shown(
    parts: WebParts, faults: list[Fault] | None = None, given: dict[str, str] | None = None
) -> Response:
    with parts.floor() as (floor, _):
        content: dict[str, Any] = {
            "loops": [(loop.id, floor.plant.item_name(loop)) for loop in _ends(floor)],
            "demands": _latest(floor),
            "faults": faults or [],
            "given": given or {},
            "columns": ",".join(COLUMNS),
        }
    return shown(parts, "customers.html", content, 400 if faults else 200)


def _ends(floor: Floor) -> list[KanbanLoop]:
    return [loop for loop in floor.plant.loops.values() if ends_chain(floor, loop)]


def _latest(floor: Floor) -> list[Demand]:
    """The open orders, then the newest of those served."""
    found = floor.records_of(records.Demand, only_open=False)
    found.sort(key=lambda demand: (not demand.is_open, -demand.placed_ms))
    return [told(demand) for demand in found[:SHOWN_MOST]]
