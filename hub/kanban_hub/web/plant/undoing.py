"""Taking a change of the plant back, as long as nothing was built on it."""

from pathlib import Path

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub import plantfile
from kanban_hub.domain.errors import PlantMovedError
from kanban_hub.language import _
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.web.address import local
from kanban_hub.web.frame import Page
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.weighing import done
from kanban_hub.web.problem import ProblemError, not_found, problem

MAY = (ChangePlant,)


def undo(parts: WebParts, number: str) -> AnyResponse:
    """Bring back the plant of before the change, if it is still the newest; then to where the form says."""
    if not number.isdecimal():
        raise not_found("no such change")
    with parts.store.view() as view:
        change = view.plant_change(int(number[:15]))
    if change is None or change.before is None:
        raise not_found("no such change")
    plant = plantfile.parse(change.before, Path("before"))
    try:
        made = done(parts, plant, change.number, PlantWay.UNDO)
    except PlantMovedError:
        text = _("the plant was changed since: change it back by hand, or import the plant of before")
        raise ProblemError(problem(409, text)) from None
    return redirect(f"{local(request.form.get('home', '/plant'))}?changed={made}", 303)


PAGES = (Page("POST /plant/changes/{number}/undo", undo, MAY),)
