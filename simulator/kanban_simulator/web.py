"""The simulator's pages: one panel at the root, or a front page with all panels below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event

from flask import Flask, Response, render_template, request
from msgspec import json

from kanban_hub.web.ways import WAYS
from kanban_simulator import panel, problem
from kanban_simulator.change import Changes
from kanban_simulator.form import MAX_BODY_BYTES
from kanban_simulator.panel import Plate
from kanban_simulator.station import VirtualStation
from kanban_simulator.stream import Streams

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Tile:
    """A station on the front page."""

    station: VirtualStation
    plate: Plate


@dataclass(frozen=True)
class HubPages:
    """Where the hub's pages are: at another port. `welcome` is where a visitor's password is set, once."""

    port: int
    welcome: str | None = None

    def at(self, host: str) -> str:
        """Their address, by whatever name the reader reached this machine."""
        return f"http://{host.rsplit(':', 1)[0]}:{self.port}"


def station_app(station: VirtualStation, is_closing: Event) -> Flask:
    """One station, its page at `/`."""
    app = _app()
    app.register_blueprint(panel.blueprint(station, Plate(station.id), Streams(station.changes, is_closing)))
    return app


def floor_app(tiles: Mapping[str, Tile], pages: HubPages, changes: Changes, is_closing: Event) -> Flask:
    """All stations of a floor below `/stations/{id}/`, and the front page that links them and the board."""
    app = _app()
    streams = Streams(changes, is_closing)
    for tile in tiles.values():
        plate = panel.blueprint(tile.station, tile.plate, streams)
        app.register_blueprint(plate, url_prefix=f"/stations/{tile.station.id}")

    @app.get("/")
    def front() -> str:
        open_to_all = [way for way in WAYS if not way.gives and way.path != "/"]
        hub = pages.at(request.host)
        return render_template("front.html", tiles=tiles.values(), hub=hub, ways=open_to_all, pages=pages)

    @app.get("/events")
    def events() -> Response:
        return streams.response(lambda: json.encode({name: t.station.sight() for name, t in tiles.items()}))

    return app


def _app() -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    problem.install(app)

    @app.after_request
    def guard(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        return answer

    return app
