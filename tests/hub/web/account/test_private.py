"""A hub that is not even read without a log-in, and screens that read it all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from kanban_hub.suppliers import links
from kanban_hub.web.operations import OPERATIONS
from kanban_hub.web.screens.desk import KNOWN_FOR_S
from tests.hub.web.account.person import HERE, Person, account
from tests.hub.web.ask import BEARER
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import Visitor

PARTS = {
    "card": "bracket-0001", "loop": "bracket", "station": "paint", "audit": "x", "call": "x", "photo": "x",
    "figure": "lead-times", "number": "1", "link": "x",
}  # fmt: skip
READING = [one for one in OPERATIONS if one.method == "GET" and one.name != "stream"]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, is_private=True)
    made.load()
    yield made
    made.store.close()


@pytest.fixture
def wall(site: Site) -> Person:
    """A screen that has opened its link."""
    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    person = Person(site)
    assert person.open(f"/screen/{site.parts.signer.screen_token(link.id)}").status_code == 303
    return person


def status(client: FlaskClient, path: str) -> int:
    return client.get(path.format(**PARTS)).status_code


@pytest.mark.parametrize("path", [one.path for one in READING])
def test_nobody_reads_without_a_log_in(site: Site, path: str) -> None:
    wanted = {"/": 303, "/healthz": 200}.get(path, 401)

    assert status(site.client(), path) == wanted
    assert site.client().get("/api/v1/stream").status_code == 401


@pytest.mark.parametrize("path", [one.path for one in READING])
def test_a_screen_reads_what_any_account_reads(site: Site, wall: Person, path: str) -> None:
    operator = account(site, "otto", AccountRole.OPERATOR)

    assert status(wall.client, path) == status(operator.client, path)
    assert status(wall.client, path) not in (303, 401)


def test_the_way_to_the_log_in_leads_back(site: Site) -> None:
    assert site.client().get("/").headers["Location"] == "/login?next=%2F"
    assert Person(site).read("/login")


def test_programs_read_with_the_token(site: Site) -> None:
    assert site.client().get("/api/v1/cards", headers=BEARER).status_code == 200
    assert site.client().get("/metrics", headers=BEARER).status_code == 200


def test_suppliers_come_in_by_their_links_as_ever(site: Site) -> None:
    assert Visitor(site, "castings").read()


def test_a_screen_orders_nothing(site: Site, wall: Person) -> None:
    for path in ("/api/v1/cards/bracket-0001/moves", "/api/v1/photos"):
        sent = wall.client.post(path, json={"move": "hold", "reason": "x"}, headers={"Origin": HERE})
        assert sent.status_code == 403
    for page in ("/account", "/accounts", "/screens"):
        assert wall.open(page).status_code == 303


def test_a_screens_link_that_is_taken_back_or_over_reads_nothing_more(site: Site, wall: Person) -> None:
    with site.store.view() as view:
        (link,) = view.screens()
    assert wall.open("/api/v1/loops").status_code == 200

    links.revoke_screen(site.store, link.id, site.clock.now_ms())
    site.hand.seconds += KNOWN_FOR_S
    assert wall.open("/api/v1/loops").status_code == 401

    short = links.add_screen(site.store, "Hall 3", 1, site.clock.now_ms())
    wall.open(f"/screen/{site.parts.signer.screen_token(short.id)}")
    assert wall.open("/api/v1/loops").status_code == 200
    site.hand.seconds += 86_400
    assert wall.open("/api/v1/loops").status_code == 401


def test_the_link_of_a_supplier_is_none_of_a_screen_and_the_other_way_round(site: Site) -> None:
    supplier = Visitor(site, "castings")
    screen = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    signer = site.parts.signer
    tokens = [supplier.token, signer.screen_token(supplier.link.id), "x", "A" * 5_000]

    assert {site.client().get(f"/screen/{token}").status_code for token in tokens} == {404}
    for token in (signer.screen_token(screen.id), signer.link_token(screen.id)):
        assert site.client().get(f"/s/{token}").status_code == 404


def test_without_private_everybody_reads_and_nobody_orders(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    open_site = Site(tmp_path / "open")
    open_site.load()

    assert Person(open_site).open("/").status_code == 200
    assert Person(open_site).open("/api/v1/links").status_code == 401
    open_site.store.close()
