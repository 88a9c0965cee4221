"""The board: of the plant or of a line, for walls, desks and phones."""

from dataclasses import replace

from flask import Response, request
from werkzeug.exceptions import NotFound

from kanban_hub.language import _
from kanban_hub.web.board.easel import easel
from kanban_hub.web.board.picture import Painter, Picture
from kanban_hub.web.board.query import Query
from kanban_hub.web.frame import Page, is_part
from kanban_hub.web.health import COMMIT_STALE_S
from kanban_hub.web.live import live, live_part
from kanban_hub.web.parts import HubHealth, WebParts
from kanban_hub.web.signs import signs


def board(parts: WebParts, line: str = "") -> Response:
    """Raises `NotFound` for a line that the plant does not have."""
    query = Query.of(line, request.args)
    painted = easel().painted(parts, query)
    if is_part(request):
        return live_part(parts, painted.part)
    name = "board/wall.html" if query.wall else "board/board.html"
    return live(parts, name, {"painted": painted.part.body.decode(), "query": query})


PAGES = (
    Page("GET /", board, is_reading=True),
    Page("GET /board/{line}", board, is_reading=True),
)


def picture(parts: WebParts, query: Query) -> Picture:
    """What the board shows now."""
    with parts.floor() as (floor, _revision):
        if query.line and query.line not in floor.plant.lines:
            raise NotFound(_("The plant has no such line."))
        painter = Painter(floor, query, parts.clock.now_ms())
        painted, stations = painter.picture(parts.reader.latest), painter.stations()
    with parts.store.view() as view:
        found = signs(parts, view, stations)
    return replace(painted, stations=found, warning=_warning(parts.hub()))


def _warning(hub: HubHealth) -> str | None:
    """What makes the picture old though the hub answers."""
    if hub.commit_age_s > COMMIT_STALE_S:
        return _("The hub cannot store: nothing is taken until its disk is well again")
    if not hub.is_connected:
        return _("The hub has no link to the broker: stations keep their signals")
    return None
