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
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.rights import Errand
from kanban_hub.web import asked
from kanban_hub.web.door import Door
from kanban_hub.web.parts import WebParts

JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """`route` is such as `GET /api/v1/cards/{card}`.

    The handler takes the parts, each part of the path by its name, `query` and `body` if it has any. Its
    return annotation is the answer, except where it makes the response itself: then `made` tells it.
    `takes` is the media type of the body: JSON becomes the body's type, any other comes as text or bytes.
    `most_bytes` are allowed of it where that is not as everywhere.
    `gives` is what it does for whoever may: errands and kinds of orders. Every order has it; reading that is
    not for everybody has it too. `is_page`: people open it, so that they are sent to log in where they must;
    `is_open`: read without a log-in whatever the hub is set to.
    """

    route: str
    handler: Callable[..., Any]
    errors: tuple[int, ...] = ()
    media_type: str = JSON
    made: Any = None
    takes: str = JSON
    most_bytes: int | None = None
    gives: tuple[Errand | type[Any], ...] = ()
    is_page: bool = False
    is_open: bool = False

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

    `rest` are `takes`, `most_bytes`, `gives`, `is_page` and `is_open`.
    """
    return lambda handler: Operation(route, handler, errors, media_type, made, **rest)


def bind(app: Flask, parts: WebParts, operations: tuple[Operation, ...]) -> None:
    """Serve `operations` by `app`."""
    door = Door(parts)
    for one in operations:
        rule = re.sub(r"\{(\w+)\}", r"<\1>", one.path)
        query, body = one.part("query"), one.part("body")
        app.add_url_rule(rule, one.name, partial(_serve, one, door, query, body), methods=[one.method])


def _serve(
    one: Operation, door: Door, query: type[Struct] | None, body: type[Struct] | None, **path: str
) -> AnyResponse:
    caller = door.caller()
    if one.is_order or one.gives:  # an order that says nothing of what it gives is nobody's
        door.check_order(caller, one.gives)
    elif not one.is_open and door.is_closed_to(caller):
        return door.turned_away(is_page=one.is_page)
    given: dict[str, Any] = dict(path)
    found = asked.query(query, request.args)
    if query is not None:
        given["query"] = found
    if body is not None:
        request.max_content_length = one.most_bytes or request.max_content_length
        given["body"] = _body(one, body)
    answer = one.handler(door.parts_for(caller), **given)
    if isinstance(answer, Response):
        return answer
    return Response(msgspec.json.encode(answer), mimetype=one.media_type)


def _body(one: Operation, form: Any) -> Any:
    if one.takes == JSON:
        return asked.body(form, request)
    return asked.octets(one.takes, request) if form is bytes else asked.text(one.takes, request)
