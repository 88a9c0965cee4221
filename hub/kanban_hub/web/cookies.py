"""The cookies: each bears one secret and nothing else, for this hub alone, out of reach of scripts.

Their names do not begin with `__Host-`: browsers take such ones over HTTPS only, and plants have plain HTTP.
"""

from flask import request
from werkzeug.wrappers import Response

SESSION = "kanban_session"
SCREEN = "kanban_screen"
STATION = "kanban_station"
# Of a log-in at a provider that was begun.
LOG_IN = "kanban_login"
_YEAR_S = 365 * 86_400
_OPTIONS = {"path": "/", "httponly": True, "samesite": "Lax"}


def give(response: Response, name: str, secret: str, max_age_s: int | None = None) -> None:
    """Without `max_age_s` the browser forgets it when it is closed."""
    response.set_cookie(name, secret, max_age_s, secure=request.is_secure, **_OPTIONS)  # type: ignore[arg-type]  # as in _OPTIONS


def remember(response: Response, name: str, value: str) -> None:
    """Keep a wish of the reader for a year; an empty one is forgotten."""
    if value:
        give(response, name, value, _YEAR_S)
    else:
        take(response, name)


def take(response: Response, name: str) -> None:
    response.delete_cookie(name, secure=request.is_secure, **_OPTIONS)  # type: ignore[arg-type]  # as in _OPTIONS
