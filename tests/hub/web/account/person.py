"""Somebody at a browser: opens pages, fills in their forms, sends them as a browser would."""

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.register import Wanted
from kanban_hub.suppliers import links
from kanban_hub.web import cookies
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

PASSWORD = "four lit lamps"
HERE = "http://localhost"


class Forms(HTMLParser):
    """The forms of a page: where each goes, and the fields that are filled in already."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action"), {}))
        elif tag == "input" and "name" in given and given.get("type") != "checkbox":
            self.found[-1][1][given["name"]] = given.get("value", "")


class Person:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.client = site.client()

    @property
    def session(self) -> str | None:
        return self.bears(cookies.SESSION) or None

    def bears(self, name: str) -> str:
        """The cookie `name`; empty without one."""
        cookie = self.client.get_cookie(name)
        return cookie.value if cookie is not None else ""

    def open(self, url: str) -> TestResponse:
        return self.client.get(url)

    def read(self, url: str, status: int = 200) -> str:
        response = self.open(url)
        assert response.status_code == status, text_of(response)
        return text_of(response)

    def form(self, page: str, action: str | None) -> dict[str, str]:
        """What the form of `page` that goes to `action` would send untouched."""
        forms = Forms(self.open(page).get_data(as_text=True)).found
        fitting = [fields for where, fields in forms if where == action]
        assert fitting, f"{page} has no form for {action}: {[where for where, _ in forms]}"
        return fitting[0]

    def send(
        self, url: str, fields: dict[str, str | list[str]] | dict[str, str], origin: str | None = HERE
    ) -> TestResponse:
        headers = {"Origin": origin} if origin is not None else {}
        return self.client.post(url, data=fields, headers=headers)

    def fill(self, page: str, action: str | None = None, **fields: str | list[str]) -> TestResponse:
        """Fill in the form of `page` that goes to `action`, and send it."""
        return self.send(action or page, {**self.form(page, action), **fields})

    def log_in(self, name: str, password: str = PASSWORD, following: str = "") -> TestResponse:
        return self.fill(f"/login?next={following}", "/login", name=name, password=password)

    def welcome(self, url: str, **fields: str) -> TestResponse:
        """Open a one-time link and set `PASSWORD`."""
        return self.fill(url, None, new=PASSWORD, again=PASSWORD, **fields)


def account(site: Site, name: str, *roles: AccountRole, station: str | None = None) -> Person:
    """A person logged in as the new account `name`."""
    link = site.parts.register.add(name, Wanted(roles, station), by=None)
    site.parts.register.accept(link, "", (PASSWORD, PASSWORD))
    person = Person(site)
    # As `log_in` does, but without looking at the page first: half of all tests begin here.
    assert person.send("/login", {"name": name, "password": PASSWORD}).status_code == 303
    return person


def tablet(site: Site, station: str) -> Person:
    """A browser that has opened the link of `station`."""
    link = links.add_station(site.store, (station, "Line 2"), 30, site.clock.now_ms())
    opened = Person(site)
    opened.open(f"/station/{site.parts.signer.station_token(link.id)}")
    return opened


def link_on(response: TestResponse, kind: str) -> str:
    """The path of the one-time link or the screen's link that the page shows."""
    found = re.search(rf"http://localhost(/{kind}/[\w.-]+)", response.get_data(as_text=True))
    assert found, text_of(response)
    return found[1]
