"""Pages that follow the floor by themselves: the same address gives the page, or only what changes in it.

`live.js` asks for the part after each hint and morphs it in. A part that still holds costs a 304.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request

from kanban_hub.web.assets import version
from kanban_hub.web.frame import HTML, PART_HEADER, is_part, shown, surroundings
from kanban_hub.web.parts import WebParts
from kanban_hub.web.screens.telling import attend

ASSETS_HEADER = "X-Kanban-Assets"


def live_part(parts: WebParts, body: bytes, tag: str) -> Response:
    """A part that is drawn already; `tag` is equal for equal ones."""
    response = Response(body, mimetype=HTML)
    response.set_etag(tag)
    response.make_conditional(request)
    response.headers[ASSETS_HEADER] = version()
    return _varied(parts, response)


def live(parts: WebParts, name: str, content: Mapping[str, Any]) -> Response:
    """The page of the template `name`, which extends `live.html`, or its block `inside`."""
    if not is_part(request):
        response = shown(parts, name, {"is_part": False, **content})
    else:
        body = render_template(name, is_part=True, **surroundings(parts), **content).encode()
        return live_part(parts, body, tag_of(body))
    return _varied(parts, response)


def tag_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]


def _varied(parts: WebParts, response: Response) -> Response:
    attend(parts, response)
    response.vary.update((PART_HEADER, "Accept-Language"))
    return response
