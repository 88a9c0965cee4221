"""Moving stations on the map, its scale, and the picture behind it: each is a change of the plant."""

from collections.abc import Callable
from math import isfinite
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.errors import PlantMovedError
from kanban_hub.domain.floormap import way_units
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.orders import ChangePlant
from kanban_hub.photo import BYTES_MOST, PhotoError, photo_of, size_of
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdraft import Tables, row_of, weigh, with_row
from kanban_hub.web.floormap.drawing import MARGIN
from kanban_hub.web.floormap.errors import MapError
from kanban_hub.web.floormap.ground import ground
from kanban_hub.web.floormap.picture import drawn_of
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.weighing import Standing, done, loaded
from kanban_hub.web.problem import not_found

MAY = (ChangePlant,)
HOME = "/map/move"
# Somebody else may drag at the same time: the newest plant is changed then.
TRIES = 3
FORM_BYTES = 64 * 1024
FAR = 1e6
_MAP = "floor_map"


def move(parts: WebParts) -> Response:
    return _shown(parts)


def move_station(parts: WebParts, station: str) -> AnyResponse:
    if request.form.get("do") == "forget":
        return _changed(parts, lambda _plant, tables: _placed(tables, station, None))
    return _changed(parts, lambda _plant, tables: _placed(tables, station, [_number("x"), _number("y")]))


def set_scale(parts: WebParts) -> AnyResponse:
    return _changed(parts, lambda plant, tables: _with_map(tables, metres_per_unit=_scale(plant)))


def set_picture(parts: WebParts) -> AnyResponse:
    upload = request.files.get("file")
    try:
        photo = photo_of(upload.read() if upload else b"")
    except PhotoError as error:
        return _shown(parts, str(error) if upload else _("Choose a file first."))
    parts.store.keep_photo(photo, parts.clock.now_ms())
    wide, high = size_of(photo)
    return _changed(parts, lambda plant, tables: _with_picture(plant, tables, photo.id, high / wide))


def place_picture(parts: WebParts) -> AnyResponse:
    return _changed(parts, _with_picture_placed)


def remove_picture(parts: WebParts) -> AnyResponse:
    gone = {"picture": None, "picture_corner": None, "picture_size": None}
    return _changed(parts, lambda _plant, tables: _with_map(tables, **gone))


PAGES = (
    Page("GET /map/move", move, MAY),
    Page("POST /map/move/{station}", move_station, MAY),
    Page("POST /map/scale", set_scale, MAY),
    Page("POST /map/picture", set_picture, MAY, most_bytes=BYTES_MOST + FORM_BYTES),
    Page("POST /map/picture/place", place_picture, MAY),
    Page("POST /map/picture/remove", remove_picture, MAY),
)


def _changed(parts: WebParts, draft: Callable[[Plant, Tables], Tables]) -> AnyResponse:
    """The plant as `draft` makes it, and then to the map; or the map with what is wrong."""
    for _try in range(TRIES):
        now = loaded(parts)
        try:
            number = done(parts, _wanted(now, draft), now.revision, PlantWay.PAGE)
        except MapError as error:
            return _shown(parts, str(error))
        except PlantMovedError:
            continue
        return redirect(f"{HOME}?changed={number}", 303)
    return _shown(parts, _("The plant is being changed by others just now: try again."))


def _wanted(now: Standing, draft: Callable[[Plant, Tables], Tables]) -> Plant:
    assert now.floor is not None, "a plant is loaded"
    weighed = weigh(now.floor, draft(now.floor.plant, now.tables))
    if weighed.plant is None:
        raise MapError(" ".join(fault.text for fault in weighed.faults))
    return weighed.plant


def _shown(parts: WebParts, fault: str | None = None) -> Response:
    with parts.floor() as (floor, _revision):
        plant = floor.plant
    drawn = drawn_of(plant)
    own = [station for station in plant.stations.values() if station.position is not None]
    content: dict[str, Any] = {
        "ground": ground(plant, drawn),
        "floor_map": plant.floor_map,
        "own": own,
        "photo": plant.floor_map.picture,
        "fault": fault,
        "typed": request.form if fault else {},
        "home": HOME,
    }
    return shown(parts, "floormap/move.html", content | changed(parts), 400 if fault else 200)


def _placed(tables: Tables, station: str, position: list[float] | None) -> Tables:
    row = row_of(tables, "stations", station)
    if row is None:
        raise not_found(_("there is no station %(name)s") % {"name": station[:80]})
    rest = {name: value for name, value in row.items() if name != "position"}
    return with_row(tables, "stations", station, rest | ({"position": position} if position else {}))


def _scale(plant: Plant) -> float | None:
    """Metres of a unit, by the way between two stations that somebody has measured."""
    if request.form.get("do") == "forget":
        return None
    ends = [plant.stations.get(request.form.get(name, "")) for name in ("from", "to")]
    places = [station.position for station in ends if station is not None and station.position is not None]
    if len(places) < 2:  # noqa: PLR2004  # a way has two ends
        raise MapError(_("Choose two stations that have a place on the map."))
    units, metres = way_units(places[0], places[1]), _number("metres")
    if not units:
        raise MapError(_("Both stations stand at the same place: choose two that are apart."))
    if metres <= 0:
        raise MapError(_("A way is longer than 0 metres."))
    return metres / units


def _with_picture(plant: Plant, tables: Tables, photo: str, shape: float) -> Tables:
    """As wide as the picture before, or so that it lies under all stations; `shape` is height by width."""
    known, frame = plant.floor_map, drawn_of(plant).frame
    if known.picture_size is not None:
        corner, wide = known.picture_corner, known.picture_size[0]
    else:
        corner = ((frame.left + MARGIN) / frame.pixels, (frame.top + MARGIN) / frame.pixels)
        wide = (frame.width - 2 * MARGIN) / frame.pixels
    return _with_map(tables, picture=photo, picture_corner=list(corner), picture_size=[wide, wide * shape])


def _with_picture_placed(plant: Plant, tables: Tables) -> Tables:
    size = plant.floor_map.picture_size
    if size is None:
        raise MapError(_("There is no picture to be placed."))
    x, y, wide = _number("x"), _number("y"), _number("width")
    if wide <= 0:
        raise MapError(_("A picture is wider than 0."))
    return _with_map(tables, picture_corner=[x, y], picture_size=[wide, wide * size[1] / size[0]])


def _with_map(tables: Tables, **settings: Any) -> Tables:
    """A setting that is `None` goes."""
    wanted = {**tables.get(_MAP, {}), **settings}
    return {**tables, _MAP: {name: value for name, value in wanted.items() if value is not None}}


def _number(name: str) -> float:
    """What was typed in a field, with a point or a comma. Raises `MapError`."""
    text = request.form.get(name, "").strip().replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > FAR:
        raise MapError(_("Write a number, as 12.5: %(text)s is none.") % {"text": text[:40] or "…"})
    return value
