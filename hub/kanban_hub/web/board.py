"""The board: one page for walls, desks and phones, fetched once; its inside as often as needed."""

import hashlib
import threading
from dataclasses import dataclass

from flask import Response, current_app, render_template, request

from kanban_hub.errors import NotLoadedError, StoreError
from kanban_hub.web.assets import version
from kanban_hub.web.frame import surroundings
from kanban_hub.web.health import COMMIT_STALE_S
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import HubHealth, WebParts
from kanban_hub.web.picture import Painter, Picture
from kanban_hub.web.signs import signs

HTML = "text/html"
# Two hundred screens ask at one hint: the picture is painted once for all of them.
KEEP_S = 0.5


@dataclass(frozen=True)
class Painted:
    """The board's inside, drawn. `tag` names its content."""

    html: str
    tag: str
    change: int
    painted_s: float


class Easel:
    """Keeps the last painted board for as long as it is true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Painted | None = None

    def painted(self, parts: WebParts) -> Painted:
        with self._lock:
            now_s, change = parts.presence.now_s(), parts.changes.version
            last = self._last
            if last is None or last.change != change or now_s - last.painted_s > KEEP_S:
                last = self._last = _painted(parts, change, now_s)
            return last


@operation("GET /", media_type=HTML, made=str, is_page=True)
def page(parts: WebParts) -> Response:
    """The board as a page, complete without scripts."""
    try:
        painted = _easel().painted(parts)
    except StoreError as error:  # a screen that starts just now must come to a page that asks again
        painted = Painted(render_template("empty.html", text=str(error), assets=version()), "", 0, 0.0)
    around = surroundings(parts)
    html = render_template("board.html", inside=painted.html, tag=painted.tag, **around)
    return Response(html, mimetype=HTML, headers={"Vary": "Cookie"})


@operation("GET /board", media_type=HTML, made=str)
def board(parts: WebParts) -> Response:
    """The inside of the board. With `If-None-Match` of the newest a 304 says that it still holds."""
    painted = _easel().painted(parts)
    response = Response(painted.html, mimetype=HTML)
    response.set_etag(painted.tag)
    response.make_conditional(request)
    return response


def picture(parts: WebParts) -> Picture:
    """What the board shows now."""
    with parts.floor() as (floor, _):
        painter = Painter(floor, parts.clock.now_ms())
        calls, loops, queues = painter.calls(), painter.loops(), painter.queues()
        site, stations = floor.plant.site, list(floor.plant.stations.values())
    with parts.store.view() as view:
        found = signs(parts, view, stations)
    return Picture(site, calls, loops, queues, found, _warning(parts.hub()))


def _painted(parts: WebParts, change: int, now_s: float) -> Painted:
    try:
        html = render_template("inside.html", board=picture(parts), assets=version())
    except NotLoadedError as error:
        html = render_template("empty.html", text=str(error), assets=version())
    tag = hashlib.sha256(html.encode()).hexdigest()[:20]
    return Painted(html, tag, change, now_s)


def _warning(hub: HubHealth) -> str | None:
    """What makes the picture old though the hub answers."""
    if hub.commit_age_s > COMMIT_STALE_S:
        return "The hub cannot store: nothing is taken until its disk is well again"
    if not hub.is_connected:
        return "The hub has no link to the broker: stations keep their signals"
    return None


def _easel() -> Easel:
    easel: Easel = current_app.extensions["easel"]
    return easel
