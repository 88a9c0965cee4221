"""Pages of loops and reports in a real browser, as a supervisor uses them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.web import cookies
from tests.hub.web.account.person import account
from tests.hub.web.history import Weeks
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def page(browser: Browser, site: Site, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A supervisor's browser on a hub with some days behind it."""
    Weeks(site).live(2)
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{served.port}", viewport={"width": request.param, "height": 900}
    )
    context.add_cookies(
        [{"name": cookies.SESSION, "value": anna.session or "", "domain": "127.0.0.1", "path": "/"}]
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert [fault for fault in faults if "status of 40" not in fault] == []


def test_from_all_loops_to_one_and_on_to_its_cards(page: Page) -> None:
    page.goto("/loops")
    page.get_by_label("Supplier", exact=True).select_option("paint")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Bracket, left")).to_be_visible()
    expect(page.locator("#loop-casting")).to_have_count(0)
    page.get_by_role("link", name="Bracket, left").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bracket, left")
    expect(page.get_by_role("img", name="Where the cards were")).to_be_visible()
    page.locator("#flow summary").click()
    expect(page.locator("#flow table")).to_be_visible()


def test_an_open_page_follows_the_floor_and_keeps_what_is_being_typed(site: Site, page: Page) -> None:
    page.goto("/loops/bracket")
    page.get_by_text("Hold the whole loop").click()
    page.get_by_label("Why").fill("tool bro")
    site.signal("assembly", "fail", loop="bracket")

    expect(page.locator(".look.quarantined").first).to_be_visible()
    expect(page.get_by_label("Why")).to_have_value("tool bro")
    page.get_by_label("Why").press_sequentially("ken")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The loop is held")
    page.get_by_role("button", name="Let the loop take part again").click()
    expect(page.get_by_role("status")).to_contain_text("takes part again")


def test_answers_follow_the_fields_and_can_be_sent_to_somebody(page: Page) -> None:
    page.goto("/loops/bracket/sizing")
    page.get_by_label("Demand, pieces an hour", exact=True).fill("300")
    expect(page.locator("#formula-textbook")).to_contain_text("300 pieces/h")
    page.get_by_label("Try so many cards").fill("2")
    expect(page.locator("#answer")).to_contain_text("with 2 cards:")
    page.reload()
    expect(page.get_by_label("Demand, pieces an hour", exact=True)).to_have_value("300")
    expect(page.locator("#formula-textbook")).to_contain_text("300 pieces/h")


def test_without_scripts_the_button_asks(browser: Browser, site: Site, served: Served) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}", java_script_enabled=False)
    page = context.new_page()
    page.goto("/loops/bracket/sizing")
    page.get_by_label("Lead time, hours", exact=True).fill("9")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#formula-textbook")).to_contain_text("× 9 h ×")
    context.close()


def test_a_trial_by_keyboard_alone(page: Page) -> None:
    page.goto("/loops/bracket/sizing?cards=6")
    page.get_by_label("Cards", exact=True).focus()
    expect(page.get_by_label("Cards", exact=True)).to_have_value("6")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("new mould")
    page.keyboard.press("Enter")
    expect(page.locator("#trial")).to_contain_text("6 instead of 4")
    expect(page.get_by_role("status")).to_contain_text("The trial runs.")
    page.wait_for_load_state()
    page.get_by_role("button", name="Go back to 4").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The trial is ended")


def test_cards_are_counted_with_a_scanner_that_types(page: Page) -> None:
    page.goto("/loops/bracket")
    page.get_by_role("button", name="Count the cards of this loop").click()
    expect(page.get_by_label("Scan a card, or type its number")).to_be_focused()
    first = page.locator("#missing-head ~ div tbody th").first.inner_text().split()[-1]
    for code in (first, "soup"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        # The field of the page before has the focus too, until the answer has come.
        expect(page.locator(".figure").first).to_contain_text("1 found")
        expect(page.get_by_label("Scan a card, or type its number")).to_be_focused()
    expect(page.get_by_role("alert")).to_have_text("This code names no card: soup")
    expect(page.locator(".figure").first).to_contain_text("1 found")


def test_a_time_that_is_typed_in_is_meant(page: Page) -> None:
    page.goto("/reports/turns")
    page.get_by_label("From").fill("2026-11-24T00:00")
    expect(page.get_by_label("Time", exact=True)).to_have_value("own")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**span=own**")  # with its script: the page before shows the same time
    expect(page.get_by_label("From")).to_have_value("2026-11-24T00:00")
    page.get_by_label("Time", exact=True).select_option("week")
    expect(page.get_by_label("From")).to_have_value("")


def test_the_day_fits_on_one_sheet_of_paper(page: Page) -> None:
    page.goto("/reports/day")
    made = page.pdf(prefer_css_page_size=True)
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") + made.count(b"/Type /Page>") == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
