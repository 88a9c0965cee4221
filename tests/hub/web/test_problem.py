from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import BEARER, get
from tests.hub.web.site import Site

MOVES = "/api/v1/cards/bracket-0001/moves"


def problem_of(client: FlaskClient, method: str, url: str, status: int, **given: Any) -> dict[str, object]:
    response = client.open(url, method=method, **given)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem: dict[str, object] = response.get_json(force=True)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["type"] == "about:blank"
    return problem


def test_every_faulty_parameter_is_told_at_once(client: FlaskClient) -> None:
    problem = get(client, "/api/v1/cards?lop=1&limit=0&loop=A&standing=dead", 400)

    assert [fault["where"] for fault in problem["errors"]] == [
        "query.lop",
        "query.limit",
        "query.loop",
        "query.standing",
    ]


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "x", "1_0", "", "999999999999999999999"])
def test_a_limit_out_of_its_range_is_refused(client: FlaskClient, limit: str) -> None:
    get(client, f"/api/v1/cards?limit={limit}", 400)


@pytest.mark.parametrize("cursor", ["x", "", "!!!", "WyJsb29wcyIsImEiXQ", "WyJjYXJkcyIsMV0", "bnVsbA", "é"])
def test_a_cursor_that_is_not_of_this_list_is_refused(client: FlaskClient, cursor: str) -> None:
    problem = get(client, f"/api/v1/cards?cursor={cursor}", 400)

    assert problem["errors"][0]["where"] == "query.cursor"


def test_a_parameter_given_twice_is_refused(client: FlaskClient) -> None:
    assert "more than once" in get(client, "/api/v1/cards?limit=1&limit=2", 400)["detail"]


def test_a_query_where_none_is_taken_is_refused(client: FlaskClient) -> None:
    assert "none is taken here" in get(client, "/api/v1/cards/bracket-0001?x=1", 400)["detail"]


def test_a_path_that_is_not_there_is_a_problem(client: FlaskClient) -> None:
    problem_of(client, "GET", "/api/v1/cats", 404)


def test_a_method_that_is_not_there_names_those_that_are(client: FlaskClient) -> None:
    problem_of(client, "DELETE", "/api/v1/cards", 405)

    assert "GET" in client.delete("/api/v1/cards").headers["Allow"]


def test_an_order_without_the_token_is_refused(client: FlaskClient) -> None:
    problem_of(client, "POST", MOVES, 401, json={"move": "lose"})

    challenge = client.post(MOVES, json={"move": "lose"}).headers["WWW-Authenticate"]
    assert challenge == 'Bearer realm="kanban"'


@pytest.mark.parametrize(
    "header", ["Bearer no", "Bearer", "Bearer ", "Basic a-token-of-the-hub", "Bearer \xe9"]
)
def test_an_order_with_a_wrong_token_is_refused(client: FlaskClient, header: str) -> None:
    problem_of(client, "POST", MOVES, 401, json={"move": "lose"}, headers={"Authorization": header})

    assert get(client, "/api/v1/cards/bracket-0001")["standing"] == "active"


def test_an_empty_token_lets_nobody_in(site: Site) -> None:
    object.__setattr__(site.parts, "token", "")

    problem_of(site.client(), "POST", MOVES, 401, json={"move": "lose"}, headers={"Authorization": "Bearer "})


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    body = b'{"reason": "%s"}' % (b"x" * 65_536)

    problem_of(client, "POST", MOVES, 413, data=body, content_type="application/json", headers=BEARER)


def test_a_body_that_is_not_json_by_its_type_is_refused(client: FlaskClient) -> None:
    problem_of(client, "POST", MOVES, 415, data=b"{}", content_type="text/plain", headers=BEARER)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"1", b"\xff", b'{"move": NaN}', b"null", b'{"move": 1, "move": 2}', b"[" * 60_000],
)
def test_a_body_that_is_no_json_object_is_refused(client: FlaskClient, body: bytes) -> None:
    problem_of(client, "POST", MOVES, 400, data=body, content_type="application/json", headers=BEARER)


def test_without_a_plant_the_api_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Site(tmp_path_factory.mktemp("bare"))

    problem = problem_of(bare.client(), "GET", "/api/v1/cards", 503)

    assert "kanban-hub load" in str(problem["detail"])
    bare.store.close()


def test_a_fault_of_the_hub_shows_no_traceback(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    object.__setattr__(site.parts, "hub", lambda: 1 / 0)

    problem = problem_of(site.client(), "GET", "/healthz", 500)

    assert "ZeroDivisionError" not in str(problem)
    assert "ZeroDivisionError" in caplog.text
