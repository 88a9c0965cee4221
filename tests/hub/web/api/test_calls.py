from flask.testing import FlaskClient

from kanban_hub.execution import CALL_ORDERS
from kanban_hub.web.api.calls import CallMove
from tests.hub.web.ask import get, order
from tests.hub.web.site import Site


def test_a_quality_fail_calls_the_supplier(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket", defect="scratch")

    (call,) = get(client, "/api/v1/calls")["items"]

    assert (call["kind"], call["state"]) == ("quality", "raised")
    assert (call["station"], call["raised_by"]) == ("paint", "assembly")
    assert (call["card"], call["topic"]) == ("bracket-0001", "scratch")


def test_a_call_is_taken_and_solved_by_orders(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help")
    call = get(client, "/api/v1/calls")["items"][0]["id"]

    taken = order(client, f"/api/v1/calls/{call}/moves", {"move": "take"})
    solved = order(client, f"/api/v1/calls/{call}/moves", {"move": "solve", "cause": "nozzle"})

    assert (taken["state"], taken["ended_at"]) == ("taken", None)
    assert (solved["state"], solved["cause"]) == ("solved", "nozzle")
    assert get(client, "/api/v1/calls?open=true")["items"] == []
    assert len(get(client, "/api/v1/calls")["items"]) == 1


def test_a_call_goes_its_whole_way_with_both_clocks(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help", topic="machine")
    path = f"/api/v1/calls/{get(client, '/api/v1/calls')['items'][0]['id']}/moves"
    steps = {}
    for move in ("take", "arrive", "solve"):
        site.hand.seconds += 60
        steps[move] = order(client, path, {"move": move})
    site.hand.seconds += 60

    assert order(client, path, {"move": "close"}, 409)["reason"] == "not_allowed"
    closed = order(client, path, {"move": "close", "cause": "nozzle"})

    assert (closed["kind"], closed["state"], closed["cause"]) == ("machine", "closed", "nozzle")
    assert (steps["take"]["untaken_s"], steps["take"]["unsolved_s"]) == (60, 0)
    assert (closed["untaken_s"], closed["unsolved_s"]) == (60, 120)
    marks = [closed[f"{mark}_at"] for mark in ("raised", "taken", "arrived", "ended", "closed")]
    assert marks == sorted(set(marks))
    assert (closed["level"], closed["line_stopped_at"]) == (0, None)


def test_a_call_that_was_none_is_rejected_and_stays_visible(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help")
    call = get(client, "/api/v1/calls")["items"][0]["id"]

    rejected = order(client, f"/api/v1/calls/{call}/moves", {"move": "reject", "cause": "a drill"})

    assert (rejected["state"], rejected["cause"]) == ("rejected", "a drill")
    assert get(client, "/api/v1/calls?open=true")["items"] == []
    assert len(get(client, "/api/v1/calls")["items"]) == 1


def test_a_solved_call_cannot_be_taken(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help")
    call = get(client, "/api/v1/calls")["items"][0]["id"]
    order(client, f"/api/v1/calls/{call}/moves", {"move": "solve"})

    assert order(client, f"/api/v1/calls/{call}/moves", {"move": "take"}, 409)["reason"] == "not_allowed"


def test_an_unknown_call_is_not_found(client: FlaskClient) -> None:
    order(client, "/api/v1/calls/call-1/moves", {"move": "take"}, 404)


def test_the_newest_call_stands_on_the_first_page(site: Site, client: FlaskClient) -> None:
    for _ in range(3):
        site.hand.seconds += 60
        site.signal("assembly", "help")
        call = get(client, "/api/v1/calls")["items"][0]["id"]
        order(client, f"/api/v1/calls/{call}/moves", {"move": "solve"})

    first = get(client, "/api/v1/calls?limit=2")
    second = get(client, f"/api/v1/calls?limit=2&cursor={first['next']}")

    times = [call["raised_at"] for call in first["items"] + second["items"]]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 3


def test_calls_are_found_by_station(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help")

    assert get(client, "/api/v1/calls?station=paint")["items"] == []
    assert len(get(client, "/api/v1/calls?station=assembly")["items"]) == 1


def test_the_api_offers_exactly_the_orders_that_the_hub_carries_out() -> None:
    assert {move.value for move in CallMove} == set(CALL_ORDERS)
