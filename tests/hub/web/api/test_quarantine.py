import base64

from flask.testing import FlaskClient

from kanban_hub.ports import SetAside
from tests.hub.web.ask import get
from tests.hub.web.site import START_MS, Site


def test_a_message_set_aside_is_shown_as_it_came(site: Site, client: FlaskClient) -> None:
    key = ("paint", "9f2c61d0a7b34e55", 7)
    with site.store.transaction() as work:
        work.put_aside(
            [
                SetAside("t/paint", "not_json", "byte 0", b"\xff\x00{", START_MS, "paint"),
                SetAside("t/paint", "conflict", "other content", b"{}", START_MS, "paint", key),
            ]
        )

    first = get(client, "/api/v1/quarantine?limit=1")
    second = get(client, f"/api/v1/quarantine?limit=1&cursor={first['next']}")

    (broken,), (conflict,) = first["items"], second["items"]
    assert base64.b64decode(broken["payload"]) == b"\xff\x00{"
    assert (broken["reason"], broken["epoch"], broken["seq"]) == ("not_json", None, None)
    assert (conflict["epoch"], conflict["seq"]) == ("9f2c61d0a7b34e55", 7)
    assert second["next"] is None
