from flask.testing import FlaskClient

from kanban_hub.presence import SILENT_AFTER_S
from tests.hub.web.ask import get
from tests.hub.web.site import Site


def test_a_station_that_was_never_heard_says_so(client: FlaskClient) -> None:
    station = get(client, "/api/v1/stations/paint")

    assert station["online"] is False
    assert station["last_heard_at"] is station["age_s"] is station["outbox"] is station["clock"] is None


def test_a_heard_station_tells_what_it_keeps(site: Site, client: FlaskClient) -> None:
    site.hear("paint", outbox=3)
    site.hand.seconds += 7

    station = get(client, "/api/v1/stations/paint")

    assert station["online"] is True
    assert station["age_s"] == 7
    assert station["last_heard_at"] == "2026-11-23T15:01:14.123000Z"
    assert station["outbox"] == {"depth": 3, "oldest_s": 12.5}
    assert (station["clock"], station["firmware"]) == ("sync", "0.3.0")


def test_a_silent_station_is_not_online(site: Site, client: FlaskClient) -> None:
    site.hear("paint")
    site.hand.seconds += SILENT_AFTER_S + 1

    assert get(client, "/api/v1/stations/paint")["online"] is False


def test_lamps_are_confirmed_only_when_all_show_what_they_should(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.show("paint")
    site.show("assembly", broken="red")

    assert get(client, "/api/v1/stations/paint")["lamps_confirmed"] is True
    assert get(client, "/api/v1/stations/assembly")["lamps_confirmed"] is False


def test_lamps_of_an_older_revision_are_not_confirmed(site: Site, client: FlaskClient) -> None:
    site.show("paint")
    site.signal("assembly", "pull", loop="bracket")

    station = get(client, "/api/v1/stations/paint")

    assert station["lamps_confirmed"] is False
    assert station["lamps_wanted"]["lamps"]["1"] == "slow"
    assert station["lamps_shown"]["lamps"]["1"] == "off"


def test_what_was_not_taken_is_counted_by_reason(site: Site, client: FlaskClient) -> None:
    site.presence.count("paint", "not_json")
    site.presence.count("paint", "not_json")

    assert get(client, "/api/v1/stations/paint")["not_taken"] == {"not_json": 2}


def test_all_stations_are_listed_with_place_and_kind(client: FlaskClient) -> None:
    stations = {station["id"]: station for station in get(client, "/api/v1/stations")["items"]}

    assert sorted(stations) == ["assembly", "castings", "paint"]
    assert stations["assembly"]["position"] == [620, 180]
    assert stations["castings"]["external"] is True


def test_an_unknown_station_is_not_found(client: FlaskClient) -> None:
    get(client, "/api/v1/stations/nowhere", 404)
