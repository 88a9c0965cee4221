"""What each of the first steps adds to the plant, from the few things that it asks for."""

from collections.abc import Mapping
from typing import Any

from flask import request

from kanban_hub.cellvalue import number_of, whole_of
from kanban_hub.plantdraft import Tables, with_row
from kanban_hub.web.plant.duration import joined
from kanban_hub.web.plant.slug import slug
from kanban_hub.web.start.steps import STATIONS_WANTED


def with_plant(tables: Tables) -> Tables:
    """A plant that is there keeps its site."""
    site = tables.get("site") or slug(_text("name"), otherwise="plant")
    return {**tables, "site": site, "timezone": _text("timezone") or tables.get("timezone", "UTC")}


def with_stations(tables: Tables) -> Tables:
    """A station for each name; the last of them may be outside the plant."""
    for number in range(1, STATIONS_WANTED + 1):
        name = _text(f"name-{number}")
        if name:
            row: dict[str, Any] = {"id": slug(name, _ids(tables, "stations"), "station"), "name": name}
            if request.form.get(f"external-{number}"):
                row["external"] = True
            tables = with_row(tables, "stations", None, row)
    return tables


def with_item(tables: Tables) -> Tables:
    name = _text("name")
    return with_row(tables, "items", None, {"id": slug(name, _ids(tables, "items"), "item"), "name": name})


def with_loop(tables: Tables) -> Tables:
    item = _text("item")
    row = {
        "id": slug(item, _ids(tables, "loops"), "loop"),
        "item": item,
        "supplier": _text("supplier"),
        "consumer": _text("consumer"),
        "container_quantity": whole_of(_text("container_quantity")),
        "cards": whole_of(_text("cards")),
        "steps": ["accept", "ship"],
        **_figures(),
    }
    return with_row(tables, "loops", None, row)


def _figures() -> Mapping[str, Any]:
    """The two figures that nobody knows exactly on the first day may stay away."""
    found: dict[str, Any] = {}
    if _text("rate_per_hour"):
        found["rate_per_hour"] = number_of(_text("rate_per_hour"))
    minutes = number_of(_text("lead_time"))
    if _text("lead_time"):
        found["lead_time_s"] = int(joined(minutes, "min")) if isinstance(minutes, float) else minutes
    return found


def _text(name: str) -> str:
    return " ".join(request.form.get(name, "").split())


def _ids(tables: Tables, table: str) -> set[str]:
    return {row["id"] for row in tables.get(table, ())}
