from flask.testing import FlaskClient

from kanban_hub.errors import StoreError
from kanban_hub.execution import CARD_ORDERS
from kanban_hub.orders import Order
from kanban_hub.web.api.cards import CardMove
from tests.hub.web.ask import BEARER, get, order
from tests.hub.web.site import Site


def test_a_card_tells_where_it_is_and_what_brought_it_there(site: Site, client: FlaskClient) -> None:
    signal = site.signal("assembly", "pull", loop="bracket")

    card = get(client, "/api/v1/cards/bracket-0001")

    assert card["state"] == "requested"
    assert card["since"] == card["asked_at"] == "2026-11-23T15:01:14.123000Z"
    assert card["last"]["signal"] == signal
    assert card["last"]["move"] == "pull"


def test_the_cards_of_one_loop_are_listed_by_number(client: FlaskClient) -> None:
    cards = get(client, "/api/v1/cards?loop=bracket")

    assert [card["id"] for card in cards["items"]] == [f"bracket-000{n}" for n in (1, 2, 3, 4)]
    assert cards["next"] is None


def test_pages_follow_each_other_until_next_is_null(client: FlaskClient) -> None:
    seen: list[str] = []
    url = "/api/v1/cards?limit=3"
    while True:
        page = get(client, url)
        seen += [card["id"] for card in page["items"]]
        if page["next"] is None:
            break
        url = f"/api/v1/cards?limit=3&cursor={page['next']}"

    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_a_lost_card_is_listed_only_when_asked_for(site: Site, client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-0002/moves", {"move": "lose"})

    listed = get(client, "/api/v1/cards?loop=bracket")["items"]
    lost = get(client, "/api/v1/cards?standing=lost")["items"]

    assert "bracket-0002" not in [card["id"] for card in listed]
    assert len(listed) == 4
    assert [card["id"] for card in lost] == ["bracket-0002"]


def test_cards_are_found_by_state(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    assert [c["id"] for c in get(client, "/api/v1/cards?state=requested")["items"]] == ["bracket-0001"]


def test_a_quarantined_card_is_cleared_by_an_order(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket")

    card = order(client, "/api/v1/cards/bracket-0001/moves", {"move": "clear"})

    assert card["state"] == "full"
    assert get(client, "/api/v1/cards/bracket-0005")["ends_at_pull"] is True


def test_a_hold_keeps_its_reason(client: FlaskClient) -> None:
    card = order(client, "/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "recount"})

    assert (card["standing"], card["standing_reason"]) == ("held", "recount")


def test_what_the_rules_refuse_is_a_conflict_with_the_reason(client: FlaskClient) -> None:
    problem = order(client, "/api/v1/cards/bracket-0001/moves", {"move": "scrap"}, 409)

    assert problem["reason"] == "not_allowed"
    assert "scrap of bracket-0001" in problem["detail"]


def test_a_store_that_cannot_commit_says_when_to_try_again(site: Site, client: FlaskClient) -> None:
    def ask(order: Order, role: str | None = None) -> None:
        raise StoreError("disk full")

    object.__setattr__(site.parts, "ask", ask)  # the parts are frozen for the program, not for its faults

    response = client.post("/api/v1/cards/bracket-0001/moves", json={"move": "lose"}, headers=BEARER)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.get_json(force=True)["detail"] == "disk full"


def test_an_order_for_an_unknown_card_is_not_found(client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-9999/moves", {"move": "lose"}, 404)
    get(client, "/api/v1/cards/bracket-9999", 404)


def test_the_api_offers_exactly_the_orders_that_the_hub_carries_out() -> None:
    assert {move.value for move in CardMove} == set(CARD_ORDERS)


def test_every_fault_of_an_order_is_told_at_once(client: FlaskClient) -> None:
    problem = order(client, "/api/v1/cards/bracket-0001/moves", {"mve": "hold", "reason": 3}, 400)

    assert {fault["where"] for fault in problem["errors"]} == {"body.mve", "body.reason", "body.move"}
