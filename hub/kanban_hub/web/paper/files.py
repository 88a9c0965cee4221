"""Sheets as a page, and as files."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response

from kanban_hub.language import _
from kanban_hub.paper.pdf import pdf
from kanban_hub.paper.shape import Drawing
from kanban_hub.paper.svg import svg
from kanban_hub.web.frame import shown
from kanban_hub.web.parts import WebParts

PDF = "application/pdf"
ZPL = "text/plain; charset=us-ascii"


def sheet_page(
    parts: WebParts, template: str, sheets: Sequence[Drawing], content: Mapping[str, Any], status: int = 200
) -> Response:
    """A page that shows `sheets` as they are printed; the template extends `paper/sheets.html`."""
    drawn = [
        svg(sheet, _("Sheet %(number)s of %(count)s") % {"number": number, "count": len(sheets)})
        for number, sheet in enumerate(sheets, 1)
    ]
    paper = f"{sheets[0].width:g}x{sheets[0].height:g}" if sheets else "210x297"
    return shown(parts, template, {"sheets": drawn, "paper": paper, **content}, status)


def pdf_file(sheets: Sequence[Drawing], title: str, name: str) -> Response:
    """The same sheets as a PDF, opened in the browser under this name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf(sheets, title), mimetype=PDF, headers=headers)


def zpl_file(job: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.zpl"'}
    return Response(job, content_type=ZPL, headers=headers)


def with_query(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
