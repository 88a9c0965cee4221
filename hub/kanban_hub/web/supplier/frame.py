"""How every page of a supplier is answered: with headers that keep its address to itself, faults included."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.errors import DomainError
from kanban_hub.errors import NotLoadedError, StoreError
from kanban_hub.language import N_, _, spoken
from kanban_hub.web.assets import version
from kanban_hub.web.cookies import remember
from kanban_hub.web.frame import is_part, refused_text
from kanban_hub.web.preferences import LANGUAGE, THEME, THEMES, theme_of
from kanban_hub.web.problem import ProblemError
from kanban_hub.web.supplier.errors import PageError
from kanban_protocol.catalogue import LANGUAGES

log = logging.getLogger(__name__)

# Only the origin: the path is the key to the page. With `no-referrer` browsers would send forms with the
# origin `null` (Fetch, "append a request `Origin` header").
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_UNAVAILABLE = N_("The plant's hub cannot answer now. Look again in a minute, before you try again.")
_FAULT = N_("The plant's hub has a fault. Ask the person who sent you the link.")

# The first that fits.
_TOLD: tuple[tuple[Any, Callable[[Any], tuple[str, int]]], ...] = (
    (PageError, lambda error: (str(error), error.status)),
    (ProblemError, lambda error: (error.problem.detail, error.problem.status)),
    (DomainError, lambda error: (refused_text(error), 409)),
    ((StoreError, NotLoadedError), lambda _error: (_(_UNAVAILABLE), 503)),
    (HTTPException, lambda error: (error.description or "", error.code or 500)),
)


def as_page(handler: Callable[..., Any]) -> Callable[..., AnyResponse]:
    """Whatever goes wrong, a person gets a page."""

    @wraps(handler)
    def answered(*given: Any, **path: str) -> AnyResponse:
        try:
            return _page(handler(*given, **path))
        except Exception as error:  # noqa: BLE001  # a person gets a page, whatever it was
            text, status = _told(error)
            return _page(shown("sorry", {"text": text}), status)

    return answered


def shown(name: str, content: Mapping[str, Any]) -> str:
    """The page of this name."""
    return render_template(f"supplier/{name}.html", **_surroundings(), **content)


def followed(name: str, content: Mapping[str, Any]) -> Response:
    """A page that follows by itself, or only what may change in it; what still holds costs a 304."""
    is_asked = is_part(request)
    html = render_template(f"supplier/{name}.html", is_part=is_asked, **_surroundings(), **content)
    response = Response(html, mimetype="text/html")
    if is_asked:
        response.set_etag(hashlib.sha256(html.encode()).hexdigest()[:20])
        response.make_conditional(request)
    return response


def _surroundings() -> dict[str, Any]:
    """What the base of every page needs."""
    return {
        "assets": version(),
        "language": spoken(),
        "languages": LANGUAGES,
        "theme": theme_of(request),
        "themes": THEMES,
    }


def _told(error: Exception) -> tuple[str, int]:
    for kind, told in _TOLD:
        if isinstance(error, kind):
            return told(error)
    log.error("a supplier's page failed", exc_info=error)
    return _(_FAULT), 500


def _page(content: Any, status: int = 200) -> AnyResponse:
    is_made = isinstance(content, AnyResponse)
    response = content if is_made else Response(content, status, mimetype="text/html")
    response.headers.update(HEADERS)
    if request.args.get("language") in LANGUAGES:  # the link carries it, and the next page has it too
        remember(response, LANGUAGE, request.args["language"])
    if request.args.get("theme") in THEMES:
        remember(response, THEME, request.args["theme"])
    return response
