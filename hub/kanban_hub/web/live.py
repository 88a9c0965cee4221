"""Pages that follow the floor by themselves: the same address gives the page, or only what changes in it.

`live.js` asks for the part after each hint and morphs it in. A part that still holds costs a 304.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask import Response, render_template, request

from kanban_hub.web.assets import version
from kanban_hub.web.frame import HTML, PART_HEADER, is_part, shown, surroundings
from kanban_hub.web.parts import WebParts
from kanban_hub.web.screens.telling import attend

ASSETS_HEADER = "X-Kanban-Assets"
_VARIES = (PART_HEADER, "Accept-Language", "Accept-Encoding", "Cookie")
_VARY = ", ".join(_VARIES)


@dataclass(frozen=True)
class Part:
    """The inside of a page, drawn. `tag` is equal for equal ones. It may be sent many times: packed once."""

    body: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, html: str) -> Self:
        body = html.encode()
        # Level 1: a tenth of the size for a millisecond; more would save little.
        return cls(body, gzip.compress(body, 1, mtime=0), hashlib.sha256(body).hexdigest()[:20])


def live_part(parts: WebParts, part: Part) -> Response:
    """A part that is drawn already. Hundreds of screens ask at one instant: its headers are set at once."""
    tag = f'"{part.tag}"'
    headers = [(ASSETS_HEADER, version()), ("ETag", tag), ("Vary", _VARY)]
    if tag in request.headers.get("If-None-Match", ""):
        response = Response(status=304, headers=headers, mimetype=HTML)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(part.packed, headers=[*headers, ("Content-Encoding", "gzip")], mimetype=HTML)
    else:
        response = Response(part.body, headers=headers, mimetype=HTML)
    attend(parts, response)
    return response


def live(parts: WebParts, name: str, content: Mapping[str, Any]) -> Response:
    """The page of the template `name`, which extends `live.html`, or its block `inside`."""
    if is_part(request):
        html = render_template(name, is_part=True, **surroundings(parts), **content)
        return live_part(parts, Part.of(html))
    response = shown(parts, name, {"is_part": False, **content})
    attend(parts, response)
    response.vary.update(_VARIES)
    return response
