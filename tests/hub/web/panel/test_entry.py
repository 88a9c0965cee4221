"""A tablet with a station's link: one station, no other, until the link is taken back."""

import json
import logging

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.secret import form_token
from kanban_hub.suppliers import links
from kanban_hub.web import cookies
from kanban_hub.web.api.signals import NDJSON
from kanban_hub.web.discretion import discreet
from kanban_hub.web.door import FORM_HEADER
from tests.hub.signals import payload
from tests.hub.web.account.person import HERE, Person, account, tablet
from tests.hub.web.account.test_entry import form_of
from tests.hub.web.site import Site


def pressed(person: Person, station: str, form: str | None = None, origin: str = HERE) -> int:
    sent = form if form is not None else form_token(person.bears(cookies.STATION))
    headers = {"Origin": origin, FORM_HEADER: sent, "Content-Type": NDJSON}
    return person.client.post(
        f"/api/v1/stations/{station}/signals", data=payload(1), headers=headers
    ).status_code


def test_a_link_leads_to_its_station_and_lets_the_browser_press_there(site: Site) -> None:
    link = links.add_station(site.store, ("assembly", "Line 2"), 30, site.clock.now_ms())
    person = Person(site)

    opened = person.open(f"/station/{site.parts.signer.station_token(link.id)}")

    assert (opened.status_code, opened.headers["Location"]) == (303, "/panel/assembly")
    assert "HttpOnly" in opened.headers["Set-Cookie"]
    assert "SameSite=Lax" in opened.headers["Set-Cookie"]
    assert "Secure" not in opened.headers["Set-Cookie"]  # plain HTTP; over HTTPS it is
    assert pressed(person, "assembly") == 200


def test_it_may_not_press_for_another_station_nor_do_anything_else(site: Site) -> None:
    person = tablet(site, "assembly")

    assert pressed(person, "paint") == 403
    headers = {"Origin": HERE, FORM_HEADER: form_token(person.bears(cookies.STATION))}
    order = json.dumps({"move": "undo"})
    for path in ("/api/v1/cards/bracket-0001/moves", "/api/v1/audits"):
        answer = person.client.post(path, data=order, headers={**headers, "Content-Type": "application/json"})
        assert answer.status_code == 403
    assert person.open("/accounts").status_code == 303


def test_a_link_that_was_taken_back_lets_in_nobody_at_once(site: Site) -> None:
    person = tablet(site, "assembly")
    with site.store.view() as view:
        (link,) = view.station_links()

    links.revoke_station(site.store, link.id, site.clock.now_ms())

    assert pressed(person, "assembly") == 401
    assert person.open(f"/station/{site.parts.signer.station_token(link.id)}").status_code == 404


def test_a_link_is_over_after_its_time(site: Site) -> None:
    person = tablet(site, "assembly")

    site.hand.seconds += 31 * 86_400

    assert pressed(person, "assembly") == 401


@pytest.mark.parametrize("token", ["x", "a" * 2_000, "../panel"])
def test_what_is_no_link_is_told(site: Site, token: str) -> None:
    assert Person(site).open(f"/station/{token}").status_code == 404


def test_a_link_of_another_kind_is_no_stations_link(site: Site) -> None:
    screen = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())

    assert Person(site).open(f"/station/{site.parts.signer.screen_token(screen.id)}").status_code == 404
    assert Person(site).open(f"/screen/{site.parts.signer.station_token(screen.id)}").status_code == 404


@pytest.mark.parametrize(("form", "origin"), [("", HERE), ("0" * 64, HERE), (None, "https://evil.example")])
def test_another_site_cannot_press_by_this_browser(site: Site, form: str | None, origin: str) -> None:
    assert pressed(tablet(site, "assembly"), "assembly", form, origin) == 403


def test_a_tablet_on_which_a_person_logs_in_stays_a_station(site: Site) -> None:
    person = tablet(site, "assembly")
    account(site, "quinn", AccountRole.QUALITY)
    person.log_in("quinn")

    assert pressed(person, "assembly", form_of(person)) == 200
    assert pressed(person, "paint", form_of(person)) == 403


def test_an_operator_may_press_for_any_station_and_a_quality_person_for_none(site: Site) -> None:
    operator = account(site, "otto", AccountRole.OPERATOR)
    quality = account(site, "quinn", AccountRole.QUALITY)

    assert pressed(operator, "paint", form_of(operator)) == 200
    assert pressed(quality, "paint", form_of(quality)) == 403
    assert pressed(Person(site), "paint") == 401


def test_the_log_does_not_keep_a_link() -> None:
    record = logging.LogRecord("waitress", 20, "", 1, "GET /station/abc.def", (), None)
    discreet(record)
    assert record.getMessage() == "GET /station/…"
