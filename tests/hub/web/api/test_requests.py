import csv
import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.plant import Plant
from tests.hub.requests.reader import segments
from tests.hub.web.ask import get
from tests.hub.web.site import PLANT, Site

URL = "/api/v1/stations/castings/requests"


@pytest.fixture
def asked(site: Site) -> None:
    for _ in range(2):
        site.hand.seconds += 60
        site.signal("paint", "pull", loop="casting")


def test_the_three_files_say_the_same(asked: None, client: FlaskClient) -> None:
    told = get(client, f"{URL}.json")
    rows = list(csv.DictReader(io.StringIO(client.get(f"{URL}.csv").get_data(as_text=True))))
    numbers = [one[2][0] for one in segments(client.get(f"{URL}.edi").data) if one[0] == ["GIR"]]

    cards = [request["card"] for request in told["requests"]]
    assert cards == ["casting-0001", "casting-0002"]
    assert [row["card"] for row in rows] == cards
    assert numbers == [card.upper() for card in cards]
    assert {row["needed_at"][:16] for row in rows} == {one["needed_at"][:16] for one in told["requests"]}


def test_the_files_are_named_and_typed(asked: None, client: FlaskClient) -> None:
    table, call_off = client.get(f"{URL}.csv"), client.get(f"{URL}.edi")

    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert call_off.mimetype == "application/EDIFACT"
    assert call_off.headers["Content-Disposition"] == 'attachment; filename="castings.edi"'


def test_a_list_of_the_same_number_is_the_same_list(site: Site, asked: None, client: FlaskClient) -> None:
    first = get(client, f"{URL}.json")
    site.hand.seconds += 60
    again = get(client, f"{URL}.json")
    site.signal("paint", "pull", loop="casting")
    later = get(client, f"{URL}.json")

    assert first["number"] == again["number"] < later["number"]
    assert [one["card"] for one in again["requests"]] == [one["card"] for one in first["requests"]]
    assert len(later["requests"]) == 3


@pytest.mark.parametrize("kind", ["json", "csv", "edi"])
def test_an_unknown_station_has_no_file(client: FlaskClient, kind: str) -> None:
    get(client, f"/api/v1/stations/nowhere/requests.{kind}", 404)


@pytest.mark.parametrize("kind", ["json", "csv", "edi"])
def test_nothing_open_is_an_empty_file(client: FlaskClient, kind: str) -> None:
    response = client.get(f"{URL}.{kind}")

    assert response.status_code == 200
    assert b"casting-0" not in response.data.lower()


def test_a_number_too_long_for_the_call_off_is_said(site: Site, client: FlaskClient) -> None:
    loop = replace(PLANT.loops["casting"], id="x" * 32)
    plant = Plant(PLANT.site, PLANT.stations.values(), PLANT.items.values(), [loop])
    site.load(plant)
    site.signal("paint", "pull", loop="x" * 32)

    assert "take CSV or JSON" in get(client, f"{URL}.edi", 409)["detail"]
