"""What a page or a script is told when a request is refused: RFC 9457, every fault at once."""

import json
import logging

from flask import Flask, Response
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from kanban_simulator.errors import BadRequestError, NoButtonError, NoScannerError, SimulatorError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


def install(app: Flask) -> None:
    """Let every error of `app` end as a problem document."""
    app.register_error_handler(SimulatorError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: SimulatorError) -> Response:
    match error:
        case BadRequestError(flaws=flaws):
            return _answer(400, str(error), [vars(flaw) for flaw in flaws])
        case NoButtonError() | NoScannerError():
            return _answer(409, str(error))
    return _unexpected(error)


def _http(error: HTTPException) -> Response:
    answer = _answer(error.code or 500, error.description or "")
    # Some carry what a client needs, as Allow of 405; the form and length of the body are ours.
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return _answer(500, "the simulator has a fault; its log says which")


def _answer(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    content = {"type": "about:blank", "title": HTTP_STATUS_CODES[status], "status": status, "detail": detail}
    body = json.dumps(content | ({"errors": errors} if errors else {}))
    return Response(body, status, mimetype=MEDIA_TYPE)
