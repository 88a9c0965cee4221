from flask.testing import FlaskClient

from kanban_hub.errors import StoreError
from tests.hub.web.ask import get
from tests.hub.web.site import Site


def test_a_hub_that_works_is_ok(client: FlaskClient) -> None:
    health = get(client, "/healthz")

    assert health["status"] == "ok"
    assert health["boot"] == "8f64b87a"
    assert health["started_at"] == "2026-11-23T15:01:14.123000Z"


def test_a_hub_without_its_broker_is_degraded_but_serves(site: Site, client: FlaskClient) -> None:
    site.is_connected = False

    assert get(client, "/healthz")["status"] == "degraded"


def test_a_hub_that_does_not_commit_has_failed(site: Site, client: FlaskClient) -> None:
    site.commit_age_s = 15.1

    response = client.get("/healthz")

    assert (response.status_code, response.get_json()["status"]) == (503, "failed")


def test_a_hub_that_cannot_read_has_failed(site: Site, client: FlaskClient) -> None:
    def view() -> None:
        raise StoreError("disk I/O error")

    site.store.view = view  # type: ignore[method-assign,assignment]  # the disk goes

    response = client.get("/healthz")

    assert (response.status_code, response.get_json()["store_readable"]) == (503, False)
