"""The value-stream map: what a plant's chain looks like by its own figures."""

from typing import TYPE_CHECKING

from flask import Response, current_app, request

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.tiers import loops_by_tier
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.valuestream.stream import Stream, value_stream
from kanban_hub.web.floormap.zoom import Zoom, percent_of
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant_or_none
from kanban_hub.web.parts import WebParts
from kanban_hub.web.report.span import SPANS, Span, span
from kanban_hub.web.valuestream.picture import paint

if TYPE_CHECKING:
    from kanban_hub.web.kept import Kept

# Its letters are larger than those of the floor map.
LEAST = 0.52

Made = tuple[Stream, Plant, int | None]


def values(parts: WebParts) -> Response:
    with parts.floor() as (floor, _revision):
        plant = floor.plant
    chosen = span(request.args, plant.calendar, parts.clock.now_ms())
    ends = {loop.id: plant.item_name(loop) for loop in loops_by_tier(plant).get(0, [])}
    asked = request.args.get("loop", "")
    end = asked if asked in ends else None
    stream, of_plant, complete_ms = _stream(parts, chosen, end)
    heard = {station: parts.presence.of(station) for station in of_plant.stations}
    painted = paint(of_plant, stream, heard, parts.presence.now_s())
    address = f"/map/values?{chosen.link}{f'&loop={end}' if end else ''}"
    content = {
        "stream": painted,
        "zoom": Zoom(percent_of(request.args.get("zoom")), painted.plan.width, address, LEAST),
        "span": chosen,
        "spans": SPANS,
        "ends": list(ends.items()) if len(ends) > 1 else [],
        "end": end or "",
        "complete": instant_or_none(complete_ms),
    }
    return shown(parts, "valuestream/stream.html", content, 400 if chosen.faults else 200)


PAGES = (Page("GET /map/values", values, is_reading=True),)


def _stream(parts: WebParts, chosen: Span, end: str | None) -> Made:
    """Made of the events once for all who look at the same time and end within some seconds."""
    kept: Kept = current_app.extensions["kept"]

    def made(basis: Basis) -> tuple[Stream, Plant]:
        plant = basis.floor.plant
        return value_stream(basis, end if end in plant.loops else None), plant

    def make() -> Made:
        found, complete_ms = parts.evidence.made(made, chosen.window, parts.clock.now_ms())
        return (*found, complete_ms)

    key = ("value stream", end, chosen.chosen, *sorted(chosen.typed.items()))
    return kept.get(key, parts.presence.now_s(), make)
