"""The pages of loops: all of them, and one as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, request

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.language import _
from kanban_hub.web import sheetfile
from kanban_hub.web.frame import Page
from kanban_hub.web.live import live
from kanban_hub.web.loop.overview import LoopRow, Overview, Past, worst_first
from kanban_hub.web.loop.past import all_full, all_leads
from kanban_hub.web.parts import WebParts


@dataclass(frozen=True)
class Choice:
    """One way to look at fewer loops: `known` are the ids to choose from, with their names."""

    name: str
    title: str
    chosen: str
    known: tuple[tuple[str, str], ...]


def loops(parts: WebParts) -> Response:
    rows, choices, site = _loops(parts)
    return live(parts, "loop/loops.html", {"rows": rows, "choices": choices, "site": site, "order": _order()})


def loops_csv(parts: WebParts) -> Response:
    """The same rows for a spreadsheet; names and states as ids, so that they do not hang on a language."""
    rows, *_rest = _loops(parts)
    columns = ("loop", "supplier", "consumer", "urgency", "full", "cards", "lasts_minutes", "open_calls")
    lines = sheetfile.lines(columns, map(_cells, rows))
    response = Response("".join(lines), mimetype=sheetfile.MEDIA_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename="loops.csv")
    return response


def _cells(row: LoopRow) -> tuple[sheetfile.Cell, ...]:
    minutes = round(row.lasts_minutes, 1)
    return (row.id, row.supplier, row.consumer, row.urgency, row.full, row.cards, minutes, row.calls)


def _loops(parts: WebParts) -> tuple[list[LoopRow], tuple[Choice, ...], str]:
    known = Past(all_leads(parts), all_full(parts))
    with parts.floor() as (floor, _revision):
        overview = Overview(floor, parts.clock.now_ms(), known)
        rows = [overview.row(loop) for loop in _chosen(floor)]
        choices, site = _choices(floor), floor.plant.site
    if _order() == "worst":
        rows.sort(key=worst_first)
    return rows, choices, site


def _order() -> str:
    return "place" if request.args.get("order") == "place" else "worst"


def _choices(floor: Floor) -> tuple[Choice, ...]:
    plant = floor.plant
    found = (
        Choice("line", _("Line"), _arg("line"), tuple((line.id, line.name) for line in plant.lines.values())),
        Choice(
            "supplier",
            _("Supplier"),
            _arg("supplier"),
            _stations(floor, (loop.supplier for loop in plant.loops.values())),
        ),
        Choice(
            "consumer",
            _("Consumer"),
            _arg("consumer"),
            _stations(floor, (loop.consumer for loop in plant.loops.values())),
        ),
    )
    return tuple(choice for choice in found if choice.known)


def _stations(floor: Floor, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    wanted = set(ids)
    return tuple((one.id, one.name) for one in floor.plant.stations.values() if one.id in wanted)


def _chosen(floor: Floor) -> list[KanbanLoop]:
    """What is not of the plant chooses nothing, as a link that has grown old should."""
    line, supplier, consumer = _arg("line"), _arg("supplier"), _arg("consumer")
    found = floor.plant.loops_of_line(line) if line in floor.plant.lines else list(floor.plant.loops.values())
    return [loop for loop in found if supplier in ("", loop.supplier) and consumer in ("", loop.consumer)]


def _arg(name: str) -> str:
    return request.args.get(name, "")


PAGES = (
    Page("GET /loops", loops, is_reading=True),
    Page("GET /loops.csv", loops_csv, is_reading=True),
)
