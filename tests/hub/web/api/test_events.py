from flask.testing import FlaskClient

from tests.hub.web.ask import get
from tests.hub.web.site import Site


def test_events_after_a_number_are_only_the_later_ones(site: Site, client: FlaskClient) -> None:
    last = get(client, "/api/v1/events?limit=1000")["items"][-1]["number"]
    site.signal("assembly", "pull", loop="bracket")

    (event,) = get(client, f"/api/v1/events?after={last}")["items"]

    assert event["kind"] == "card_moved"
    assert (event["loop"], event["card"], event["station"]) == ("bracket", "bracket-0001", "assembly")
    assert event["data"] == {"move": "pull", "before": "full", "after": "requested"}


def test_next_goes_on_after_the_last_event_of_the_page(client: FlaskClient) -> None:
    first = get(client, "/api/v1/events?limit=4&after=1")
    second = get(client, f"/api/v1/events?limit=1000&cursor={first['next']}")

    numbers = [event["number"] for event in first["items"] + second["items"]]
    assert numbers == list(range(2, 10))
    assert second["next"] is None


def test_events_are_found_by_card_and_station(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    of_card = get(client, "/api/v1/events?card=bracket-0001")["items"]
    of_station = get(client, "/api/v1/events?station=assembly&loop=bracket")["items"]

    assert [event["kind"] for event in of_card] == ["card_issued", "card_moved"]
    assert [event["kind"] for event in of_station] == ["card_moved"]


def test_after_and_cursor_together_are_refused(client: FlaskClient) -> None:
    cursor = get(client, "/api/v1/events?limit=1")["next"]

    problem = get(client, f"/api/v1/events?after=1&cursor={cursor}", 400)

    assert problem["errors"][0]["where"] == "query.after"


def test_no_event_is_an_empty_page(client: FlaskClient) -> None:
    assert get(client, "/api/v1/events?after=9007199254740991") == {"items": [], "next": None}


def test_events_are_found_by_kind_call_and_time(site: Site, client: FlaskClient) -> None:
    site.hand.seconds += 3600
    site.signal("assembly", "help", topic="machine")
    (call,) = get(client, "/api/v1/calls")["items"]

    raised = get(client, f"/api/v1/events?call={call['id']}")["items"]
    since = get(client, f"/api/v1/events?since={call['raised_at']}")["items"]
    until = get(client, f"/api/v1/events?kind=card_issued&until={call['raised_at']}")["items"]

    assert [event["kind"] for event in raised] == ["call_raised"]
    assert since == raised
    assert len(until) == 7
    assert get(client, "/api/v1/events?kind=nothing_known")["items"] == []
    assert get(client, "/api/v1/events?since=yesterday", 400)["errors"][0]["where"] == "query.since"
