import re
from urllib.parse import quote

from flask.testing import FlaskClient

from kanban_hub.domain.card import Contents
from kanban_hub.labels.check import checked
from kanban_hub.orders import CountCard
from kanban_protocol import codes
from tests.hub.web.ask import get, order
from tests.hub.web.site import Site

URL = "/api/v1/cards/bracket-0003/label.svg"


def texts(client: FlaskClient, url: str) -> list[str]:
    response = client.get(url)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    return re.findall(r"<text[^>]*>([^<]*)</text>", response.get_data(as_text=True))


def test_a_card_is_printed_with_its_checked_number(client: FlaskClient) -> None:
    assert texts(client, URL) == [
        "Bracket, left",
        "BRACKET",
        "20 pieces",
        "Paint shop » Final assembly",
        "Loop bracket",
        checked("bracket-0003"),
    ]


def test_a_label_of_one_filling_says_what_is_in_it(site: Site, client: FlaskClient) -> None:
    site.ask(CountCard("bracket-0003", Contents(15, "A-778")))

    assert {"15 pieces", "Loop bracket · lot A-778"} <= set(texts(client, f"{URL}?contents=true"))
    assert "20 pieces" in texts(client, URL)


def test_a_void_or_unknown_number_is_not_printed(client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-0003/moves", {"move": "lose"})

    get(client, URL, 404)
    get(client, "/api/v1/cards/bracket-0099/label.svg", 404)


def test_the_sheet_says_every_command(client: FlaskClient) -> None:
    assert set(codes.COMMANDS) <= set(texts(client, "/api/v1/commands.svg"))


def test_how_a_code_is_read_is_told(client: FlaskClient) -> None:
    code = quote("[)>\x1e06\x1dP4711\x1dQ20\x1dS77\x1e\x04")

    label = get(client, f"/api/v1/label?code={code}")

    assert (label["form"], label["item_code"], label["quantity"]) == ("mh10", "4711", 20)
    assert label["keys"] == ["serial:4711/77", "item:4711"]


def test_a_code_that_cannot_be_read_says_why(client: FlaskClient) -> None:
    problem = get(client, "/api/v1/label?code=BRACKET.0003.XX", 400)

    assert "scan again" in problem["errors"][0]["detail"]
