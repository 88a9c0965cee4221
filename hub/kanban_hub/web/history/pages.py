"""The history of events, for people: the newest first, narrowed by what stands in the address."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request

from kanban_hub.domain.plant import Plant
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.history.kinds import KIND_NAMES
from kanban_hub.web.history.picture import told
from kanban_hub.web.history.wanted import ROWS, Wanted
from kanban_hub.web.parts import WebParts


def history(parts: WebParts) -> Response:
    """What is wrong with the address is told above the form, in which it stays."""
    with parts.floor() as (floor, _):
        plant = floor.plant
    wanted = Wanted(request.args, ZoneInfo(plant.calendar.timezone))
    with parts.store.view() as view:
        found = view.events(wanted.which) if not wanted.faults else []
    rows = [told(recorded, plant) for recorded in found[:ROWS]]
    content = _choices(plant) | {
        "wanted": wanted,
        "zone": plant.calendar.timezone,
        "rows": rows,
        "older": wanted.older(rows[-1].number) if len(found) > ROWS else "",
    }
    return shown(parts, "history/history.html", content, 400 if wanted.faults else 200)


PAGES = (Page("GET /events", history, is_reading=True),)


def _choices(plant: Plant) -> dict[str, Any]:
    loops = sorted((loop.id, plant.item_name(loop)) for loop in plant.loops.values())
    stations = sorted((station.id, station.name) for station in plant.stations.values())
    return {"loops": loops, "stations": stations, "kinds": KIND_NAMES}
