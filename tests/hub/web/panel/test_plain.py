"""The station over plain HTTP at a name, as in most plants: no service worker, no locks, no `randomUUID`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.hub.web.panel.tablet import Tablet, taken
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """Finds the hub under a name that is not the machine's own, so that nothing is taken for secure."""
    made = browser.new_context(base_url=f"http://hub.lan:{served.port}")
    yield made
    made.close()


def test_it_is_a_whole_station_and_says_that_it_must_stay_open(
    site: Site, served: Served, tablet: Tablet
) -> None:
    missing = "[isSecureContext, 'serviceWorker' in navigator, 'randomUUID' in crypto]"
    assert tablet.page.evaluate(missing) == [False, False, False]
    expect(tablet.page.locator("#offline")).to_contain_text("Leave this page open")
    served.end()
    tablet.press()
    tablet.expect_note("stored", "Stored here")
    tablet.expect_kept(1)

    served.start()

    tablet.expect_kept(0)
    tablet.expect_lamp("slow")
    assert taken(site) == [("assembly", 0, 1)]


def test_what_a_closed_page_kept_is_sent_when_it_is_opened_again(
    site: Site, served: Served, context: BrowserContext, tablet: Tablet
) -> None:
    served.end()
    tablet.press()
    tablet.expect_note("stored", "Stored here")
    tablet.page.close()
    served.start()

    tablet.page = context.new_page()
    tablet.page.goto("/panel/assembly")

    tablet.expect_lamp("slow")
    assert taken(site) == [("assembly", 0, 1)]
