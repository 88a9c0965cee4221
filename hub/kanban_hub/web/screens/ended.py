"""What a wall shows when it may no longer look: what to do, in big letters. It looks again by itself."""

from flask import Response, render_template, request

from kanban_hub.ports import screen_name
from kanban_hub.web import cookies
from kanban_hub.web.caller import NOBODY
from kanban_hub.web.frame import HTML, is_part, surroundings
from kanban_hub.web.parts import WebParts

LOOK_AGAIN_S = 10


def is_wall() -> bool:
    """Whether the page that is asked for hangs on a wall, where nobody can log in."""
    return request.args.get("wall") == "1"


def ended(parts: WebParts, token: str = "", status: int = 401) -> Response:
    """`token` is that of the screen's link, good or not."""
    link = parts.signer.screen(token or request.cookies.get(cookies.SCREEN, ""))
    content = {
        "name": screen_name(link) if link else None,
        "hub": request.host_url.rstrip("/"),
        "is_part": is_part(request),
    }
    html = render_template("screens/ended.html", **surroundings(parts, NOBODY), **content)
    response = Response(html, status, mimetype=HTML)
    response.headers["Refresh"] = str(LOOK_AGAIN_S)
    response.headers["Cache-Control"] = "no-store"
    return response
