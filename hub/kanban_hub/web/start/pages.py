"""First steps: from an empty hub to the first pull, on one page that knows how far it is."""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.errors import PlantChangeError, PlantMovedError
from kanban_hub.domain.plant import KanbanLoop, Plant
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdraft import Tables, weigh
from kanban_hub.web.cookies import remember
from kanban_hub.web.frame import Page
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.faultpicture import FaultPicture, picture
from kanban_hub.web.plant.weighing import Standing, done, standing
from kanban_hub.web.plant.zones import zones
from kanban_hub.web.problem import not_found
from kanban_hub.web.start import drafts
from kanban_hub.web.start.steps import STATIONS_WANTED, Step, pictures

MAY = (ChangePlant,)
PRINTED = "kanban_printed"

DRAFTS: dict[Step, Callable[[Tables], Tables]] = {
    Step.PLANT: drafts.with_plant,
    Step.STATIONS: drafts.with_stations,
    Step.ITEM: drafts.with_item,
    Step.LOOP: drafts.with_loop,
}


def start(parts: WebParts) -> Response:
    return _shown(parts, standing(parts))


def take(parts: WebParts, step: str) -> AnyResponse:
    """Do one step: what it makes is small and can be taken back, so nothing is asked twice."""
    if step == Step.CARDS:
        response = redirect("/start#pull", 303)
        remember(response, PRINTED, "yes")
        return response
    if step not in set(DRAFTS):
        raise not_found(f"no step {step[:40]!r}")
    return _put_in(parts, Step(step), standing(parts))


PAGES = (Page("GET /start", start, MAY), Page("POST /start/{step}", take, MAY))


def _put_in(parts: WebParts, step: Step, now: Standing) -> AnyResponse:
    weighed = weigh(now.floor, DRAFTS[step](now.tables))
    if weighed.plant is None:
        return _shown(parts, now, [picture(fault, weighed.tables) for fault in weighed.faults], step)
    if not weighed.difference:
        return redirect("/start", 303)
    try:
        done(parts, weighed.plant, now.revision, PlantWay.PAGE)
    except (PlantMovedError, PlantChangeError):  # somebody else was quicker: look at what stands now
        return _put_in(parts, step, standing(parts))
    return redirect(f"/start#{step}", 303)


def _shown(
    parts: WebParts, now: Standing, faults: list[FaultPicture] | None = None, at: Step | None = None
) -> Response:
    steps = pictures(now.floor, has_printed=PRINTED in request.cookies)
    plant = now.floor.plant if now.floor is not None else None
    loop = next(iter(plant.loops.values()), None) if plant is not None else None
    stations = list(plant.stations) if plant is not None else []
    content: dict[str, Any] = {
        "steps": steps,
        "is_ready": all(step.is_done for step in steps),
        "plant": plant,
        "loop_of": _loop(plant, loop) if plant is not None and loop is not None else None,
        "items": list(plant.items.values()) if plant is not None else [],
        "first": stations[0] if stations else "",
        "second": stations[1] if len(stations) > 1 else "",
        "zones": zones(),
        "faults": faults or [],
        "at": at,
        "given": request.form,
        "stations_wanted": range(1, STATIONS_WANTED + 1),
    }
    response = live(parts, "start/start.html", content)
    response.status_code = 400 if faults else response.status_code
    return response


def _loop(plant: Plant, loop: KanbanLoop) -> dict[str, Any]:
    """The first loop, by the names that people read."""
    return {
        "id": loop.id,
        "item": plant.item_name(loop),
        "supplier": plant.stations[loop.supplier].name,
        "consumer": plant.stations[loop.consumer].name,
        "supplier_id": loop.supplier,
        "consumer_id": loop.consumer,
        "cards": loop.cards,
        "quantity": loop.container_quantity,
    }
