"""The OpenAPI 3.1 document, made from the operations themselves: it cannot say anything else than they do."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct

from kanban_hub.web.cookies import SESSION
from kanban_hub.web.operation import Operation
from kanban_hub.web.problem import MEDIA_TYPE as PROBLEM_TYPE
from kanban_hub.web.problem import Problem

_REFERENCE = "#/components/schemas/{name}"
_TEXTS = {
    400: "The request cannot be understood; `errors` names every fault",
    401: "The token is missing or wrong, or a log-in is needed",
    403: "The roles do not allow it, or the form is not of this hub",
    404: "There is no such thing here",
    409: "The rules of the floor refuse it; `reason` says why",
    413: "The body is too large",
    415: "The body is not application/json",
    503: "The hub cannot answer now; try again later",
}

Document = dict[str, Any]


def document(operations: Iterable[Operation]) -> Document:
    """The description of `operations`."""
    operations = tuple(operations)
    schemas, components = _schemas(operations)
    paths: Document = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kanban Signal Station",
            "version": version("kanban-signal-station"),
            "description": "Cards, queues, calls and stations of one site.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": SESSION},
            },
        },
    }


def _schemas(operations: tuple[Operation, ...]) -> tuple[dict[Any, Document], Document]:
    """Type to its reference, and the components that the references lead to."""
    types = [Problem, *(one.answer for one in operations)]
    types += [one.part(name) for one in operations for name in ("query", "body") if one.part(name)]
    known = list(dict.fromkeys(types))
    references, components = msgspec.json.schema_components(known, ref_template=_REFERENCE)
    queries = {one.part("query").__name__ for one in operations if one.part("query")}
    shown = {name: schema for name, schema in components.items() if name not in queries}
    return {"components": components, **dict(zip(known, references, strict=True))}, shown


def _operation(one: Operation, schemas: dict[Any, Document]) -> Document:
    summary = one.description.split("\n", maxsplit=1)[0]
    told: Document = {
        "operationId": one.name,
        "summary": summary,
        "description": one.description,
        "parameters": [*map(_path_parameter, one.path_parts()), *_query_parameters(one, schemas)],
        "responses": {
            "200": {
                "description": "The answer",
                "content": {one.media_type: {"schema": schemas[one.answer]}},
            },
            **{str(status): _problem(status, schemas) for status in _statuses(one)},
        },
    }
    if one.part("body") is not None:
        content = {one.takes: {"schema": schemas[one.part("body")]}}
        told["requestBody"] = {"required": True, "content": content}
    if one.gives:
        told["security"] = [{"token": []}, {"session": []}]
    return told


def _path_parameter(name: str) -> Document:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(one: Operation, schemas: dict[Any, Document]) -> list[Document]:
    query: type[Struct] | None = one.part("query")
    if query is None:
        return []
    form = schemas["components"][query.__name__]
    return [
        {"name": name, "in": "query", "required": name in form["required"], "schema": schema}
        for name, schema in form["properties"].items()
    ]


def _statuses(one: Operation) -> list[int]:
    orders = {413, 415} if one.is_order else set()
    guarded = {403} if one.gives else set()
    # Reading too, where the hub is private; a wrong token is told everywhere.
    return sorted({400, 401, 503, *orders, *guarded, *one.errors})


def _problem(status: int, schemas: dict[Any, Document]) -> Document:
    return {"description": _TEXTS[status], "content": {PROBLEM_TYPE: {"schema": schemas[Problem]}}}
