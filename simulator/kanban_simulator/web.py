"""The simulator's pages: one panel at the root, or a front page with all panels below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event

from flask import Flask, Response, render_template, request
from msgspec import json

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


def station_app(station: VirtualStation, is_closing: Event) -> Flask:
    """One station, its page at `/`."""
    app = _app()
    app.register_blueprint(panel.blueprint(station, Plate(station.id), Streams(station.changes, is_closing)))
    return app


def floor_app(tiles: Mapping[str, Tile], board_port: int, changes: Changes, is_closing: Event) -> Flask:
    """All stations of a floor below `/stations/{id}/`, and the front page that links them and the board."""
    app = _app()
    streams = Streams(changes, is_closing)
    for tile in tiles.values():
        pages = panel.blueprint(tile.station, tile.plate, streams)
        app.register_blueprint(pages, url_prefix=f"/stations/{tile.station.id}")

    @app.get("/")
    def front() -> str:
        # The board is another server on this machine, by whatever name the reader reached it.
        board = f"http://{request.host.rsplit(':', 1)[0]}:{board_port}/"
        return render_template("front.html", tiles=tiles.values(), board=board)

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
