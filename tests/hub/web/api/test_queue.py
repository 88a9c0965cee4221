import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import get
from tests.hub.web.site import Site


def test_the_place_in_the_queue_follows_from_the_figures_shown(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hand.seconds += 600

    (item,) = get(client, "/api/v1/stations/paint/queue")["items"]

    stock = item["full_containers"] * item["container_quantity"] / item["rate"]["per_hour"] * 60
    assert item["minutes_to_starvation"] == pytest.approx(stock - item["remaining_lead_time_s"] / 60)
    assert item["age_s"] == pytest.approx(600)
    assert (item["place"], item["card"], item["replacement"]) == (1, "bracket-0001", False)


def test_a_quality_replacement_goes_first(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "fail", loop="bracket")

    items = get(client, "/api/v1/stations/paint/queue")["items"]

    assert [(item["card"], item["replacement"]) for item in items] == [
        ("bracket-0005", True),
        ("bracket-0001", False),
    ]


def test_a_queue_comes_in_pages(site: Site, client: FlaskClient) -> None:
    for _ in range(2):
        site.hand.seconds += 60
        site.signal("assembly", "pull", loop="bracket")

    first = get(client, "/api/v1/stations/paint/queue?limit=1")
    second = get(client, f"/api/v1/stations/paint/queue?limit=1&cursor={first['next']}")

    assert [first["items"][0]["place"], second["items"][0]["place"]] == [1, 2]
    assert second["next"] is None


def test_a_station_that_supplies_nothing_has_an_empty_queue(client: FlaskClient) -> None:
    assert get(client, "/api/v1/stations/assembly/queue") == {"items": [], "next": None}


def test_the_queue_of_an_unknown_station_is_not_found(client: FlaskClient) -> None:
    get(client, "/api/v1/stations/nowhere/queue", 404)
