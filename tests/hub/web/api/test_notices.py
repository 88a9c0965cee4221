import pytest
from flask.testing import FlaskClient

from kanban_hub.notices.notice import Notice
from kanban_hub.notices.ports import NoticeFilter
from tests.hub.notices.samples import mail
from tests.hub.web.ask import get, order
from tests.hub.web.site import Site


@pytest.fixture(autouse=True)
def _queued(site: Site) -> None:
    """One that waits, one sent, one dead."""
    with site.store.notices() as queue:
        queue.enqueue([mail(key=key, body="for lead@plant.example") for key in "abc"])
        dead, sent, _ = queue.page(NoticeFilter())
        queue.save(sent.sent(0))
        queue.save(dead.dead("the mail server refuses the recipient: 550 (address)", 0))


def found(site: Site, number: int) -> Notice:
    with site.store.notices(writes=False) as queue:
        notice = queue.find(number)
    assert notice is not None
    return notice


def test_notices_are_told_newest_first_in_pages(client: FlaskClient) -> None:
    first = get(client, "/api/v1/notices?limit=2")
    rest = get(client, f"/api/v1/notices?limit=2&cursor={first['next']}")
    assert [one["number"] for one in first["items"] + rest["items"]] == [3, 2, 1]
    assert [one["state"] for one in first["items"] + rest["items"]] == ["dead", "sent", "waiting"]


def test_dead_ones_are_found_with_their_error_and_without_an_address(client: FlaskClient) -> None:
    response = client.get("/api/v1/notices?state=dead")
    (dead,) = get(client, "/api/v1/notices?state=dead")["items"]
    assert (dead["recipient"], dead["attempts"]) == ("lead", 1)
    assert "550" in dead["last_error"]
    assert "lead@" not in response.get_data(as_text=True)


def test_a_dead_one_is_tried_again_when_it_is_ordered(site: Site, client: FlaskClient) -> None:
    told = order(client, "/api/v1/notices/3/retry", {})
    assert (told["state"], told["attempts"]) == ("waiting", 0)
    assert found(site, 3).due_ms == site.clock.now_ms()


def test_only_a_dead_one_can_be_tried_again(client: FlaskClient) -> None:
    assert "waiting" in order(client, "/api/v1/notices/1/retry", {}, 409)["detail"]


@pytest.mark.parametrize("number", ["9", "x", "-1", "9" * 40])
def test_a_number_that_is_not_there_is_not_found(client: FlaskClient, number: str) -> None:
    order(client, f"/api/v1/notices/{number}/retry", {}, 404)


def test_nobody_orders_without_the_token(client: FlaskClient) -> None:
    assert client.post("/api/v1/notices/3/retry").status_code == 401
