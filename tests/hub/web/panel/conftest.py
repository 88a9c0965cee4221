from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kanban_hub.domain.plant import Plant
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from tests.hub.web.panel.tablet import Tablet
from tests.hub.web.served import Served
from tests.hub.web.site import PLANT, Site

REASONS = (
    PlantReason("scratch", "Scratched", ReasonKind.DEFECT),
    PlantReason("dent", "Dented", ReasonKind.DEFECT),
    PlantReason("no-primer", "No primer", ReasonKind.CANNOT),
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A plant with reasons to choose from, where presses in quick succession are as many pulls."""
    made = Site(tmp_path)
    loops = [replace(loop, duplicate_window_s=0.0) for loop in PLANT.loops.values()]
    tables = (PLANT.stations.values(), PLANT.items.values(), loops)
    made.load(Plant(PLANT.site, *tables, reasons=REASONS))
    yield made
    made.store.close()


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A browser of its own for each test, with an outbox of its own."""
    made = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    yield made
    made.close()


@pytest.fixture
def faults(context: BrowserContext) -> Iterator[list[str]]:
    """What a page of the browser says that it must not say; a test that provokes some clears it."""
    told: list[str] = []
    context.on("weberror", lambda error: told.append(str(error.error)))
    yield told
    assert told == []


@pytest.fixture
def tablet(site: Site, context: BrowserContext, faults: list[str]) -> Tablet:
    """The station `assembly` in a browser, by its link."""
    return Tablet(site, context).opened("assembly")


@pytest.fixture
def page(tablet: Tablet) -> Page:
    return tablet.page
