from flask.testing import FlaskClient

from tests.hub.web.ask import BEARER, checked, get, order
from tests.hub.web.site import PUBLIC_URL, Site

DAY_S = 86_400


def test_a_link_is_made_works_is_listed_and_taken_back(site: Site, client: FlaskClient) -> None:
    made = order(client, "/api/v1/links", {"station": "castings", "days": 2})
    path = made["url"].removeprefix(PUBLIC_URL)
    assert client.get(path).status_code == 200

    (known,) = checked(client.get("/api/v1/links", headers=BEARER), "get", "/api/v1/links", 200)["items"]
    assert known == made["link"]
    assert (known["station"], known["good"]) == ("castings", True)
    revoked = checked(
        client.post(f"/api/v1/links/{known['id']}/revoke", headers=BEARER),
        "post", f"/api/v1/links/{known['id']}/revoke", 200,
    )  # fmt: skip

    assert (revoked["good"], revoked["revoked_at"] is None) == (False, False)
    assert client.get(path).status_code == 404


def test_the_list_tells_no_address_of_a_page(client: FlaskClient) -> None:
    made = order(client, "/api/v1/links", {"station": "castings"})

    listed = client.get("/api/v1/links", headers=BEARER).get_data(as_text=True)

    assert made["url"].rsplit(".", 1)[1] not in listed


def test_links_are_nobodys_business_without_the_token(client: FlaskClient) -> None:
    get(client, "/api/v1/links", 401)
    checked(client.post("/api/v1/links", json={"station": "castings"}), "post", "/api/v1/links", 401)
    checked(client.post("/api/v1/links/x/revoke"), "post", "/api/v1/links/x/revoke", 401)


def test_a_link_is_for_an_external_station_of_the_plant(client: FlaskClient) -> None:
    assert "external" in order(client, "/api/v1/links", {"station": "paint"}, 409)["detail"]
    order(client, "/api/v1/links", {"station": "nowhere"}, 404)
    order(client, "/api/v1/links", {"station": "castings", "days": 0}, 400)


def test_a_link_that_is_not_there_cannot_be_taken_back(client: FlaskClient) -> None:
    url = "/api/v1/links/000000000000/revoke"
    checked(client.post(url, headers=BEARER), "post", url, 404)


def test_a_link_is_no_longer_good_when_its_days_are_over(site: Site, client: FlaskClient) -> None:
    order(client, "/api/v1/links", {"station": "castings", "days": 1})
    site.hand.seconds += DAY_S

    (known,) = client.get("/api/v1/links", headers=BEARER).get_json()["items"]
    assert (known["good"], known["revoked_at"]) == (False, None)
