"""How large a sheet is, for the browser's own printing: only a style sheet can say it.

Browsers round a page down to whole pixels (1/96 inch). A sheet that is a hair higher would bring an empty
page after it, so its lowest half millimetre, where nothing is printed, is let go.
"""

from flask import Response

from kanban_hub.paper.form import MOST_MM
from kanban_hub.web.frame import Page
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

_LET_GO_PX = 2
_WIDEST_MM = 2 * MOST_MM
"""A card of two sides lies open."""


def page_css(_parts: WebParts, size: str) -> Response:
    """`size` is such as `210x297`, in mm."""
    try:
        width, height = (float(part) for part in size.split("x"))
    except ValueError:
        width = height = 0.0
    if not (0 < width <= _WIDEST_MM and 0 < height <= _WIDEST_MM):  # NaN is neither
        raise ProblemError(problem(404, "no such size"))
    text = (
        f"@page {{ size: {width:g}mm {height:g}mm; margin: 0; }}\n"
        f".paper {{ width: {width:g}mm; height: calc({height:g}mm - {_LET_GO_PX}px); }}\n"
    )
    return Response(text, mimetype="text/css", headers={"Cache-Control": "max-age=86400"})


PAGES = (Page("GET /print/page-{size}.css", page_css, is_reading=True),)
