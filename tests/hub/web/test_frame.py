"""What every page of people has: its readers, its faults, and its way back."""

from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.errors import StoreError
from kanban_hub.suppliers import links
from kanban_hub.web.app import create_app
from kanban_hub.web.frame import Page, Sorry, install, shown
from kanban_hub.web.parts import WebParts
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import HOSTILE, Site
from tests.hub.web.supplier.visitor import text_of

FAULTS = {
    "store": StoreError("disk full"),
    "rule": DomainError(Reason.NOT_ALLOWED, HOSTILE),
    "ours": ValueError("a secret of the program"),
}


def read(parts: WebParts) -> Response:
    return shown(parts, "sorry.html", {"sorry": Sorry(f"read by {parts.caller.name}", 200)})


def broken(parts: WebParts, how: str) -> Response:
    raise FAULTS[how]


def served(site: Site) -> FlaskClient:
    app = create_app(site.parts)
    pages = (
        Page("GET /read", read, is_reading=True),
        Page("GET /own", read),
        Page("GET /broken/{how}", broken, is_open=True),
    )
    install(app, site.parts, pages)
    return app.test_client()


@pytest.mark.parametrize(("is_private", "status"), [(False, 200), (True, 303)])
def test_a_page_to_read_is_for_everybody_unless_the_hub_is_private(
    tmp_path: Path, is_private: bool, status: int
) -> None:
    site = Site(tmp_path, is_private=is_private)
    site.load()
    client = served(site)
    assert client.get("/read").status_code == status
    assert client.get("/own").status_code == 303

    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    client.get(f"/screen/{site.parts.signer.screen_token(link.id)}")
    assert client.get("/read").status_code == 200
    assert client.get("/own").status_code == 303
    site.store.close()


def test_a_page_to_read_says_who_reads_and_no_cache_gives_it_to_another(site: Site) -> None:
    anna = account(site, "anna", AccountRole.OPERATOR)
    client = served(site)
    client.set_cookie("kanban_session", anna.session or "")

    answer = client.get("/read")

    assert "read by anna" in text_of(answer)
    assert (answer.headers["Vary"], answer.headers["Cache-Control"]) == ("Cookie", "no-cache")
    assert client.get("/own").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("how", "status"), [("store", 503), ("rule", 409), ("ours", 500)])
def test_whatever_goes_wrong_a_person_gets_a_page(site: Site, how: str, status: int) -> None:
    answer = served(site).get(f"/broken/{how}")

    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "Not possible" in text_of(answer)
    assert "secret" not in text_of(answer)
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert ("Refresh" in answer.headers) == (how == "store"), "a screen waits for the store by itself"


def test_a_page_that_is_not_there_leads_back_to_the_board(
    site: Site,
) -> None:
    answer = Person(site).open("/welcome/nothing")

    assert 'href="/"' in answer.get_data(as_text=True)


def test_a_private_page_waits_for_the_store_without_a_hand(tmp_path: Path) -> None:
    site = Site(tmp_path, is_private=True)
    site.load()
    client = site.client()
    client.set_cookie("kanban_session", "any")
    site.store.close()
    (tmp_path / "hub.db").unlink()
    (tmp_path / "hub.db").mkdir()

    for url in ("/", "/login"):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Refresh"]) == (503, "10")
