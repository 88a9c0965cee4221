import io

from flask.testing import FlaskClient
from PIL import Image

from kanban_hub.photo import BYTES_MOST
from tests.hub.web.ask import BEARER, checked, get, order
from tests.hub.web.site import Site

PHOTOS = "/api/v1/photos"


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (30, 20), (9, 9, 200)).save(kept, "PNG")
    return kept.getvalue()


def send(
    client: FlaskClient, data: bytes, status: int = 200, media_type: str = "image/png"
) -> dict[str, str]:
    response = client.post(PHOTOS, data=data, content_type=media_type, headers=BEARER)
    found: dict[str, str] = checked(response, "post", PHOTOS, status)
    return found


def test_a_leader_adds_reason_quantity_note_and_photo_to_a_fail(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket")
    call = get(client, "/api/v1/findings?open=true")["items"][0]["call"]
    photo = send(client, picture())["photo"]

    body = {"defect": "burr", "quantity": 3, "lot": "L-7", "note": "left edge", "photo": photo}
    told = order(client, f"/api/v1/findings/{call}", body)

    assert (told["defect"], told["quantity"], told["lot"]) == ("burr", 3, "L-7")
    assert (told["notes"], told["photos"], told["disposition"]) == (["left edge"], [photo], None)


def test_a_photo_is_given_back_as_a_picture_that_can_do_nothing(client: FlaskClient) -> None:
    photo = send(client, picture())["photo"]

    response = client.get(f"{PHOTOS}/{photo}")

    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(response.data)).size == (30, 20)


def test_what_is_no_photo_is_refused(client: FlaskClient) -> None:
    send(client, b"<svg/>", 400)
    send(client, picture(), 415, "text/plain")
    send(client, b"x" * (BYTES_MOST + 1), 413)


def test_a_body_of_that_size_is_for_photos_only(client: FlaskClient) -> None:
    url = "/api/v1/demands.csv"
    response = client.post(url, data=b"x" * 100_000, content_type="text/csv", headers=BEARER)
    checked(response, "post", url, 413)


def test_photos_need_the_token(client: FlaskClient) -> None:
    assert client.post(PHOTOS, data=picture(), content_type="image/png").status_code == 401


def test_a_photo_that_is_not_kept_cannot_be_added(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket")
    call = get(client, "/api/v1/findings")["items"][0]["call"]
    order(client, f"/api/v1/findings/{call}", {"photo": "0" * 32}, 404)
    get(client, f"{PHOTOS}/{'0' * 32}", 404)


def test_the_finding_tells_what_was_decided(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket", defect="bent")
    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "return"})

    (told,) = get(client, "/api/v1/findings")["items"]

    assert (told["defect"], told["disposition"]) == ("bent", "return")
    assert get(client, "/api/v1/findings?open=true")["items"] == []
