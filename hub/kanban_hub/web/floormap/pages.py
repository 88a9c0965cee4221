"""The floor map: what stands where, and how it is, at one look."""

from flask import Response, request

from kanban_hub.orders import ChangePlant
from kanban_hub.web.floormap.picture import picture
from kanban_hub.web.floormap.type import DESK, WALL
from kanban_hub.web.floormap.walk import walk
from kanban_hub.web.floormap.zoom import Zoom, percent_of
from kanban_hub.web.frame import Page, is_part
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts


def floor_map(parts: WebParts) -> Response:
    is_wall = request.args.get("wall") == "1"
    painted = picture(parts, WALL if is_wall else DESK)
    if is_wall:
        return live(parts, "floormap/wall.html", {"map": painted, "zoom": None})
    content = {
        "map": painted,
        "zoom": Zoom(percent_of(request.args.get("zoom")), painted.drawn.frame.width, "/map"),
        "may_move": parts.caller.may(ChangePlant),
        "walking": None if is_part(request) else walk(parts),
    }
    return live(parts, "floormap/map.html", content)


PAGES = (Page("GET /map", floor_map, is_reading=True),)
