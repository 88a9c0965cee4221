import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import get, order
from tests.hub.web.site import Site


def test_a_loop_tells_its_definition_and_counts_its_cards(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    loop = get(client, "/api/v1/loops/bracket")

    assert (loop["supplier"], loop["consumer"], loop["steps"]) == ("paint", "assembly", ["accept", "ship"])
    assert loop["counts"]["full"] == loop["full_containers"] == 3
    assert loop["counts"]["requested"] == 1
    assert loop["rate"] == {"per_hour": 30.0, "source": "planned"}


def test_the_time_to_starvation_is_that_of_the_most_urgent_card(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    loop = get(client, "/api/v1/loops/bracket")

    assert loop["stock_minutes"] == pytest.approx(3 * 20 / 30 * 60)
    assert loop["minutes_to_starvation"] == pytest.approx(3 * 20 / 30 * 60 - 7200 / 60)


def test_a_loop_that_nobody_asks_has_no_time_to_starvation(client: FlaskClient) -> None:
    assert get(client, "/api/v1/loops/bracket")["minutes_to_starvation"] is None


def test_all_loops_are_listed(client: FlaskClient) -> None:
    assert [loop["id"] for loop in get(client, "/api/v1/loops")["items"]] == ["bracket", "casting"]


def test_an_unknown_loop_is_not_found(client: FlaskClient) -> None:
    assert "no loop 'brack'" in get(client, "/api/v1/loops/brack", 404)["detail"]


def test_a_replacement_is_counted_apart_in_the_balance(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket")

    sheets = get(client, "/api/v1/balance")["items"]

    assert sheets[0] == {
        "loop": "bracket",
        "defined": 4,
        "regular": 4,
        "temporary": 1,
        "surplus": 0,
        "even": True,
    }


def test_a_whole_loop_is_held_with_a_reason_and_let_go_again(client: FlaskClient) -> None:
    url = "/api/v1/loops/bracket/moves"
    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "label torn"})
    order(client, url, {"move": "hold"}, 409)

    assert order(client, url, {"move": "hold", "reason": "new drawing"})["full_containers"] == 0
    assert get(client, "/api/v1/cards/bracket-0002")["standing_reason"] == "loop held: new drawing"
    assert order(client, url, {"move": "resume"})["full_containers"] == 3
    assert get(client, "/api/v1/cards/bracket-0001")["standing_reason"] == "label torn"
    order(client, url, {"move": "resume"}, 409)
