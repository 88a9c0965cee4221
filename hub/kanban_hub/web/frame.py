"""Pages for people, complete without scripts: whatever goes wrong, a page comes of it."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.errors import AccountError
from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.errors import DomainError
from kanban_hub.errors import HubError, NotLoadedError, StoreError
from kanban_hub.web.assets import version
from kanban_hub.web.caller import NOBODY, Caller
from kanban_hub.web.door import FORM_FIELD, Door
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import REFRESH_S, ProblemError
from kanban_hub.web.ways import ways

log = logging.getLogger(__name__)

# The first that fits.
_TOLD: tuple[tuple[Any, Callable[[Any], tuple[str, int]]], ...] = (
    (AccountError, lambda error: (str(error), 400)),
    (ProblemError, lambda error: (f"Not possible: {error.problem.detail}.", error.problem.status)),
    (DomainError, lambda error: (f"Nothing was done: {error}.", 409)),
    ((StoreError, NotLoadedError), lambda error: (f"The hub cannot answer now: {error}.", 503)),
    (HubError, lambda error: (str(error), 400)),
    (HTTPException, lambda error: (error.description or "", error.code or 500)),
)
_FAULT = "The hub has a fault; its log says which."


@dataclass(frozen=True)
class Page:
    """`route` is such as `POST /accounts/{name}/disable`.

    The handler takes the parts as the caller may use them, and each part of the path by its name; it gives a
    page's text or an answer. Who may: `gives` as for an operation; without any whoever has an account.
    `is_reading`: everybody, unless the hub is private; `is_open`: everybody whatever the hub is set to.
    """

    route: str
    handler: Callable[..., Any]
    gives: tuple[Errand | type[Any], ...] = ()
    is_reading: bool = False
    is_open: bool = False


def install(app: Flask, parts: WebParts, pages: tuple[Page, ...]) -> None:
    """Serve `pages` by `app`."""
    door = Door(parts)
    for page in pages:
        method, path = page.route.split(" ")
        rule = re.sub(r"\{(\w+)\}", r"<\1>", path)
        app.add_url_rule(rule, f"page {page.route}", partial(_serve, page, door), methods=[method])


def shown(parts: WebParts, name: str, content: Mapping[str, Any], status: int = 200) -> Response:
    """The page of this template, which extends `page.html`."""
    return Response(render_template(name, **surroundings(parts), **content), status, mimetype="text/html")


def surroundings(parts: WebParts) -> dict[str, Any]:
    """What the base of every page needs."""
    return {
        "assets": version(),
        "who": parts.caller,
        "ways": ways(parts.caller),
        "path": request.path,
        "form_field": FORM_FIELD,
        "as_of": instant(parts.clock.now_ms()),
    }


def _serve(page: Page, door: Door, **path: str) -> AnyResponse:
    caller = NOBODY
    try:
        caller = door.caller()
        refused = _refused(page, door, caller)
        made = refused or page.handler(door.parts_for(caller), **path)
        response = made if isinstance(made, AnyResponse) else Response(made, mimetype="text/html")
    except Exception as error:  # noqa: BLE001  # a person gets a page, whatever it was
        text, status = _told(error)
        response = shown(door.parts_for(caller), "sorry.html", {"text": text}, status)
    if not page.is_reading:
        # Nothing of it may be seen by the Back button of whoever sits down next.
        response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and request.method == "GET":
        response.headers["Refresh"] = str(REFRESH_S)  # a screen asks again without a hand
    response.vary.add("Cookie")
    return response


def _refused(page: Page, door: Door, caller: Caller) -> AnyResponse | None:
    """Where somebody without an account is sent. Raises a 403."""
    if page.is_open:
        return None
    if page.is_reading:
        return door.turned_away(is_page=True) if door.is_closed_to(caller) else None
    if caller.name is None:
        return door.turned_away(is_page=True)
    if page.gives:
        door.check_order(caller, page.gives)
    elif request.method == "POST":
        door.check_form(caller)
    return None


def _told(error: Exception) -> tuple[str, int]:
    for kind, told in _TOLD:
        if isinstance(error, kind):
            return told(error)
    log.error("a page failed", exc_info=error)
    return _FAULT, 500
