"""Accounts in a real browser, on the real server: by keyboard, at every size, with a silent console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.suppliers import links
from tests.chromium import sticks_out_px
from tests.hub.web.account.person import PASSWORD, account
from tests.hub.web.served import CONTRASTS, Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


@pytest.fixture(params=[False, True], ids=["open", "private"])
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    made = Site(tmp_path, is_private=request.param)
    made.load()
    yield made
    made.store.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_the_first_hour_of_a_hub_by_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(f"/welcome/{site.parts.register.invite_first()}")
    expect(page.get_by_label("Name")).to_be_focused()
    for text in ("root", PASSWORD, PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The password is set")
    expect(page.get_by_label("Name")).to_be_focused()
    for text in ("root", PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="root")).to_be_visible()

    page.goto("/accounts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_label("Name").focus()
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("/welcome/")
    expect(page.locator("#account-anna")).to_contain_text("operator no password yet")


def test_a_person_logs_out(site: Site, page: Page) -> None:
    account(site, "anna", AccountRole.SUPERVISOR)
    log_in(page, "anna")
    page.goto("/account")

    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_role("status")).to_have_text("You are logged out.")
    page.goto("/account")
    expect(page).to_have_url(f"{page.url.partition('/login')[0]}/login?next=%2Faccount")


def test_a_board_goes_to_the_log_in_when_its_session_ends_and_back_after_it(site: Site, page: Page) -> None:
    account(site, "anna", AccountRole.SUPERVISOR)
    log_in(page, "anna")
    expect(page.locator("#card-bracket-0001")).to_be_visible()

    site.parts.register.end_sessions("anna", by=None)
    site.signal("assembly", "pull", loop="bracket")

    if not site.parts.is_private:
        expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested")
        return
    expect(page.get_by_role("heading", name="Log in")).to_be_visible(timeout=20_000)
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested")


def test_a_screen_goes_on_without_a_hand_when_the_hub_was_restarted(
    site: Site, served: Served, page: Page
) -> None:
    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    page.goto(f"/screen/{site.parts.signer.screen_token(link.id)}")
    expect(page.locator("#card-bracket-0001 .word")).to_have_text("full")
    expect(page.get_by_role("link", name="Log in")).to_have_count(0)

    served.end()
    site.signal("assembly", "pull", loop="bracket")
    served.start()

    expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested", timeout=30_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_a_desk_and_its_text_stands_out(
    site: Site, page: Page, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its two words
    account(site, "root", AccountRole.ADMIN)
    account(site, "a-name-as-long-as-it-can-ever-be", *[AccountRole.OPERATOR, AccountRole.QUALITY])
    links.add_screen(site.store, "W" * links.PLACE_MOST, 30, site.clock.now_ms())
    log_in(page, "root")
    for url in ("/login", "/account", "/accounts", "/screens", "/logout", "/welcome/wrong"):
        page.goto(url)
        for summary in page.locator("summary").all():
            summary.click()
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert sticks_out_px(page) <= 0, (url, width)
        ratios = page.evaluate(CONTRASTS, "body *")
        assert ratios
        assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}, url
        unnamed = page.locator("input:not([type=hidden]):not([id])").count()
        assert unnamed == 0, "every field has a label"
