"""The software station as a page: the same for everybody, because what differs is asked for by its scripts.

So a browser may keep it, and open it while the hub is away.
"""

from pathlib import Path

from flask import Response

from kanban_hub.web.frame import Page, shown
from kanban_hub.web.panel.texts import texts
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.urgency import URGENCIES

WORKER = Path(__file__).parent.parent / "static" / "panel" / "worker.js"


def panel(parts: WebParts, station: str) -> Response:
    with parts.floor() as (floor, _):
        known = floor.plant.stations.get(station)
    if known is None:
        raise not_found(f"no station {station[:80]!r}")
    content = {"station": station, "name": known.name, "texts": texts(), "urgencies": URGENCIES}
    return shown(parts, "panel/panel.html", content)


def worker(_: WebParts) -> Response:
    """Beside the pages, because a service worker may see only what lies below its own address."""
    return Response(WORKER.read_bytes(), mimetype="text/javascript")


PAGES = (
    Page("GET /panel/worker.js", worker, is_open=True),
    Page("GET /panel/{station}", panel, is_reading=True),
)
