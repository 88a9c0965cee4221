"""The lit buttons of each station: one form a station, with all its slots."""

from functools import partial
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.orders import ChangePlant
from kanban_hub.plantdraft import Row, Tables, row_of
from kanban_hub.planttables import MAX_SLOTS
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.faultpicture import picture
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.weighing import Attempt, Faults, Standing, attempted, loaded
from kanban_hub.web.problem import not_found

MAY = (ChangePlant,)
HOME = "/plant/slots"


def listed(parts: WebParts) -> Response:
    tables = loaded(parts).tables
    stations = [
        {
            "id": row["id"],
            "name": row["name"],
            "bound": _bound(tables, row["id"]),
            "is_own": _is_own(tables, row["id"]),
        }
        for row in tables.get("stations", ())
        if not row.get("external")
    ]
    return shown(parts, "plant/slots.html", {"stations": stations} | changed(parts))


def opened(parts: WebParts, station: str) -> Response:
    return _form(parts, station, loaded(parts), Faults())


def change(parts: WebParts, station: str) -> AnyResponse:
    again = partial(_form, parts, station)
    return attempted(parts, Attempt(partial(_with_slots, station), again, HOME))


PAGES = (
    Page("GET /plant/slots", listed, MAY),
    Page("GET /plant/slots/{station}", opened, MAY),
    Page("POST /plant/slots/{station}", change, MAY),
)


def _form(parts: WebParts, station: str, now: Standing, faults: Faults) -> Response:
    known = row_of(now.tables, "stations", station)
    if known is None:
        raise not_found(f"no station {station[:40]!r}")
    chosen = _chosen() if request.method == "POST" else _own(now.tables, station)
    content = {
        "station": known,
        "slots": [(slot, chosen.get(slot, "")) for slot in range(1, MAX_SLOTS + 1)],
        "loops": [(loop["id"], _told(now.tables, loop, station)) for loop in _loops(now.tables, station)],
        "usual": _usual(now.tables, station),
        "faults": [picture(fault, faults.tables) for fault in faults.found],
        "revision": now.revision,
    }
    return shown(parts, "plant/slot.html", content, 400 if faults.found else 200)


def _with_slots(station: str, now: Standing) -> Tables:
    rows = [row for row in now.tables.get("slots", ()) if row["station"] != station]
    chosen = [{"station": station, "slot": slot, "loop": loop} for slot, loop in _chosen().items() if loop]
    return {**now.tables, "slots": [*rows, *chosen]}


def _chosen() -> dict[int, str]:
    return {slot: request.form.get(f"slot-{slot}", "") for slot in range(1, MAX_SLOTS + 1)}


def _own(tables: Tables, station: str) -> dict[int, str]:
    return {row["slot"]: row["loop"] for row in tables.get("slots", ()) if row["station"] == station}


def _usual(tables: Tables, station: str) -> dict[int, str]:
    """What the slots mean without rows: the station's loops in order."""
    return {slot: loop["id"] for slot, loop in enumerate(_loops(tables, station), 1)}


def _bound(tables: Tables, station: str) -> list[tuple[int, str]]:
    return sorted((_own(tables, station) or _usual(tables, station)).items())


def _is_own(tables: Tables, station: str) -> bool:
    return bool(_own(tables, station))


def _loops(tables: Tables, station: str) -> list[Row]:
    return [loop for loop in tables.get("loops", ()) if station in (loop["supplier"], loop["consumer"])]


def _told(tables: Tables, loop: Row, station: str) -> dict[str, Any]:
    item = row_of(tables, "items", loop["item"]) or {}
    other = loop["supplier"] if station == loop["consumer"] else loop["consumer"]
    known = row_of(tables, "stations", other) or {}
    return {
        "item": item.get("name", loop["item"]),
        "other": known.get("name", other),
        "is_consumer": station == loop["consumer"],
    }
