import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.hub.web.ask import described, get
from tests.hub.web.site import Site

# Files, and the pages of suppliers and accounts: they are for people.
NOT_DESCRIBED = ("/static/", "/s/", "/r/")
PAGES = "page "
GUARDED = {("/api/v1/links", "get")}


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node["$ref"] for _ in [0] if isinstance(node.get("$ref"), str))
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = described()["paths"]
    return [(path, method, one) for path, methods in paths.items() for method, one in methods.items()]


def test_every_route_of_the_app_is_described_and_the_other_way_round(site: Site) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in site.app.url_map.iter_rules()
        if not rule.endpoint.startswith(PAGES)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    described_routes = {(path, method) for path, method, _ in operations()}

    assert {route for route in routes if not route[0].startswith(NOT_DESCRIBED)} == described_routes


def test_the_document_is_served(client: FlaskClient) -> None:
    document = get(client, "/api/v1/openapi.json")

    assert document["openapi"] == "3.1.0"
    assert document == described()


def test_every_reference_leads_to_a_schema() -> None:
    schemas = described()["components"]["schemas"]

    found = set(references(described()))

    assert found
    assert found <= {f"#/components/schemas/{name}" for name in schemas}
    assert {name for name in schemas if f"#/components/schemas/{name}" not in found} == set()


@pytest.mark.parametrize("name", sorted(described()["components"]["schemas"]))
def test_every_schema_is_a_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(described()["components"]["schemas"][name])


def test_every_part_of_a_path_is_a_parameter() -> None:
    for path, _, one in operations():
        told = [parameter["name"] for parameter in one["parameters"] if parameter["in"] == "path"]

        assert told == re.findall(r"\{(\w+)\}", path)


def test_operations_have_ids_of_their_own_and_a_summary() -> None:
    ids = [one["operationId"] for _, _, one in operations()]

    assert len(ids) == len(set(ids))
    assert all(one["summary"] for _, _, one in operations())


def test_orders_and_what_is_guarded_need_a_right_and_nothing_else_does() -> None:
    for path, method, one in operations():
        assert ("security" in one) == (method == "post" or (path, method) in GUARDED)
        assert ("requestBody" in one) <= (method == "post")


def test_every_error_that_may_come_is_a_problem_document() -> None:
    for _, _, one in operations():
        for status, answer in one["responses"].items():
            if status != "200":
                assert list(answer["content"]) == ["application/problem+json"]


def test_component_names_are_such_as_openapi_allows() -> None:
    assert all(re.fullmatch(r"[a-zA-Z0-9._-]+", name) for name in described()["components"]["schemas"])
