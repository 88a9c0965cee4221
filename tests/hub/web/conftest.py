"""A seeded hub for every test of the web."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.hub.web.served import Served
from tests.hub.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.load()
    yield made
    made.store.close()


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.client()


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    started = Served(site)
    yield started
    started.end()


@pytest.fixture
def tab(browser: Browser, served: Served) -> Iterator[Page]:
    """An empty tab whose addresses are those of the hub; no page in it may have a fault."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []
