"""How a tablet becomes a station: it opens the station's link once, and stays one until it is taken back."""

from flask import redirect
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.suppliers.links import good_station
from kanban_hub.web import cookies
from kanban_hub.web.frame import Page
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem


def station(parts: WebParts, token: str) -> AnyResponse:
    link_id, now_ms = parts.signer.station(token), parts.clock.now_ms()
    link = good_station(parts.store, link_id, now_ms) if link_id is not None else None
    if link is None:
        raise ProblemError(problem(404, "this station's link does not work, or not any more"))
    response = redirect(f"/panel/{link.station}", 303)
    cookies.give(response, cookies.STATION, token, (link.expires_ms - now_ms) // 1000)
    return response


PAGES = (Page("GET /station/{token}", station, is_open=True),)
