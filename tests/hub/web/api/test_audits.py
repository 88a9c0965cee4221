from flask.testing import FlaskClient

from tests.hub.web.ask import BEARER, checked, get, order
from tests.hub.web.site import Site

URL = "/api/v1/audits"


def test_a_count_names_what_is_missing_and_where_it_was_last_seen(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    audit = order(client, URL, {"loop": "bracket"})["id"]

    for card in ("bracket-0002", "bracket-0003"):
        told = order(client, f"{URL}/{audit}/sightings", {"card": card, "place": "rack"})

    assert told["found"] == ["bracket-0002", "bracket-0003"]
    first, second = told["missing"]
    assert (first["card"], first["station"], first["move"]) == ("bracket-0001", "assembly", "pull")
    assert (second["card"], second["station"]) == ("bracket-0004", None)


def test_a_count_that_has_ended_stays_to_be_read(client: FlaskClient) -> None:
    audit = order(client, URL, {})["id"]
    url = f"{URL}/{audit}/end"
    checked(client.post(url, headers=BEARER), "post", url, 200)

    assert get(client, f"{URL}/{audit}")["ended_at"] is not None
    order(client, f"{URL}/{audit}/sightings", {"card": "bracket-0001"}, 409)
    assert [one["id"] for one in get(client, URL)["items"]] == [audit]


def test_an_unknown_count_is_not_found(client: FlaskClient) -> None:
    get(client, f"{URL}/audit-1", 404)
