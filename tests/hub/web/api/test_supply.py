import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import get, order
from tests.hub.web.site import Site

LATER = "2026-12-24T12:00:00Z"


def test_a_supplier_ships_a_part_of_a_container_with_its_lot(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    body = {"move": "ship", "quantity": 12, "lot": "L-7"}
    card = order(client, "/api/v1/cards/bracket-0001/supply", body)

    assert (card["state"], card["quantity"], card["lot"]) == ("in_transit", 12, "L-7")


def test_a_container_is_counted(client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-0002/contents", {"quantity": 7})
    card = order(client, "/api/v1/cards/bracket-0002/contents", {"lot": "L-7"})

    assert (card["quantity"], card["lot"]) == (7, "L-7")


def test_nobody_counts_what_is_not_there(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    order(client, "/api/v1/cards/bracket-0001/contents", {"quantity": 7}, 409)


def test_a_promise_stands_in_the_queue_until_the_container_leaves(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    order(client, "/api/v1/loops/bracket/promise", {"ready_at": LATER, "reason": "oven"})

    (entry,) = get(client, "/api/v1/stations/paint/queue")["items"]
    assert (entry["promise"]["ready_at"], entry["promise"]["reason"]) == (LATER, "oven")

    order(client, "/api/v1/cards/bracket-0001/supply", {"move": "ship"})
    ended = [e for e in get(client, "/api/v1/events?limit=1000")["items"] if e["kind"] == "promise_ended"]
    assert [event["card"] for event in ended] == ["bracket-0001"]


def test_a_promise_without_a_request_is_refused(client: FlaskClient) -> None:
    told = order(client, "/api/v1/loops/bracket/promise", {"ready_at": LATER}, 409)
    assert told["reason"] == "over_production"


def test_one_time_cards_are_issued_by_pieces(client: FlaskClient) -> None:
    told = order(client, "/api/v1/loops/bracket/cards", {"reason": "fair", "pieces": 45, "until": LATER})

    assert [card["quantity"] for card in told["cards"]] == [None, None, 5]
    assert {card["expires_at"] for card in told["cards"]} == {LATER}
    assert get(client, "/api/v1/balance")["items"][0]["temporary"] == 3


@pytest.mark.parametrize("body", [{"reason": "x"}, {"reason": "x", "cards": 1, "pieces": 1}])
def test_one_time_cards_need_one_measure(client: FlaskClient, body: dict[str, object]) -> None:
    order(client, "/api/v1/loops/bracket/cards", body, 409)


def test_the_queue_shows_its_arithmetic(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    (entry,) = get(client, "/api/v1/stations/paint/queue")["items"]

    assert entry["arithmetic"] == "60 pieces ÷ 30/h − 2 h lead time = 0 s (planned)"
