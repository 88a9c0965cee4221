"""The plant by the API: read as its file, weighed, put in place."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from kanban_hub import plantfile
from kanban_hub.plantchange import PlantWay
from tests.hub.web.site import PLANT, TOKEN, Site

URL = "/api/v1/plant"
MORE = plantfile.export(PLANT.with_loop(replace(PLANT.loops["bracket"], cards=6)))


def send(client: FlaskClient, text: str, query: str = "", status: int = 200) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.post(f"{URL}{query}", data=text, content_type="application/toml", headers=headers)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def test_the_file_of_the_plant_is_read_with_its_revision(client: FlaskClient) -> None:
    answer = client.get(URL)
    assert answer.get_data(as_text=True) == plantfile.export(PLANT)
    assert (answer.mimetype, answer.headers["X-Kanban-Plant-Revision"]) == ("application/toml", "1")


def test_a_plant_is_weighed_and_then_put_in_place(site: Site, client: FlaskClient) -> None:
    told = send(client, MORE, "?dry_run=true")
    assert (told["applied"], told["revision"]) == (False, 1)
    assert told["cards"] == [
        {"loop": "bracket", "effect": "issued", "count": 2, "cards": ["bracket-0005", "bracket-0006"]}
    ]
    (row,) = told["difference"]
    assert row["settings"] == [{"name": "cards", "before": 4, "after": 6}]

    done = send(client, MORE, "?revision=1")

    assert (done["applied"], done["revision"]) == (True, 2)
    assert client.get(URL).get_data(as_text=True) == MORE
    with site.store.view() as view:
        (kept,) = view.plant_changes(1)
    assert (kept.way, kept.role) == (PlantWay.API, "admin")


def test_the_same_plant_again_is_not_applied(client: FlaskClient) -> None:
    assert send(client, plantfile.export(PLANT))["applied"] is False
    assert client.get(URL).headers["X-Kanban-Plant-Revision"] == "1"


def test_a_plant_that_moved_on_is_not_overwritten(client: FlaskClient) -> None:
    send(client, MORE)
    assert "revision 2 by now" in send(client, MORE, "?revision=1", 409)["detail"]


def test_every_fault_is_told_with_its_line(client: FlaskClient) -> None:
    bad = MORE.replace("cards = 6", "cards = 0\nspeed = 3")
    told = send(client, bad, status=400)["errors"]
    line = next(n for n, text in enumerate(bad.splitlines(), 1) if text == "speed = 3")
    assert [fault["where"] for fault in told] == [f"body line {line}: loops[0].speed"]


def test_what_would_lose_a_request_is_refused(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    without = MORE[: MORE.index("[[loops]]")] + MORE[MORE.index('[[loops]]\nid = "casting"') :]
    assert "only 3 are full" in send(client, without, status=409)["detail"]


@pytest.mark.parametrize("text", ["", "\x00", "site = 1", "x" * 100])
def test_what_is_no_plant_is_told(client: FlaskClient, text: str) -> None:
    send(client, text, status=400)
