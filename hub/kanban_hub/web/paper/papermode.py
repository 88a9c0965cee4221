"""Paper mode: one page that prints all that an outage needs."""

from flask import Response, request

from kanban_hub.language import _
from kanban_hub.orders import EnterLine
from kanban_hub.paper.document import pages
from kanban_hub.paper.form import PAPERS, Paper
from kanban_hub.paper.shape import Drawing
from kanban_hub.web.frame import Page
from kanban_hub.web.paper.files import pdf_file, sheet_page, with_query
from kanban_hub.web.paper.outage import Kit
from kanban_hub.web.parts import WebParts
from kanban_hub.web.supplier.entry import zone_of


def page(parts: WebParts) -> Response:
    paper = _paper()
    content = {
        "papers": [(one.id, one.words) for one in PAPERS.values()],
        "paper_id": paper.id,
        "pdf": with_query("/print/paper-mode.pdf", [("paper", paper.id)]),
        "may_enter": parts.caller.may(EnterLine),
    }
    return sheet_page(parts, "paper/papermode.html", drawn(parts, paper), content)


def pdf(parts: WebParts) -> Response:
    return pdf_file(drawn(parts, _paper()), _("Paper mode"), "paper-mode")


def drawn(parts: WebParts, paper: Paper) -> list[Drawing]:
    with parts.floor() as (floor, _revision):
        kit = Kit(floor, parts.clock.now_ms(), zone_of(floor.plant))
        sections = kit.sections()
    return pages(sections, paper, kit.foot())


PAGES = (
    Page("GET /print/paper-mode", page, is_reading=True),
    Page("GET /print/paper-mode.pdf", pdf, is_reading=True),
)


def _paper() -> Paper:
    return PAPERS.get(request.args.get("paper", ""), PAPERS["a4"])
