"""Every page in every size and theme, as a browser sees it: nothing sticks out, fails, or cannot be used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kanban_hub.accounts.account import AccountRole
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_hub.web import cookies
from tests.chromium import sticks_out_px
from tests.hub.web import axe
from tests.hub.web.account.person import account
from tests.hub.web.served import Served
from tests.hub.web.site import Site
from tests.hub.web.walk.addresses import ADDRESSES, ELSEWHERE, FILES, stir

pytestmark = pytest.mark.chromium

WIDTHS = (390, 720, 1440, 1920, 3840)  # 720: a desk at 200 % zoom
DARK_THEMES = ("dark", "wall")
THEMES = ("light", *DARK_THEMES)
UNTRANSLATED = (Path(__file__).parent / "untranslated.js").read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One hub for all pages: they are only looked at."""
    made = Site(tmp_path_factory.mktemp("walk"))
    made.load()
    stir(made)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[Served]:
    started = Served(site)
    yield started
    started.end()


@pytest.fixture(scope="module")
def session(site: Site) -> str:
    """The log-in of an admin."""
    return account(site, "root", AccountRole.ADMIN).session or ""


@dataclass
class Tab:
    """One for all pages, since opening it costs more than a page; what a page keeps is taken from it."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        hear = self.faults.append
        self.page.on("console", lambda message: hear(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: hear(str(error)))
        self.page.on("response", lambda answer: hear(answer.url) if answer.status >= 500 else None)
        self._browser = self.page.context.new_cdp_session(self.page)

    def forget(self) -> None:
        self.page.goto("/healthz")  # runs nothing, and needs no other process as an empty page would
        self._browser.send("Storage.clearDataForOrigin", {"origin": self.home, "storageTypes": "all"})
        self.faults.clear()


@pytest.fixture(scope="module")
def tab(browser: Browser, served: Served) -> Iterator[Tab]:
    home = f"http://127.0.0.1:{served.port}"
    context = browser.new_context(base_url=home, reduced_motion="reduce")
    yield Tab(context.new_page(), home)
    context.close()


@pytest.fixture
def page(tab: Tab, session: str) -> Iterator[Page]:
    """Empty, and logged in; nothing that is opened in it may have a fault."""
    tab.forget()
    tab.page.context.add_cookies(
        [{"name": cookies.SESSION, "value": session, "domain": "127.0.0.1", "path": "/"}]
    )
    yield tab.page
    told = [fault for fault in tab.faults if "the server responded with a status of 40" not in fault]
    assert told == []


def test_every_page_has_an_address_here(site: Site) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in site.app.url_map.iter_rules()
        if rule.endpoint.startswith("page GET")
    }
    adapter = site.app.url_map.bind("localhost")
    opened = set()
    for address in ADDRESSES:
        path = address.partition("?")[0]
        if adapter.test(path, "GET"):
            rule, _ = adapter.match(path, "GET", return_rule=True)
            opened.add(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))

    assert routes - opened - ELSEWHERE - FILES == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_fits_every_size_and_axe_finds_nothing_in_any_theme(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(_with(address, "theme=light"))
    assert axe.told(page) == "", address
    for theme in DARK_THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        assert axe.told(page, axe.COLOURS) == "", f"{address} {theme}"
    page.set_viewport_size({"width": 390, "height": 900})
    assert axe.told(page) == "", f"{address} on a phone"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sticks_out_px(page) <= 0, f"{address} sticks out at {width}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_text_of_a_page_is_without_translation_and_longer_ones_fit(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(_with(address, f"language={LANGUAGE}"))

    assert FIRST in page.inner_text("body")
    assert page.evaluate(UNTRANSLATED) == [], address
    assert sticks_out_px(page) <= 0, f"{address} sticks out with longer texts"


def _with(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
