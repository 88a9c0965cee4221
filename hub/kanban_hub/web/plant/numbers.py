"""The numbers by which suppliers outside the plant know the items: all in one form."""

from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.orders import ChangePlant
from kanban_hub.plantdraft import Row, Tables, row_of
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.faultpicture import at_fields, elsewhere
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.weighing import Attempt, Faults, Standing, attempted, loaded

MAY = (ChangePlant,)
HOME = "/plant/numbers"


def numbers(parts: WebParts) -> Response:
    return _shown(parts, loaded(parts), Faults())


def change(parts: WebParts) -> AnyResponse:
    return attempted(parts, Attempt(_with_numbers, partial(_shown, parts), HOME))


PAGES = (Page("GET /plant/numbers", numbers, MAY), Page("POST /plant/numbers", change, MAY))


def _with_numbers(now: Standing) -> Tables:
    """Only what the reader changed: a number that others changed meanwhile stays."""
    return {**now.tables, "loops": [_numbered(loop) for loop in now.tables.get("loops", ())]}


def _numbered(loop: Row) -> Row:
    typed = request.form.get(f"number.{loop['id']}")
    was = request.form.get(f"was.{loop['id']}", "")
    if typed is None or typed.strip() == was:
        return loop
    rest = {name: value for name, value in loop.items() if name != "supplier_item"}
    return {**rest, "supplier_item": typed.strip()} if typed.strip() else rest


def _shown(parts: WebParts, now: Standing, faults: Faults) -> Response:
    outside = {row["id"] for row in now.tables.get("stations", ()) if row.get("external")}
    rows: list[dict[str, object]] = []
    told: dict[str, tuple[str, ...]] = {}
    for index, loop in enumerate(now.tables.get("loops", ())):
        if loop["supplier"] in outside:
            at = at_fields(faults.found, "loops", index)
            told.update(at)
            rows.append(_picture(now.tables, loop, at.get("supplier_item", ())))
    content = {"rows": rows, "faults": elsewhere(faults.found, told, faults.tables), "revision": now.revision}
    return shown(parts, "plant/numbers.html", content | changed(parts), 400 if faults.found else 200)


def _picture(tables: Tables, loop: Row, faults: tuple[str, ...]) -> dict[str, object]:
    was = request.form.get(f"was.{loop['id']}", loop.get("supplier_item", ""))
    return {
        "id": loop["id"],
        "item": (row_of(tables, "items", loop["item"]) or {}).get("name", loop["item"]),
        "supplier": (row_of(tables, "stations", loop["supplier"]) or {}).get("name", loop["supplier"]),
        "was": was,
        "number": request.form.get(f"number.{loop['id']}", was),
        "faults": faults,
    }
