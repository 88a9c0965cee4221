"""What the page after a change says: what was done, and how to take it back."""

from typing import Any

from flask import request

from kanban_hub.language import _
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.differences import pictures


def changed(parts: WebParts) -> dict[str, Any]:
    """For the template: the change that the address names, and whether it is still the newest."""
    number = request.args.get("changed", "")
    if not number.isdecimal():
        return {"change": None}
    with parts.store.view() as view:
        found = view.plant_change(int(number[:15]))
        is_newest = found is not None and view.plant_revision() == found.number
    if found is None:
        return {"change": None}
    can_undo = is_newest and found.before is not None
    return {
        "change": found,
        "done": pictures(found.difference),
        "can_undo": can_undo,
        "said": _("This is done."),
    }
