"""The map in a real browser: dragged by pointer, by keyboard, made larger, followed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.web import cookies
from tests.hub.web.account.person import Person, account
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


@pytest.fixture
def admin(site: Site) -> Person:
    return account(site, "root", AccountRole.ADMIN)


@pytest.fixture
def page(browser: Browser, served: Served, admin: Person) -> Iterator[Page]:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{served.port}", viewport={"width": 1440, "height": 1000}
    )
    context.add_cookies(
        [{"name": cookies.SESSION, "value": admin.session or "", "domain": "127.0.0.1", "path": "/"}]
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def place(site: Site, station: str) -> tuple[float, float] | None:
    with site.store.view() as view:
        plant = view.plant()
    assert plant is not None
    return plant.stations[station].position


def drag(page: Page, what: Locator, dx: float, dy: float) -> None:
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


def test_a_station_is_dragged_to_its_place_and_put_back(site: Site, page: Page) -> None:
    page.goto("/map/move")
    drag(page, page.locator("#piece-assembly"), 150, -40)

    expect(page.locator("#told")).to_contain_text("This is done.")
    moved = place(site, "assembly")
    assert moved is not None
    assert moved[0] > 700
    assert moved[1] < 180
    expect(page.locator("#row-assembly input[name=x]")).to_have_value(f"{moved[0]:g}")

    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#row-assembly input[name=x]")).to_have_value("620")
    assert place(site, "assembly") == (620, 180)


def test_a_station_is_moved_by_arrow_keys_and_several_presses_are_one_move(site: Site, page: Page) -> None:
    page.goto("/map/move")
    piece = page.get_by_role("button", name="Move Paint shop", exact=True)
    piece.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowLeft"):
        page.keyboard.press(key)

    expect(page.locator("#told")).to_contain_text("This is done.")
    expect(piece).to_be_focused()
    expect(piece).not_to_have_class("loose")
    with site.store.view() as view:
        assert len(view.plant_changes(9)) == 1


def test_a_move_that_the_hub_refuses_goes_back_and_says_why(site: Site, page: Page) -> None:
    page.goto("/map/move")
    site.parts.register.end_sessions("root", by=None)

    drag(page, page.locator("#piece-assembly"), 100, 0)

    expect(page.locator("#told")).to_contain_text("log in again")
    expect(page.locator("#piece-assembly")).to_have_attribute("data-x", "620")
    assert place(site, "assembly") == (620, 180)


def test_a_move_while_the_hub_is_away_goes_back_and_is_said(site: Site, served: Served, page: Page) -> None:
    page.goto("/map/move")
    served.end()

    drag(page, page.locator("#piece-assembly"), 100, 0)

    expect(page.locator("#told")).to_contain_text("was not kept")
    served.start()


def test_the_map_follows_the_floor_and_keeps_its_size(site: Site, page: Page) -> None:
    page.goto("/map")
    page.get_by_role("link", name="150 %").click()
    expect(page).to_have_url(re.compile("/map\\?zoom=150$"))
    expect(page.locator("#map")).not_to_have_class("fits")
    wide = page.locator("#map").get_attribute("width")

    site.signal("assembly", "pull", loop="bracket")

    expect(page.get_by_role("link", name="Way from Paint shop to Final assembly")).to_be_visible(
        timeout=20_000
    )
    expect(page.locator("#map")).to_have_attribute("width", str(wide))


def test_a_station_leads_to_its_page_by_keyboard(page: Page) -> None:
    page.goto("/map")
    page.get_by_role("link", name="Station Paint shop").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/stations/paint$"))
