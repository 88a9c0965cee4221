from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import get, order
from tests.hub.web.site import Site

GTIN = "09506000134352"
SSCC = "376130321109103420"
URL = "/api/v1/bindings"


def keys(client: FlaskClient) -> list[str]:
    return [binding["key"] for binding in get(client, URL)["items"]]


@pytest.mark.parametrize(
    ("code", "target", "key"),
    [
        (f"01{GTIN}10LOT9", {"item": "bracket"}, f"gtin:{GTIN}"),
        (f"01{GTIN}21S1", {"loop": "bracket"}, f"gtin:{GTIN}"),
        (f"01{GTIN}21S1", {"card": "bracket-0001"}, f"serial:{GTIN}/S1"),
        (SSCC, {"card": "bracket-0001"}, f"sscc:{SSCC}"),
        ("[)>\x1e06\x1dP4711\x1dQ20\x1e\x04", {"item": "bracket"}, "item:4711"),
        ("KB100", {"card": "bracket-0001"}, "text:KB100"),
    ],
)
def test_a_label_is_bound_by_what_names_its_target(
    client: FlaskClient, code: str, target: dict[str, str], key: str
) -> None:
    bound = order(client, URL, {"code": code, **target})

    assert bound["key"] == key
    assert {name: bound[name] for name in ("card", "item", "loop")} == dict.fromkeys(
        ("card", "item", "loop")
    ) | target
    assert get(client, URL)["items"] == [bound]


def test_a_bound_label_that_is_scanned_moves_the_card(site: Site, client: FlaskClient) -> None:
    order(client, URL, {"code": SSCC, "card": "bracket-0003"})

    site.signal("assembly", "scan", code=SSCC)

    assert get(client, "/api/v1/cards/bracket-0003")["state"] == "requested"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"code": "KB100"}, "body"),
        ({"code": "KB100", "card": "bracket-0001", "item": "bracket"}, "body"),
        ({"code": "bracket-0001", "item": "bracket"}, "body.code"),
        ({"code": SSCC, "item": "bracket"}, "body.code"),
        ({"code": GTIN, "card": "bracket-0001"}, "body.code"),
        ({"code": "[)>\x1e06\x1d1TA\x1e\x04", "item": "bracket"}, "body.code"),
        ({"code": "BRACKET.0003.XX", "item": "bracket"}, "body.code"),
    ],
)
def test_what_cannot_be_bound_is_said(client: FlaskClient, body: dict[str, str], where: str) -> None:
    problem = order(client, URL, body, 400)

    assert [fault["where"] for fault in problem["errors"]] == [where]
    assert keys(client) == []


@pytest.mark.parametrize(("target", "status"), [({"card": "bracket-0099"}, 404), ({"item": "nothing"}, 404)])
def test_a_label_is_bound_only_to_what_there_is(client: FlaskClient, target: Any, status: int) -> None:
    order(client, URL, {"code": "KB100", **target}, status)


def test_a_label_has_one_meaning_until_it_is_taken_away(client: FlaskClient) -> None:
    order(client, URL, {"code": "KB100", "item": "bracket"})
    assert "bound to bracket" in order(client, URL, {"code": "KB100", "item": "casting"}, 409)["detail"]

    ended = order(client, f"{URL}/ends", {"key": "text:KB100"})

    assert (ended["key"], keys(client)) == ("text:KB100", [])
    order(client, f"{URL}/ends", {"key": "text:KB100"}, 404)
    assert order(client, URL, {"code": "KB100", "item": "casting"})["item"] == "casting"


def test_a_binding_needs_the_token(client: FlaskClient) -> None:
    assert client.post(URL, json={"code": "KB100", "item": "bracket"}).status_code == 401
