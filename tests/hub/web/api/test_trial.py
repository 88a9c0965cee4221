from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import get, order
from tests.hub.web.site import Site

URL = "/api/v1/loops/bracket/trial"
START = {"move": "start", "cards": 3, "hours": 8, "reason": "two were always full"}


def test_a_trial_is_started_and_told(client: FlaskClient) -> None:
    found = order(client, URL, START)
    assert (found["cards_before"], found["cards"], found["surplus"], found["kept"]) == (4, 3, 1, None)
    assert (found["started_at"][11:16], found["until"][11:16]) == ("15:01", "23:01")
    assert get(client, URL) == found


def test_while_it_runs_the_balance_has_its_number_and_the_plant_the_old_one(client: FlaskClient) -> None:
    order(client, URL, START | {"cards": 6})
    loop = get(client, "/api/v1/loops/bracket")
    assert (loop["cards"], loop["balance"]["defined"], loop["balance"]["even"]) == (4, 6, True)
    assert get(client, "/api/v1/loops/bracket/sizing")["proposal"]["cards_now"] == 6


def test_a_trial_that_is_kept_is_in_the_plant(client: FlaskClient) -> None:
    order(client, URL, START | {"cards": 6})
    assert order(client, URL, {"move": "keep"})["kept"] is True
    assert get(client, "/api/v1/loops/bracket")["cards"] == 6


def test_a_trial_can_be_ended_before_its_time(client: FlaskClient) -> None:
    order(client, URL, START)
    found = order(client, URL, {"move": "end"})
    assert (found["kept"], found["surplus"], found["ended_at"] is None) == (False, 0, False)
    assert get(client, "/api/v1/loops/bracket")["balance"]["defined"] == 4


def test_a_second_trial_at_the_same_time_is_refused(client: FlaskClient) -> None:
    order(client, URL, START)
    assert "keep it or end it first" in order(client, URL, START | {"cards": 5}, 409)["detail"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"move": "start"}, "body.cards: is missing; body.hours: is missing; body.reason: is missing"),
        ({"move": "keep", "cards": 3}, "body.cards: is not taken by keep"),
        (START | {"hours": 0}, "body.hours"),
        (START | {"reason": ""}, "body.reason"),
        ({"move": "pause"}, "body.move"),
    ],
)
def test_what_an_order_lacks_or_has_too_much_is_named(
    client: FlaskClient, body: dict[str, Any], where: str
) -> None:
    assert where in order(client, URL, body, 400)["detail"]


def test_where_nothing_was_tried_there_is_nothing_to_tell_or_keep(client: FlaskClient) -> None:
    assert "no trial" in get(client, URL, 404)["detail"]
    assert "no trial runs" in order(client, URL, {"move": "keep"}, 409)["detail"]
    assert get(client, "/api/v1/loops/brack/trial", 404)
    assert order(client, "/api/v1/loops/brack/trial", START, 404)


def test_the_events_say_who_ordered_it_as_a_role(site: Site, client: FlaskClient) -> None:
    order(client, URL, START)
    (event,) = [one for one in get(client, "/api/v1/events")["items"] if one["kind"] == "trial_started"]
    assert (event["role"], event["data"]["reason"]) == ("supervisor", "two were always full")
