"""What a client is told when it gets no answer: RFC 9457, with every fault at once and never a traceback."""

import logging
from http import HTTPStatus

import msgspec
from flask import Flask, Response
from msgspec import Struct
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kanban_hub.domain.errors import DomainError, UnknownError
from kanban_hub.errors import NotLoadedError, StoreError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
REFRESH_S = 10


class Fault(Struct, frozen=True):
    """One thing that is wrong with a request. `where` is such as `query.limit` or `body.move`."""

    where: str
    detail: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457. `reason` is the word of the closed list of refusals when the rules of the floor refuse."""

    title: str
    status: int
    detail: str
    type: str = msgspec.field(default="about:blank")
    reason: str | None = None
    errors: list[Fault] = msgspec.field(default_factory=list)


class ProblemError(Exception):
    """Ends a request with `problem`."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = headers or {}


def problem(status: int, detail: str, reason: str | None = None) -> Problem:
    """A problem that its status and its text describe."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, reason=reason)


def faulty(faults: list[Fault]) -> ProblemError:
    """A request that cannot be understood."""
    detail = "; ".join(f"{fault.where}: {fault.detail}" for fault in faults)
    return ProblemError(Problem(title="Bad Request", status=400, detail=detail, errors=faults))


def not_found(detail: str) -> ProblemError:
    return ProblemError(problem(404, detail))


def install(app: Flask) -> None:
    """Let every error of `app` end as a problem document."""
    app.register_error_handler(ProblemError, lambda error: _answer(error.problem, error.headers))
    app.register_error_handler(DomainError, _refusal)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(NotLoadedError, _unavailable)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, _unexpected)


def _answer(told: Problem, headers: dict[str, str] | None = None) -> Response:
    # `type` is written out: that it may be left out is known to few clients.
    content = {"type": told.type, **msgspec.to_builtins(told)}
    return Response(msgspec.json.encode(content), told.status, headers, mimetype=MEDIA_TYPE)


def _refusal(error: DomainError) -> Response:
    status = 404 if isinstance(error, UnknownError) else 409
    return _answer(problem(status, str(error), error.reason))


def _unavailable(error: StoreError | NotLoadedError) -> Response:
    # By `Refresh` a screen that opened a page just now asks again without a hand; programs know the other.
    headers = {"Retry-After": str(RETRY_AFTER_S), "Refresh": str(REFRESH_S)}
    return _answer(problem(503, str(error)), headers)


def answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    headers: dict[str, str] = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return _answer(problem(status, error.description or ""), headers)


def _unexpected(error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return _answer(problem(500, "The hub has a fault; its log says which"))
