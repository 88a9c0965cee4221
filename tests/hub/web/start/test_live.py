"""The first ten minutes of a hub in a real browser: from an empty hub to the first pull, by clicking."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.hub.web.account.person import PASSWORD
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A hub without a plant."""
    made = Site(tmp_path)
    yield made
    made.store.close()


def log_in_first(site: Site, tab: Page) -> None:
    tab.goto(f"/welcome/{site.parts.register.invite_first()}")
    tab.get_by_label("Name").fill("root")
    tab.get_by_label("New password").fill(PASSWORD)
    tab.get_by_label("The same once more").fill(PASSWORD)
    tab.get_by_role("button", name="Set the password").click()
    tab.get_by_label("Name").fill("root")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()


def test_from_the_first_account_to_the_first_pull(site: Site, tab: Page) -> None:
    log_in_first(site, tab)
    expect(tab.get_by_role("heading", name="First steps")).to_be_visible()

    tab.get_by_label("Short name of the plant").fill("North")
    tab.get_by_role("button", name="Name it").click()
    expect(tab.locator("#plant")).to_contain_text("The plant is north")

    for label, name in (
        ("uses it up", "Final assembly"),
        ("makes it", "Paint shop"),
        ("brings", "Castings Inc."),
    ):
        tab.get_by_label(label).fill(name)
    tab.get_by_label("another firm").last.check()
    tab.get_by_role("button", name="Add the stations").click()
    expect(tab.locator("#stations")).to_contain_text("Castings Inc.")
    tab.reload()

    tab.get_by_label("What goes round").fill("Bracket, left")
    tab.get_by_role("button", name="Add the item").click()
    tab.get_by_label("Pieces in a container").fill("20")
    tab.get_by_role("button", name="Make the loop").click()
    expect(tab.locator("#loop")).to_contain_text("Bracket, left from Paint shop to Final assembly: 2 cards")

    tab.get_by_role("link", name="Print the cards").click()
    expect(tab.get_by_role("main")).to_contain_text("Bracket, left")
    tab.go_back()
    tab.get_by_role("button", name="The cards hang").click()
    expect(tab.locator("#cards")).to_contain_text("done")

    panel = tab.context.new_page()
    panel.goto(tab.get_by_role("link", name="open the station here").get_attribute("href") or "")
    panel.locator('[data-part="press"]').first.click()

    expect(tab.locator("#ready")).to_contain_text("Your first card has gone round", timeout=15_000)
    expect(tab.locator("#pull")).to_contain_text("done")


def test_the_time_zone_of_the_reader_is_offered(site: Site, tab: Page) -> None:
    log_in_first(site, tab)
    own = tab.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(tab.get_by_label("Time zone")).to_have_value(own)


def test_what_is_typed_stays_while_the_page_follows_the_floor(site: Site, tab: Page) -> None:
    log_in_first(site, tab)
    tab.get_by_label("Short name of the plant").fill("North")
    site.changes.tell()
    expect(tab.get_by_label("Short name of the plant")).to_have_value("North")
