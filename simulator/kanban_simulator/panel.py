"""The panel of one virtual station over HTTP: `GET /panel`, hands by POST, and the page that draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flask import Blueprint, Response, abort, render_template, request
from msgspec import Struct, json

from kanban_simulator import form
from kanban_simulator.station import VirtualStation
from kanban_simulator.stream import Streams

T = TypeVar("T", bound=Struct)


@dataclass(frozen=True)
class Plate:
    """What is written on a panel: the station's name, and by each slot's number the item's."""

    title: str
    items: Mapping[int, str] = field(default_factory=dict)


def blueprint(station: VirtualStation, plate: Plate, streams: Streams) -> Blueprint:
    """The pages of `station`, to be mounted anywhere."""
    pages = Blueprint(f"station-{station.id}", __name__)
    _add_page(pages, station, plate, streams)
    _add_hands(pages, station)
    _add_switches(pages, station)
    return pages


def _add_page(pages: Blueprint, station: VirtualStation, plate: Plate, streams: Streams) -> None:
    @pages.get("/")
    def page() -> str:
        return render_template("panel.html", station=station, plate=plate)

    @pages.get("/panel")
    def state() -> Response:
        return _state(station)

    @pages.get("/panel/events")
    def events() -> Response:
        return streams.response(lambda: json.encode(station.sight()))


def _add_hands(pages: Blueprint, station: VirtualStation) -> None:
    @pages.post("/panel/press")
    def press() -> Response:
        wish = _body(form.Press)
        station.button(f"slot-{wish.slot}").press(wish.hold_ms / 1000)
        return _state(station)

    @pages.post("/panel/quality")
    def quality() -> Response:
        station.button("quality").press(_body(form.Hand).hold_ms / 1000)
        return _state(station)

    @pages.post("/panel/help")
    def help_button() -> Response:
        station.button("help").press(_body(form.Hand).hold_ms / 1000)
        return _state(station)

    @pages.post("/panel/down")
    def down() -> Response:
        station.button(_body(form.Hold).part).down()
        return _state(station)

    @pages.post("/panel/up")
    def up() -> Response:
        station.button(_body(form.Hold).part).up()
        return _state(station)

    @pages.post("/panel/scan")
    def scan() -> Response:
        station.scan(_body(form.Scan).code)
        return _state(station)


def _add_switches(pages: Blueprint, station: VirtualStation) -> None:
    @pages.post("/panel/power")
    def power() -> Response:
        station.power(on=_body(form.Switch).on)
        return _state(station)

    @pages.post("/panel/network")
    def network() -> Response:
        station.network(on=_body(form.Switch).on)
        return _state(station)


def _state(station: VirtualStation) -> Response:
    answer = Response(json.encode(station.state()), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _body(kind: type[T]) -> T:
    # Asking for JSON by name also keeps foreign pages out: a browser sends it to us only after asking.
    if request.mimetype != "application/json":
        abort(415, "send application/json")
    return form.read(kind, request.get_data())
