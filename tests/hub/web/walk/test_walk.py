"""Every page in every size and theme, as a browser sees it: nothing sticks out, fails, or cannot be used."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from kanban_hub.accounts.account import AccountRole
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_hub.web import cookies
from tests.hub.web.account.person import account
from tests.hub.web.served import Served
from tests.hub.web.site import Site
from tests.hub.web.walk.addresses import ADDRESSES, ELSEWHERE, FILES, stir

pytestmark = pytest.mark.chromium

WIDTHS = (390, 720, 1440, 1920, 3840)  # 720: a desk at 200 % zoom
DARK_THEMES = ("dark", "wall")
THEMES = ("light", *DARK_THEMES)
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what is well is not described, which takes as long as the search
}
UNTRANSLATED = (Path(__file__).parent / "untranslated.js").read_text()
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


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


@pytest.fixture
def context(browser: Browser, served: Served, session: str) -> Iterator[BrowserContext]:
    """A browser of its own for each page: some keep what they were shown."""
    made = browser.new_context(base_url=f"http://127.0.0.1:{served.port}", reduced_motion="reduce")
    made.add_cookies([{"name": cookies.SESSION, "value": session, "domain": "127.0.0.1", "path": "/"}])
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    yield opened
    told = [fault for fault in faults if "the server responded with a status of 40" not in fault]
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
    _nothing_found(page, WCAG, address)
    for theme in DARK_THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        _nothing_found(page, WCAG, f"{address} {theme}")
    page.set_viewport_size({"width": 390, "height": 900})
    _nothing_found(page, WCAG, f"{address} on a phone")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(STICKS_OUT) <= 0, f"{address} sticks out at {width}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_text_of_a_page_is_without_translation_and_longer_ones_fit(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(_with(address, f"language={LANGUAGE}"))

    assert FIRST in page.inner_text("body")
    assert page.evaluate(UNTRANSLATED) == [], address
    assert page.evaluate(STICKS_OUT) <= 0, f"{address} sticks out with longer texts"


def _nothing_found(page: Page, options: Mapping[str, object], where: str) -> None:
    # It is large, and stays in the page until the next one.
    is_there = page.evaluate("'axe' in window")
    found = (Axe("undefined") if is_there else Axe()).run(page, options=options)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"


def _with(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
