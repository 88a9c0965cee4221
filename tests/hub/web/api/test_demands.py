import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import BEARER, checked, get, order
from tests.hub.web.site import Site

URL = "/api/v1/demands"
HEADER = "loop,reference,pieces\n"


def send(client: FlaskClient, table: str | bytes, status: int = 200, media_type: str = "text/csv") -> object:
    url = f"{URL}.csv"
    return checked(client.post(url, data=table, content_type=media_type, headers=BEARER), "post", url, status)


def states(client: FlaskClient) -> list[str]:
    return [card["state"] for card in get(client, "/api/v1/cards?loop=bracket")["items"]]


def test_an_order_pulls_at_the_last_station(client: FlaskClient) -> None:
    placed = order(client, URL, {"loop": "bracket", "reference": "SO 4711/1", "pieces": 30})

    assert (placed["served"], placed["reference"]) == (30, "SO 4711/1")
    assert states(client) == ["requested", "requested", "full", "full"]


def test_the_same_order_again_is_the_same(client: FlaskClient) -> None:
    for _ in range(2):
        order(client, URL, {"loop": "bracket", "reference": "A", "pieces": 30})

    assert states(client).count("requested") == 2
    assert len(get(client, URL)["items"]) == 1


def test_what_is_not_served_yet_is_open(client: FlaskClient) -> None:
    order(client, URL, {"loop": "bracket", "reference": "A", "pieces": 20})
    order(client, URL, {"loop": "bracket", "reference": "B", "pieces": 500})

    (waiting,) = get(client, f"{URL}?open=true&loop=bracket")["items"]

    assert (waiting["reference"], waiting["served"]) == ("B", 60)


def test_a_table_of_orders_is_taken_and_what_is_refused_is_named_by_line(client: FlaskClient) -> None:
    told = send(client, HEADER + "bracket,A,20\nnothing,B,5\nbracket,C,1\n")

    assert isinstance(told, dict)
    assert [demand["reference"] for demand in told["placed"]] == ["A", "C"]
    assert told["refused"] == [{"where": "line 3", "detail": "no loop nothing"}]


def test_every_fault_of_a_table_is_told_and_nothing_is_taken(client: FlaskClient) -> None:
    told = send(client, HEADER + "bracket,A,20\nbracket,,1\nbracket,C,many\nbracket,D\n", 400)

    assert isinstance(told, dict)
    assert [fault["where"] for fault in told["errors"]] == ["line 3", "line 4", "line 5"]
    assert get(client, URL)["items"] == []


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n", HEADER + '"bracket,A,20\n', b"\xff\xfe"])
def test_what_is_no_table_is_told(client: FlaskClient, table: str | bytes) -> None:
    send(client, table, 400)


def test_a_table_comes_as_csv(client: FlaskClient) -> None:
    send(client, HEADER, 415, "application/json")


def test_a_byte_order_mark_of_a_spreadsheet_is_no_fault(client: FlaskClient) -> None:
    send(client, "\ufeff" + HEADER + "bracket,A,20\r\n")
    assert states(client).count("requested") == 1


def test_the_event_tells_whose_order_it_was(site: Site, client: FlaskClient) -> None:
    order(client, URL, {"loop": "bracket", "reference": "A", "pieces": 1})

    events = get(client, "/api/v1/events?limit=1000")["items"]

    assert {event["role"] for event in events if event["kind"] == "demand_placed"} == {"customer"}
