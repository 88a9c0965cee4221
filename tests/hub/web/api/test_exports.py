import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from kanban_hub.errors import StoreError
from kanban_hub.web.api import exports
from tests.hub.web.ask import get
from tests.hub.web.site import Site


def csv_rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/api/v1/events.csv{query}")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True), newline="")))


def test_the_files_hold_every_event_as_the_list_has_it(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    listed = get(client, "/api/v1/events?limit=1000")["items"]

    response = client.get("/api/v1/events.jsonl")
    rows = csv_rows(client)

    assert [json.loads(line) for line in response.get_data(as_text=True).splitlines()] == listed
    assert response.mimetype == "application/x-ndjson"
    assert [int(row["number"]) for row in rows] == [event["number"] for event in listed]
    assert json.loads(rows[-1]["data"]) == listed[-1]["data"]
    assert [row["at"] for row in rows] == [event["at"] for event in listed]


def test_a_file_goes_on_after_the_last_number_of_the_one_before(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 2)
    first = csv_rows(client, "?limit=5")
    rest = csv_rows(client, f"?after={first[-1]['number']}")

    numbers = [int(row["number"]) for row in first + rest]
    assert len(first) == 5
    assert numbers == [event["number"] for event in get(client, "/api/v1/events?limit=1000")["items"]]


def test_a_file_can_be_of_one_card(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    assert [row["kind"] for row in csv_rows(client, "?card=bracket-0001")] == ["card_issued", "card_moved"]


def test_no_event_is_a_file_of_the_columns_only(client: FlaskClient) -> None:
    assert csv_rows(client, "?after=9007199254740991") == []
    assert client.get("/api/v1/events.jsonl?after=9007199254740991").get_data() == b""


def test_more_lines_than_the_bound_are_refused(client: FlaskClient) -> None:
    assert client.get(f"/api/v1/events.csv?limit={exports.LINES_MOST + 1}").status_code == 400


def test_a_file_takes_a_seat_until_it_has_been_read(site: Site, client: FlaskClient) -> None:
    response = client.get("/api/v1/events.csv", buffered=False)
    assert site.parts.seats.taken == 1
    response.close()
    assert site.parts.seats.taken == 0

    while site.parts.seats.take():
        pass
    assert client.get("/api/v1/events.csv").status_code == 503


def test_a_store_that_cannot_be_read_is_told_and_no_half_file_begins(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("disk gone")

    monkeypatch.setattr(site.store, "view", broken)

    assert site.client().get("/api/v1/events.csv").status_code == 503
