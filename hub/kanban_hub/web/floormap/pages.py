"""The floor map: what stands where, and how it is, at one look."""

from flask import Response, request

from kanban_hub.orders import ChangePlant
from kanban_hub.web.floormap.picture import picture
from kanban_hub.web.floormap.zoom import zoom
from kanban_hub.web.frame import Page
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts


def floor_map(parts: WebParts) -> Response:
    painted = picture(parts)
    content = {
        "map": painted,
        "zoom": zoom(request.args.get("zoom"), painted.drawn.frame),
        "may_move": parts.caller.may(ChangePlant),
    }
    return live(parts, "floormap/map.html", content)


PAGES = (Page("GET /map", floor_map, is_reading=True),)
