import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.evidence.figures import FIGURES
from tests.hub.web.ask import get, order
from tests.hub.web.site import HOSTILE, Site


def rows_of(client: FlaskClient, url: str) -> list[dict[str, str]]:
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True), newline="")))


@pytest.fixture
def worked(site: Site) -> Site:
    """Two containers went round, one failed, and the last press was for nothing."""
    for _ in range(2):
        site.hand.seconds += 60
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
        site.signal("paint", "advance", loop="bracket")
        site.hand.seconds += 600
        site.signal("paint", "advance", loop="bracket")
        site.hand.seconds += 60
        card = next(c.id for c in site.parts.reader.floor()[0].cards_of("bracket") if c.state == "in_transit")
        site.signal("assembly", "scan", code=card)
    site.signal("assembly", "fail", loop="bracket", defect=f"=1+1 {HOSTILE}")
    return site


def test_the_index_names_every_figure_with_its_columns(client: FlaskClient) -> None:
    told = {figure["name"]: figure for figure in get(client, "/api/v1/evidence?limit=1000")["items"]}

    assert set(told) == set(FIGURES)
    assert all(figure["columns"][-1] == "events" for figure in told.values())
    assert told["rounds"]["columns"][:5] == ["loop", "card", "supplier", "consumer", "asked_at"]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_the_same_rows_as_json_and_as_csv(name: str, worked: Site) -> None:
    client = worked.client()

    told = get(client, f"/api/v1/evidence/{name}")
    rows = rows_of(client, f"/api/v1/evidence/{name}.csv")

    assert len(rows) == len(told["items"])
    for row, item in zip(rows, told["items"], strict=True):
        assert list(row) == told["columns"] == list(item)
        assert row["events"] == " ".join(map(str, item["events"]))


def test_the_events_of_a_row_are_found_by_their_numbers(worked: Site) -> None:
    client = worked.client()
    (first, _) = get(client, "/api/v1/evidence/rounds")["items"]

    found = [get(client, f"/api/v1/events?after={n - 1}&limit=1")["items"][0] for n in first["events"]]

    assert [event["number"] for event in found] == first["events"]
    assert {event["card"] for event in found} == {first["card"]}
    assert [event["data"]["move"] for event in found] == ["pull", "accept", "ship", "receive"]
    assert [found[0]["at"], found[-1]["at"]] == [first["asked_at"], first["received_at"]]
    assert (first["seeing_s"], first["making_s"], first["transport_s"]) == (60, 600, 60)


def test_a_figure_looks_at_the_time_that_it_is_asked_for(worked: Site) -> None:
    client = worked.client()
    whole = get(client, "/api/v1/evidence/rounds")
    second = whole["items"][1]["received_at"]

    before = get(client, f"/api/v1/evidence/rounds?to={second}")
    after = get(client, f"/api/v1/evidence/rounds?from={second}")

    assert [len(told["items"]) for told in (whole, before, after)] == [2, 1, 1]
    assert after["items"][0]["received_at"] == second
    assert (before["to"], after["from"]) == (second, second)
    assert len(rows_of(client, f"/api/v1/evidence/rounds.csv?from={second}")) == 1


def test_all_pages_of_a_figure_are_over_the_same_time(worked: Site) -> None:
    client = worked.client()
    first = get(client, "/api/v1/evidence/rounds?limit=1")
    worked.hand.seconds += 3600

    second = get(client, f"/api/v1/evidence/rounds?limit=1&cursor={first['next']}")

    assert (second["from"], second["to"], second["next"]) == (first["from"], first["to"], None)
    assert second["items"][0]["card"] != first["items"][0]["card"]


def test_text_from_the_floor_is_no_formula_in_a_spreadsheet(worked: Site) -> None:
    client = worked.client()

    (row,) = rows_of(client, "/api/v1/evidence/pareto.csv")

    assert row["text"] == f"'=1+1 {HOSTILE}"
    assert get(client, "/api/v1/evidence/pareto")["items"][0]["text"] == f"=1+1 {HOSTILE}"


def test_an_answer_says_since_when_it_is_complete(worked: Site) -> None:
    client = worked.client()
    first = get(client, "/api/v1/events?limit=1")["items"][0]

    assert get(client, "/api/v1/evidence/turns")["complete_from"] == first["at"]


def test_an_unknown_figure_is_told_with_those_that_there_are(client: FlaskClient) -> None:
    assert "lead-times" in get(client, "/api/v1/evidence/nothing", 404)["detail"]
    assert client.get("/api/v1/evidence/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "query", ["from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z", "from=yesterday", "to=2026-11-23T00:00:00"]
)
def test_a_time_that_cannot_be_understood_is_refused_by_name(query: str, client: FlaskClient) -> None:
    problem: Any = get(client, f"/api/v1/evidence/turns?{query}", 400)

    assert problem["errors"][0]["where"] in {"query.from", "query.to"}


def test_a_pull_that_a_supervisor_takes_back_was_none(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    assert get(client, "/api/v1/evidence/turns")["items"][0]["pulls"] == 1
    site.hand.seconds += 3600

    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "undo"})

    assert get(client, "/api/v1/evidence/turns")["items"][0]["pulls"] == 0
    assert get(client, "/api/v1/evidence/queue-age")["items"][0]["requests"] == 0


def test_a_figure_follows_what_people_order(worked: Site) -> None:
    client = worked.client()
    failed = get(client, "/api/v1/cards?loop=bracket")["items"]
    card = next(one["id"] for one in failed if one["state"] == "quarantined")
    assert get(client, "/api/v1/evidence/first-pass-yield")["items"][0]["failed"] == 1

    order(client, f"/api/v1/cards/{card}/moves", {"move": "clear"})

    (row,) = get(client, "/api/v1/evidence/first-pass-yield")["items"]
    assert (row["failed"], row["cleared"]) == (0, 1)
