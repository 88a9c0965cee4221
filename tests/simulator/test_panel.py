import json
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient

from kanban_simulator.station import VirtualStation
from kanban_simulator.web import station_app
from tests.waiting import until


@pytest.fixture
def client(station: VirtualStation) -> Iterator[FlaskClient]:
    is_closing = Event()
    yield station_app(station, is_closing).test_client()
    is_closing.set()


def test_the_panel_is_exactly_what_the_contract_of_scripts_says(client: FlaskClient) -> None:
    answer = client.get("/panel")

    assert answer.mimetype == "application/json"
    assert answer.json == {
        "slots": dict.fromkeys("1234", "double"),
        "stack": {"red": "double", "amber": "double", "green": "off"},
        "outbox": 0,
        "display": [],
        "power": True,
        "network": True,
    }


def test_a_press_answers_with_the_panel_when_the_button_is_up(client: FlaskClient) -> None:
    answer = client.post("/panel/press", json={"slot": 2, "hold_ms": 100})

    assert answer.status_code == 200
    assert answer.json is not None
    assert set(answer.json) == {"slots", "stack", "outbox", "display", "power", "network"}
    until(lambda: panel(client)["display"] == ["Button has no meaning yet"], "the firmware's answer")


def test_a_help_button_that_is_not_wired_is_named(client: FlaskClient) -> None:
    answer = client.post("/panel/help", json={"hold_ms": 100})

    assert answer.status_code == 409
    assert answer.json is not None
    assert "help" in answer.json["detail"]


def test_a_button_can_be_held_from_a_page(client: FlaskClient, station: VirtualStation) -> None:
    assert client.post("/panel/down", json={"part": "slot-1"}).status_code == 200
    assert station.buttons["slot-1"].is_down
    assert client.post("/panel/up", json={"part": "slot-1"}).status_code == 200
    assert not station.buttons["slot-1"].is_down


def test_a_scan_is_stored_and_counted(client: FlaskClient) -> None:
    def stored() -> object:
        assert client.post("/panel/scan", json={"code": "bracket-0001"}).status_code == 200
        return panel(client)["outbox"]

    until(stored, "a stored scan")


def test_an_unreadable_code_is_told_on_the_display(client: FlaskClient) -> None:
    def told() -> bool:
        client.post("/panel/scan", json={"code": "ü" * 10})
        return bool(panel(client)["display"] == ["Code not readable: scan again"])

    until(told, "the firmware's refusal")


def test_power_and_network_are_switched_and_shown(client: FlaskClient) -> None:
    for switch in ("power", "network"):
        assert client.post(f"/panel/{switch}", json={"on": False}).status_code == 200
        assert panel(client)[switch] is False
        assert client.post(f"/panel/{switch}", json={"on": True}).status_code == 200
        assert panel(client)[switch] is True


def test_the_quality_button_makes_the_red_lamp_wait_for_what_is_bad(client: FlaskClient) -> None:
    client.post("/panel/quality", json={"hold_ms": 100})

    until(lambda: panel(client)["stack"]["red"] == "fast", "the armed station")


def test_a_bad_body_is_a_problem_with_every_fault_and_presses_nothing(client: FlaskClient) -> None:
    answer = client.post("/panel/press", json={"slot": 0, "hold": 5})

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json is not None
    assert [error["where"] for error in answer.json["errors"]] == ["hold", "slot"]
    assert panel(client)["display"] == []


def test_a_button_that_is_not_wired_is_a_conflict(client: FlaskClient) -> None:
    answer = client.post("/panel/press", json={"slot": 8})

    assert answer.status_code == 409
    assert answer.json is not None
    assert "slot-1, slot-2, slot-3, slot-4" in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "kind", "status"),
    [
        ("POST", "/panel/press", "text/plain", 415),
        ("POST", "/panel/press", "application/x-www-form-urlencoded", 415),
        ("GET", "/panel/press", "application/json", 405),
        ("DELETE", "/panel", "application/json", 405),
        ("POST", "/panel/dance", "application/json", 404),
    ],
)
def test_every_other_wrong_request_is_a_problem_too(
    client: FlaskClient, method: str, path: str, kind: str, status: int
) -> None:
    answer = client.open(path, method=method, data='{"slot": 1}', content_type=kind)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_body_without_end_is_refused(client: FlaskClient) -> None:
    assert client.post("/panel/scan", json={"code": "x" * 10_000}).status_code == 413


def test_the_page_draws_every_part_and_keeps_strict_headers(client: FlaskClient) -> None:
    answer = client.get("/")
    page = answer.get_data(as_text=True)

    for part in ("slot-1", "slot-4", "quality"):
        assert f'data-part="{part}"' in page
    for part in ("red", "amber", "green", "slot-1", "slot-4"):
        assert f'data-lamp="{part}"' in page
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert "style=" not in page
    assert "<script>" not in page


def test_the_stream_tells_what_is_to_be_seen(client: FlaskClient) -> None:
    answer = client.get("/panel/events")
    lines = iter(answer.response)
    assert next(lines) == b"retry: 1000\n\n"
    event = next(lines)
    answer.close()

    assert isinstance(event, bytes)
    told = json.loads(event.removeprefix(b"data: "))
    assert told["panel"]["slots"]["1"] == "double"
    assert set(told["lit"]) == {"slot-1", "slot-2", "slot-3", "slot-4", "red", "amber", "green"}


def panel(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/panel").json
    assert isinstance(answer, dict)
    return answer
