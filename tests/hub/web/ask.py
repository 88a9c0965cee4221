"""Ask the API as a client that believes the OpenAPI document: each answer is held against its schema."""

import re
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from kanban_hub.web.openapi import document
from kanban_hub.web.operations import OPERATIONS
from tests.hub.web.site import TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@cache
def described() -> dict[str, Any]:
    return document(OPERATIONS)


def get(client: FlaskClient, url: str, status: int = 200) -> Any:
    return checked(client.get(url), "get", url, status)


def order(client: FlaskClient, url: str, body: Any, status: int = 200) -> Any:
    return checked(client.post(url, json=body, headers=BEARER), "post", url, status)


def checked(response: TestResponse, method: str, url: str, status: int) -> Any:
    assert response.status_code == status, response.get_data(as_text=True)
    content = response.get_json(force=True)
    media_type = "application/json" if status == 200 else "application/problem+json"
    assert response.mimetype == media_type
    schema = _operation(method, url)["responses"][str(status)]["content"][media_type]["schema"]
    whole = {**schema, "components": described()["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(content)
    return content


def _operation(method: str, url: str) -> Any:
    path = url.split("?", maxsplit=1)[0]
    for template, methods in described()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method in methods:
            return methods[method]
    raise AssertionError(f"{method} {url} is not described")
