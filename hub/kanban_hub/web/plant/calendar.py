"""When the plant works: its time zone, its shifts and its closed days; and what its displays speak."""

from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.orders import ChangePlant
from kanban_hub.plantdraft import Tables
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.faultpicture import picture
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.rows import list_of
from kanban_hub.web.plant.sheets import SHEETS
from kanban_hub.web.plant.weighing import Attempt, Faults, Standing, attempted, loaded
from kanban_hub.web.plant.zones import zones
from kanban_protocol.catalogue import LANGUAGES, SOURCE

MAY = (ChangePlant,)
HOME = "/plant/calendar"


def calendar(parts: WebParts) -> Response:
    return _shown(parts, loaded(parts), Faults())


def set_zone(parts: WebParts) -> AnyResponse:
    return attempted(parts, Attempt(_with_zone, partial(_shown, parts), HOME))


PAGES = (
    Page("GET /plant/calendar", calendar, MAY),
    Page("POST /plant/calendar", set_zone, MAY),
)


def _with_zone(now: Standing) -> Tables:
    said = {name: request.form.get(name, "").strip() for name in ("timezone", "language")}
    return {**now.tables, **{name: value for name, value in said.items() if name in request.form}}


def _shown(parts: WebParts, now: Standing, faults: Faults) -> Response:
    zone = now.tables.get("timezone", "UTC")
    content = {
        "lists": [list_of(SHEETS[table], now.tables) for table in ("shifts", "closed")],
        "timezone": request.form.get("timezone", zone),
        "zones": zones(),
        "display_languages": LANGUAGES,
        "display_language": request.form.get("language", now.tables.get("language", SOURCE)),
        "faults": [picture(fault, faults.tables) for fault in faults.found],
        "revision": now.revision,
    }
    return shown(parts, "plant/calendar.html", content | changed(parts), 400 if faults.found else 200)
