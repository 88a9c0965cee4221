"""Everything that can be printed, and where."""

from flask import Response

from kanban_hub.web.frame import Page, shown
from kanban_hub.web.paper.files import with_query
from kanban_hub.web.parts import WebParts


def home(parts: WebParts) -> Response:
    with parts.floor() as (floor, _revision):
        plant = floor.plant
        loops = [(one.id, plant.item_name(one), len(floor.cards_of(one.id))) for one in plant.loops.values()]
        suppliers = [
            (one.name, _labels([loop.id for loop in plant.loops_at(one.id) if loop.supplier == one.id]))
            for one in plant.stations.values()
            if one.external
        ]
    return shown(parts, "paper/home.html", {"loops": loops, "suppliers": suppliers})


def _labels(loops: list[str]) -> str:
    pairs = [("loop", loop) for loop in loops]
    return with_query("/print/cards", [*pairs, ("size", "a7"), ("qr", "data"), ("contents", "1")])


PAGES = (Page("GET /print", home, is_reading=True),)
