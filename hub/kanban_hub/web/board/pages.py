"""The board: one page for walls, desks and phones."""

import threading
from dataclasses import dataclass

from flask import Response, current_app, render_template

from kanban_hub.language import _, spoken
from kanban_hub.web.board.picture import Painter, Picture
from kanban_hub.web.frame import Page
from kanban_hub.web.health import COMMIT_STALE_S
from kanban_hub.web.live import live
from kanban_hub.web.parts import HubHealth, WebParts
from kanban_hub.web.signs import signs

# Two hundred screens ask at one hint: the picture is painted once for all of them.
KEEP_S = 0.5


@dataclass(frozen=True)
class Painted:
    """The board's inside, drawn."""

    html: str
    change: int
    painted_s: float


class Easel:
    """Keeps the last painted board of each language for as long as it is true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, Painted] = {}

    def painted(self, parts: WebParts) -> str:
        """The board's inside in the language that is spoken."""
        with self._lock:
            now_s, change = parts.presence.now_s(), parts.changes.version
            last = self._last.get(spoken())
            if last is None or last.change != change or now_s - last.painted_s > KEEP_S:
                html = render_template("board/inside.html", board=picture(parts))
                last = self._last[spoken()] = Painted(html, change, now_s)
            return last.html


def board(parts: WebParts) -> Response:
    easel: Easel = current_app.extensions["easel"]
    return live(parts, "board/board.html", {"painted": easel.painted(parts)})


PAGES = (Page("GET /", board, is_reading=True),)


def picture(parts: WebParts) -> Picture:
    """What the board shows now."""
    with parts.floor() as (floor, _revision):
        painter = Painter(floor, parts.clock.now_ms())
        calls, loops, queues = painter.calls(), painter.loops(), painter.queues()
        site, stations = floor.plant.site, list(floor.plant.stations.values())
    with parts.store.view() as view:
        found = signs(parts, view, stations)
    return Picture(site, calls, loops, queues, found, _warning(parts.hub()))


def _warning(hub: HubHealth) -> str | None:
    """What makes the picture old though the hub answers."""
    if hub.commit_age_s > COMMIT_STALE_S:
        return _("The hub cannot store: nothing is taken until its disk is well again")
    if not hub.is_connected:
        return _("The hub has no link to the broker: stations keep their signals")
    return None
