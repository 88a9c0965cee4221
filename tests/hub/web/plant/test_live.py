"""Administration in a real browser, as a person does it: a loop edited, a table imported, two at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.web import cookies
from tests.hub.web.account.person import account
from tests.hub.web.plant.test_rows import plant
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


def opened(browser: Browser, served: Served, site: Site, name: str) -> Page:
    """A tab in which the new admin `name` is logged in."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    session = account(site, name, AccountRole.ADMIN).session or ""
    context.add_cookies([{"name": cookies.SESSION, "value": session, "domain": "127.0.0.1", "path": "/"}])
    return context.new_page()


@pytest.fixture
def page(browser: Browser, served: Served, site: Site) -> Iterator[Page]:
    made = opened(browser, served, site, "root")
    faults: list[str] = []
    made.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    made.context.close()
    assert [fault for fault in faults if "status of 400" not in fault] == []


def test_a_loop_is_edited_looked_at_applied_and_taken_back(site: Site, page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("main").get_by_role("link", name="Loops").click()
    page.get_by_role("link", name="bracket", exact=True).click()
    page.get_by_label("Cards", exact=True).fill("five")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_label("Cards", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Cards", exact=True)).to_have_value("five")

    page.get_by_label("Cards", exact=True).fill("5")
    page.get_by_label("Lead time", exact=False).first.fill("90")
    page.get_by_label("Unit of Lead time").select_option("min")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#cards")).to_contain_text("bracket-0005")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("status")).to_contain_text("This is done.")
    assert (plant(site).loops["bracket"].cards, plant(site).loops["bracket"].lead_time_s) == (5, 5400)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("5 → 4")
    assert plant(site).loops["bracket"].cards == 4


def test_a_table_is_imported_with_faults_and_then_right(site: Site, page: Page) -> None:
    page.goto("/plant/import")
    page.get_by_label("Loops, as CSV").check()
    bad = "id;cards;lead_time_s\r\nbracket;six;7200\r\ncasting;2;x\r\n"
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "t.csv", "mimeType": "text/csv", "buffer": bad.encode()}
    )
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things are wrong")
    expect(page.get_by_role("alert")).to_contain_text("Line 3")
    expect(page.get_by_label("Loops, as CSV")).to_be_checked()

    right = (page.get_by_label("… or paste it").input_value()).replace("six", "6").replace("x\n", "3600\n")
    page.get_by_label("… or paste it").fill(right)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#difference")).to_contain_text("bracket")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("status")).to_contain_text("This is done.")
    assert (plant(site).loops["bracket"].cards, plant(site).loops["casting"].cards) == (6, 2)


def test_two_admins_edit_one_loop_at_once(browser: Browser, served: Served, site: Site, page: Page) -> None:
    other = opened(browser, served, site, "berta")
    for tab in (page, other):
        tab.goto("/plant/loops/bracket")
    page.get_by_label("Cards", exact=True).fill("6")
    other.get_by_label("Consumption per hour").fill("99")
    for tab in (page, other):
        tab.get_by_role("button", name="Show what changes").click()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("This is done.")

    other.get_by_role("button", name="Apply").click()
    expect(other.get_by_role("alert")).to_contain_text("Somebody else has changed the plant")
    other.get_by_role("button", name="Apply").click()

    expect(other.get_by_role("status")).to_contain_text("This is done.")
    assert (plant(site).loops["bracket"].cards, plant(site).loops["bracket"].rate_per_hour) == (6, 99.0)
    other.context.close()


def test_a_station_is_added_by_keyboard_alone(site: Site, page: Page) -> None:
    page.goto("/plant/add/stations")
    page.get_by_label("Name").focus()
    page.keyboard.type("Packing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Apply")).to_be_visible()
    page.get_by_role("button", name="Apply").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("packing")
    assert plant(site).stations["packing"].name == "Packing"


def test_a_token_is_made_used_and_taken_back(site: Site, page: Page) -> None:
    page.goto("/tokens")
    page.get_by_label("Name").fill("erp")
    page.get_by_label("supervisor").check()
    page.get_by_role("button", name="Make it").click()
    borne = page.locator("#token").inner_text()

    def status() -> int:
        headers = {"Authorization": f"Bearer {borne}"}
        body = {"quantity": 7}
        return (
            site.client().post("/api/v1/cards/bracket-0001/contents", json=body, headers=headers).status_code
        )

    assert status() == 200
    page.reload()
    page.goto("/tokens")
    expect(page.locator("#token")).to_have_count(0)
    page.get_by_role("button", name="Take erp back").click()
    expect(page.get_by_role("status")).to_contain_text("no longer works")
    assert status() == 401


def test_a_backup_is_downloaded(page: Page) -> None:
    page.goto("/backup")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Make a backup and download it").click()
    assert loading.value.suggested_filename.endswith(".kanban.db")
