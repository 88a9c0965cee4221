"""Quality in a real browser, as a person does it: on a desk, on a phone, by keyboard, and beside others."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.records.finding import Finding
from kanban_hub.web import cookies
from tests.chromium import sticks_out_px
from tests.hub.web.account.person import Person, account
from tests.hub.web.quality.floor import fail, fill, picture
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
SILENT = "Failed to load resource"
Opens = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Opens]:
    """Opens a browser in which `who` is logged in. Nothing may be said on its console."""
    contexts, faults = [], []

    def open_for(who: Person, size: str = "desk") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{served.port}", viewport={"width": width, "height": height}
        )
        session = {"name": cookies.SESSION, "value": who.session or "", "domain": "127.0.0.1", "path": "/"}
        context.add_cookies([session])  # type: ignore[list-item]  # a cookie of the browser's
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert [fault for fault in faults if SILENT not in fault] == []


def photo_file(folder: Path) -> Path:
    path = folder / "photo.jpg"
    path.write_bytes(picture(4_000))
    return path


@pytest.mark.parametrize("size", SIZES)
def test_a_fail_is_taken_contained_photographed_scrapped_and_closed(
    site: Site, judge: Person, opened: Opens, tmp_path: Path, size: str
) -> None:
    fill(site)
    page = opened(judge, size)
    page.goto("/quality")
    expect(page.get_by_text("Nobody waits for help.")).to_be_visible()

    call = f"call-{site.signal('assembly', 'fail', code='bracket-0001', defect='scratch')}"
    entry = page.locator(f"#{call}")
    expect(entry).to_contain_text("Scratch or dent")  # without a hand
    expect(page.locator("#bad-bracket-0001")).to_contain_text("1 container held with it: do not use")

    entry.get_by_role("button", name="I take it").click()
    expect(page.get_by_role("status")).to_have_text("You have taken the call.")
    page.locator(f"#{call}").get_by_role("link", name="Quality fail at Paint shop").click()
    page.get_by_role("button", name="I am there").click()
    expect(page.get_by_role("status")).to_have_text("The call says that help is there.")

    page.get_by_label("Add a photo").set_input_files(photo_file(tmp_path))
    expect(page.locator("#photo-fault")).to_be_hidden()
    page.get_by_role("button", name="Keep the photo").click()
    expect(page.get_by_role("img", name="Photo 1 of the bad container")).to_be_visible()

    page.get_by_text("Add what is known").click()
    page.get_by_text("Burr on the edge").click()
    page.get_by_label("Pieces bad").fill("7")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_have_text("What you said is kept.")

    page.get_by_role("button", name="Scrap").click()
    expect(page.get_by_role("status")).to_contain_text("scrapped")
    page.get_by_text("Solved …").click()
    page.locator(f"#solve-{call}").get_by_text("Worn tool").click()
    page.locator(f"#solve-{call}").get_by_role("button", name="Solved").click()
    page.locator(f"#close-{call}").get_by_role("button", name="Close").click()
    expect(page.get_by_role("status")).to_have_text("The call is closed.")

    expect(page.locator(".story")).to_contain_text("bracket-0001 was scrapped")
    assert sticks_out_px(page) <= 0
    with site.parts.floor() as (floor, _revision):
        found = floor.record(Finding, call)
    assert found is not None
    assert (found.defect, found.quantity, len(found.photos)) == ("burr", 7, 1)


def test_a_call_is_taken_and_solved_by_keyboard_alone(site: Site, judge: Person, opened: Opens) -> None:
    call = fail(site)
    page = opened(judge)
    page.goto(f"/quality/{call}")

    page.get_by_role("button", name="I take it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You have taken the call.")
    page.locator(f"#solve-{call} summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Worn tool")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("The call is solved.")
    expect(page.locator("main")).to_contain_text("Worn tool")


def test_of_two_who_take_it_at_the_same_moment_the_second_is_told_and_goes_on(
    site: Site, judge: Person, opened: Opens
) -> None:
    call = fail(site)
    mine, yours = opened(judge), opened(account(site, "sam", AccountRole.SUPERVISOR))
    for page in (mine, yours):
        page.goto(f"/quality/{call}")
    yours.route("**/quality/*", lambda route: route.abort() if _is_part(route.request) else route.continue_())

    mine.get_by_role("button", name="I take it").click()
    expect(mine.get_by_role("status")).to_have_text("You have taken the call.")
    yours.get_by_role("button", name="I take it").click()

    expect(yours.get_by_role("alert").first).to_contain_text("meanwhile the call is “taken”")
    yours.unroute("**/quality/*")
    mine.get_by_role("button", name="I am there").click()
    expect(yours.locator(".sign").first).to_have_text("help is there")  # it follows the floor again


def _is_part(request: object) -> bool:
    return "x-kanban-part" in getattr(request, "headers", {})


def test_an_escalation_is_seen_on_the_open_page_and_what_is_typed_stays(
    site: Site, judge: Person, opened: Opens
) -> None:
    call = fail(site)
    page = opened(judge)
    page.goto(f"/quality/{call}")
    expect(page.locator(".rises")).to_contain_text("level 1")
    page.get_by_text("Add what is known").click()
    page.get_by_label("Note").fill("half a senten")
    page.get_by_text("Solved …").click()

    site.hand.seconds += 301
    site.come_due()

    expect(page.get_by_text("risen to level 1")).to_be_visible()
    expect(page.locator(".rises")).to_contain_text("shift-lead, quality")
    expect(page.get_by_label("Note")).to_have_value("half a senten")
    expect(page.locator(f"#solve-{call}")).to_have_attribute("open", "")
    expect(page.locator(".story")).to_contain_text("A call rose to level 1")


def test_without_a_script_the_whole_way_is_still_open(
    site: Site, judge: Person, browser: Browser, served: Served
) -> None:
    call = fail(site)
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}", java_script_enabled=False)
    context.add_cookies(
        [{"name": cookies.SESSION, "value": judge.session or "", "domain": "127.0.0.1", "path": "/"}]
    )
    page = context.new_page()
    page.goto("/quality")
    page.get_by_role("button", name="I take it").click()
    page.goto(f"/quality/{call}")
    page.get_by_role("button", name="Use as it is").click()

    expect(page.get_by_role("status")).to_contain_text("used as it is")
    context.close()
