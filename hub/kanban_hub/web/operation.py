"""One operation of the API: its handler's signature is its description, for the server and for OpenAPI."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, get_type_hints

import msgspec
from flask import Flask, Response, request
from msgspec import Struct

from kanban_hub.web import asked, token
from kanban_hub.web.parts import WebParts

JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """`route` is such as `GET /api/v1/cards/{card}`.

    The handler takes the parts, each part of the path by its name, `query` and `body` if it has any. Its
    return annotation is the answer, except where it makes the response itself: then `made` tells it.
    `takes` is the media type of the body: JSON becomes the body's type, any other comes as text or bytes.
    `most_bytes` are allowed of it where that is not as everywhere.
    `is_guarded`: reading needs the token too.
    """

    route: str
    handler: Callable[..., Any]
    errors: tuple[int, ...] = ()
    media_type: str = JSON
    made: Any = None
    takes: str = JSON
    is_guarded: bool = False
    most_bytes: int | None = None

    @property
    def method(self) -> str:
        return self.route.split(" ")[0]

    @property
    def path(self) -> str:
        return self.route.split(" ")[1]

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def description(self) -> str:
        return inspect.getdoc(self.handler) or ""

    @property
    def is_order(self) -> bool:
        return self.method == "POST"

    @property
    def needs_token(self) -> bool:
        """Orders change something; what is guarded tells who may."""
        return self.is_order or self.is_guarded

    def part(self, name: str) -> Any:
        """The type of the handler's parameter `name`; `None` when it has none."""
        return get_type_hints(self.handler, include_extras=True).get(name)

    @property
    def answer(self) -> Any:
        return self.made or self.part("return")

    def path_parts(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)


def operation(
    route: str, errors: tuple[int, ...] = (), media_type: str = JSON, made: Any = None, **rest: Any
) -> Callable[[Callable[..., Any]], Operation]:
    """Make a handler an `Operation`. `errors` are the statuses that not every operation has.

    `rest` are `takes`, `is_guarded` and `most_bytes`.
    """
    return lambda handler: Operation(route, handler, errors, media_type, made, **rest)


def bind(app: Flask, parts: WebParts, operations: tuple[Operation, ...]) -> None:
    """Serve `operations` by `app`."""
    for one in operations:
        rule = re.sub(r"\{(\w+)\}", r"<\1>", one.path)
        query, body = one.part("query"), one.part("body")
        app.add_url_rule(rule, one.name, partial(_serve, one, parts, query, body), methods=[one.method])


def _serve(
    one: Operation, parts: WebParts, query: type[Struct] | None, body: type[Struct] | None, **path: str
) -> Response:
    given: dict[str, Any] = dict(path)
    if one.needs_token:
        token.check(request.headers.get("Authorization", ""), parts.token)
    found = asked.query(query, request.args)
    if query is not None:
        given["query"] = found
    if body is not None:
        request.max_content_length = one.most_bytes or request.max_content_length
        given["body"] = _body(one, body)
    answer = one.handler(parts, **given)
    if isinstance(answer, Response):
        return answer
    return Response(msgspec.json.encode(answer), mimetype=one.media_type)


def _body(one: Operation, form: Any) -> Any:
    if one.takes == JSON:
        return asked.body(form, request)
    return asked.octets(one.takes, request) if form is bytes else asked.text(one.takes, request)
