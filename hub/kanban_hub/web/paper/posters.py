"""What hangs on the floor: the sheet of command codes, and the labels of the stations."""

from flask import Response, request

from kanban_hub.domain.plant import Station
from kanban_hub.language import _
from kanban_hub.paper.form import FORMS, PAPERS, Form, tiled
from kanban_hub.paper.posters import StationLabel, command_sheet, station_label
from kanban_hub.paper.shape import Drawing
from kanban_hub.paper.sheet import Imposition, sheets
from kanban_hub.web.frame import Page
from kanban_hub.web.paper import commands, wish
from kanban_hub.web.paper.files import pdf_file, sheet_page, with_query
from kanban_hub.web.parts import WebParts

SIZES = ("a6", "a7")


def command_page(parts: WebParts) -> Response:
    content = {"papers": [(paper.id, paper.words) for paper in PAPERS.values()], "paper_id": _paper_id()}
    pdf = with_query("/print/commands.pdf", [("paper", _paper_id())])
    return sheet_page(parts, "paper/commands.html", _commands(), content | {"pdf": pdf})


def command_pdf(_parts: WebParts) -> Response:
    return pdf_file(_commands(), commands.title(), "commands")


def station_page(parts: WebParts) -> Response:
    """A label for each station, or for those that are chosen."""
    asked = wish.wish_of(request.args, request.host_url)
    wanted = request.args.getlist("station")
    with parts.floor() as (floor, _revision):
        stations = list(floor.plant.stations.values())
    chosen = [one for one in stations if not wanted or one.id in wanted]
    content = {
        "stations": [(one.id, one.name, one in chosen) for one in stations],
        "sizes": [(id_, FORMS[id_].words) for id_ in SIZES],
        "size": _size().id,
        "wish": asked,
        "faults": asked.faults,
        "is_local": wish.is_for_this_machine_only(asked.address),
        "pdf": with_query("/print/stations.pdf", list(request.args.items(multi=True))),
    }
    return sheet_page(parts, "paper/stations.html", _stations(chosen, asked), content)


def station_pdf(parts: WebParts) -> Response:
    asked = wish.wish_of(request.args, request.host_url)
    wanted = request.args.getlist("station")
    with parts.floor() as (floor, _revision):
        chosen = [one for one in floor.plant.stations.values() if not wanted or one.id in wanted]
    return pdf_file(_stations(chosen, asked), _("Labels of stations"), "stations")


PAGES = (
    Page("GET /print/commands", command_page, is_reading=True),
    Page("GET /print/commands.pdf", command_pdf, is_reading=True),
    Page("GET /print/stations", station_page, is_reading=True),
    Page("GET /print/stations.pdf", station_pdf, is_reading=True),
)


def _commands() -> list[Drawing]:
    return [command_sheet(commands.title(), commands.commands(), PAPERS[_paper_id()])]


def _paper_id() -> str:
    asked = request.args.get("paper", "")
    return asked if asked in PAPERS else "a4"


def _size() -> Form:
    asked = request.args.get("size", "")
    return FORMS[asked] if asked in SIZES else FORMS["a6"]


def _stations(stations: list[Station], asked: wish.Wish) -> list[Drawing]:
    labels = [station_label(_label(one, asked.address), _size()) for one in stations]
    grid = tiled(_size(), PAPERS[_paper_id()])
    return sheets(labels, Imposition(grid, asked.how.start, asked.how.copies, has_marks=asked.how.has_marks))


def _label(station: Station, address: str) -> StationLabel:
    """A station outside has nobody here who would press a button."""
    state = (_("How the station is"), f"{address}/stations/{station.id}")
    panel = (_("The station on a phone or tablet"), f"{address}/panel/{station.id}")
    return StationLabel(station.name, station.id, (state,) if station.external else (panel, state))
