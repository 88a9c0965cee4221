"""Pages for people, complete without scripts: whatever goes wrong, a page comes of it."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Flask, Request, Response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.errors import AccountError
from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.errors import DomainError
from kanban_hub.errors import HubError, NotLoadedError, StoreError
from kanban_hub.language import N_, _, spoken
from kanban_hub.ports import screen_name
from kanban_hub.web import cookies, problem
from kanban_hub.web.assets import version
from kanban_hub.web.caller import NOBODY, Caller
from kanban_hub.web.door import FORM_FIELD, Door
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.preferences import THEMES, theme_of
from kanban_hub.web.problem import REFRESH_S, ProblemError
from kanban_hub.web.ways import ways
from kanban_protocol.catalogue import LANGUAGES
from kanban_protocol.refusals import TEXTS, Refusal

log = logging.getLogger(__name__)

HTML = "text/html"
_PROGRAMS = ("/api/", "/static/")
PART_HEADER = "X-Kanban-Part"


@dataclass(frozen=True)
class Sorry:
    """What a person is told instead of a page. `detail` is as exact as the rule that refused, in English.

    `way` is the page where it is mended.
    """

    text: str
    status: int
    detail: str = ""
    way: str | None = None


_EMPTY = N_("Nothing is known of your plant. An admin makes one in the first steps, or loads a plant file.")
# The first that fits.
_TOLD: tuple[tuple[Any, Callable[[Any], Sorry]], ...] = (
    (AccountError, lambda error: Sorry(str(error), 400)),
    (ProblemError, lambda error: Sorry(_not_possible(error.problem.detail), error.problem.status)),
    (DomainError, lambda error: Sorry(refused_text(error), 409, str(error))),
    (StoreError, lambda error: Sorry(_("The hub cannot answer now."), 503, str(error))),
    (NotLoadedError, lambda error: Sorry(_(_EMPTY), 503, str(error), "/start")),
    (HubError, lambda error: Sorry(str(error), 400)),
    (RequestEntityTooLarge, lambda _error: Sorry(_too_large(), 413)),
    (HTTPException, lambda error: Sorry(error.description or "", error.code or 500)),
)
_FAULT = N_("The hub has a fault; its log says which.")


@dataclass(frozen=True)
class Page:
    """`route` is such as `POST /accounts/{name}/disable`.

    The handler takes the parts as the caller may use them, and each part of the path by its name; it gives a
    page's text or an answer. Who may: `gives` as for an operation; without any whoever has an account.
    `is_reading`: everybody, unless the hub is private; `is_open`: everybody whatever the hub is set to.
    `most_bytes` are allowed of the form where that is not as everywhere.
    """

    route: str
    handler: Callable[..., Any]
    gives: tuple[Errand | type[Any], ...] = ()
    is_reading: bool = False
    is_open: bool = False
    most_bytes: int | None = None


def install(app: Flask, parts: WebParts, pages: tuple[Page, ...]) -> None:
    """Serve `pages` by `app`."""
    door = Door(parts)
    for page in pages:
        method, path = page.route.split(" ")
        rule = re.sub(r"\{(\w+)\}", r"<\1>", path)
        app.add_url_rule(rule, f"page {page.route}", partial(_serve, page, door), methods=[method])
    app.register_error_handler(NotFound, partial(_nowhere, door))


def shown(parts: WebParts, name: str, content: Mapping[str, Any], status: int = 200) -> Response:
    """The page of this template, which extends `page.html`."""
    return Response(render_template(name, **surroundings(parts), **content), status, mimetype=HTML)


def is_part(asked: Request) -> bool:
    """Whether a page that is open asks for what may have changed in it."""
    return asked.headers.get(PART_HEADER) == "inside"


def is_wall(asked: Request) -> bool:
    """Whether it is a page for a wall, where nobody can touch anything."""
    return asked.args.get("wall") == "1"


def ended(parts: WebParts, token: str = "", status: int = 401) -> Response:
    """What a wall shows that may no longer look: what to do, in big letters. It looks again by itself.

    `token` is that of the screen's link, good or not; without one the browser's cookie has it.
    """
    link = parts.signer.screen(token or request.cookies.get(cookies.SCREEN, ""))
    content = {
        "screen_name": screen_name(link) if link else "",
        "hub": request.host_url.rstrip("/"),
        "is_part": is_part(request),
    }
    response = shown(parts, "screens/ended.html", content, status)
    response.headers["Refresh"] = str(REFRESH_S)
    response.headers["Cache-Control"] = "no-store"
    return response


def surroundings(parts: WebParts) -> dict[str, Any]:
    """What the base of every page needs."""
    return {
        "assets": version(),
        "who": parts.caller,
        "ways": ways(parts.caller),
        "path": request.path,
        "form_field": FORM_FIELD,
        "as_of": instant(parts.clock.now_ms()),
        "language": spoken(),
        "languages": LANGUAGES,
        "theme": theme_of(request),
        "themes": THEMES,
        "here": request.full_path.rstrip("?"),
    }


def _serve(page: Page, door: Door, **path: str) -> AnyResponse:
    caller = NOBODY
    try:
        caller = door.caller()
        if page.most_bytes is not None:
            request.max_content_length = request.max_form_memory_size = page.most_bytes
        refused = _refused(page, door, caller)
        made = refused or page.handler(door.parts_for(caller), **path)
        response = made if isinstance(made, AnyResponse) else Response(made, mimetype=HTML)
    except Exception as error:  # noqa: BLE001  # a person gets a page, whatever it was
        sorry = told(error)
        response = shown(door.parts_for(caller), "sorry.html", {"sorry": sorry}, sorry.status)
    if not page.is_reading:
        # Nothing of it may be seen by the Back button of whoever sits down next.
        response.headers["Cache-Control"] = "no-store"
    is_away = response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    is_lost = is_wall(request) and response.status_code >= HTTPStatus.BAD_REQUEST
    if request.method == "GET" and (is_away or is_lost):
        response.headers["Refresh"] = str(REFRESH_S)  # a screen asks again without a hand
    if "Cookie" not in response.headers.get("Vary", ""):
        response.vary.add("Cookie")
    return response


def _nowhere(door: Door, error: NotFound) -> AnyResponse:
    """A person who came by a wrong address gets a page, a program a problem document."""
    if not request.accept_mimetypes.accept_html or request.path.startswith(_PROGRAMS):
        return problem.answer_http(error)
    return _serve(Page("GET /", _no_page, is_open=True), door)


def _no_page(_parts: WebParts) -> Response:
    raise NotFound(_("There is no such page."))


def _refused(page: Page, door: Door, caller: Caller) -> AnyResponse | None:
    """Where somebody without an account is sent. Raises a 403."""
    if page.is_open:
        return None
    if page.is_reading:
        return _closed(door, caller) if door.is_closed_to(caller) else None
    if caller.name is None and not (page.gives and caller.may(*page.gives)):
        return door.turned_away(is_page=True)
    if page.gives:
        door.check_order(caller, page.gives)
    elif request.method == "POST":
        door.check_form(caller)
    return None


def _closed(door: Door, caller: Caller) -> AnyResponse:
    """Nobody can log in at a wall."""
    return ended(door.parts_for(caller)) if is_wall(request) else door.turned_away(is_page=True)


def told(error: Exception) -> Sorry:
    """What a person is told of `error`."""
    for kind, say in _TOLD:
        if isinstance(error, kind):
            return say(error)
    log.error("a page failed", exc_info=error)
    return Sorry(_(_FAULT), 500)


def _too_large() -> str:
    most_bytes = request.max_content_length or 0
    return _("What was sent is too large: at most %(size)s kB.") % {"size": most_bytes // 1024}


def _not_possible(why: str) -> str:
    return _("Not possible: %(why)s.") % {"why": why}


def refused_text(error: DomainError) -> str:
    """Why nothing was done, for a person."""
    why = _(TEXTS[Refusal(error.reason)])
    return _("Nothing was done: %(why)s.") % {"why": why if error.card is None else f"{why} ({error.card})"}
