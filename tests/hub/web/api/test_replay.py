from flask.testing import FlaskClient

from tests.hub.web.ask import get
from tests.hub.web.site import Site

URL = "/api/v1/loops/bracket/replay"


def pulled(site: Site, times: int) -> None:
    for _ in range(times):
        site.hand.seconds += 600
        site.signal("assembly", "pull", loop="bracket")


def test_the_recorded_pulls_are_run_again_with_fewer_cards(site: Site, client: FlaskClient) -> None:
    pulled(site, 3)
    site.hand.seconds += 600
    found = get(client, f"{URL}?cards=2")
    assert found["recorded"]["text"] == "4 cards: never without a full container in 3 pulls, lowest 1"
    tried = found["tried"]
    assert (tried["unmet_pulls"], tried["lowest"], tried["stock_out_count"]) == (1, 0, 1)
    assert tried["out_hours"] == 1200 / 3600
    assert tried["stock_outs"][0]["ends_at"] is None
    assert tried["text"].endswith(
        "without a full container 1 time, 0.3333 h together; 1 of 3 pulls found nothing"
    )


def test_the_control_is_what_was_recorded(site: Site, client: FlaskClient) -> None:
    pulled(site, 5)
    site.hand.seconds += 60
    found = get(client, f"{URL}?cards=4")
    assert found["recorded"] == found["tried"]
    assert found["recorded"]["unmet_pulls"] == 1


def test_another_container_quantity_can_be_tried(site: Site, client: FlaskClient) -> None:
    pulled(site, 4)
    assert get(client, f"{URL}?cards=4&container_quantity=40")["tried"]["pulls"] == 2


def test_the_number_of_cards_must_be_given(client: FlaskClient) -> None:
    assert "query.cards: is missing" in get(client, URL, 400)["detail"]
    assert "query.cards" in get(client, f"{URL}?cards=0", 400)["detail"]


def test_an_unknown_loop_is_not_found(client: FlaskClient) -> None:
    assert "no loop 'brack'" in get(client, "/api/v1/loops/brack/replay?cards=2", 404)["detail"]
