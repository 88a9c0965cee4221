"""The board in a real browser, on the real server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import sticks_out_px
from tests.hub.web.served import CONTRASTS, Served
from tests.hub.web.site import HOSTILE, Site

pytestmark = pytest.mark.chromium


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(f"http://127.0.0.1:{served.port}/")
    yield opened
    context.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def test_a_pull_is_drawn_on_the_open_page(site: Site, page: Page) -> None:
    expect(page.locator("#card-bracket-0001 .word")).to_have_text("full")

    site.signal("assembly", "pull", loop="bracket")

    expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested")
    expect(page.locator("#queue-bracket-0001")).to_be_visible()


def test_a_hostile_name_is_drawn_as_text(page: Page) -> None:
    expect(page.locator("#station-castings h3")).to_have_text(HOSTILE)


def test_ten_tabs_of_one_browser_are_all_alive(site: Site, served: Served, page: Page) -> None:
    pages = [page.context.new_page() for _ in range(9)]
    for tab in pages:
        tab.goto(f"http://127.0.0.1:{served.port}/")

    site.signal("assembly", "pull", loop="bracket")

    for tab in [page, *pages]:
        expect(tab.locator("#card-bracket-0001 .word")).to_have_text("requested")


def test_a_browser_without_shared_workers_is_alive_too(site: Site, served: Served, page: Page) -> None:
    page.add_init_script("delete window.SharedWorker")
    page.reload()

    site.signal("assembly", "pull", loop="bracket")

    expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested")


def test_a_page_that_hears_nothing_greys_and_recovers_by_itself(
    site: Site, served: Served, page: Page
) -> None:
    page.clock.install()
    page.reload()
    expect(page.locator("#veil")).to_be_hidden()
    served.end()

    page.clock.run_for(13_000)

    expect(page.locator("#veil")).to_contain_text("No data since")
    expect(page.locator("body")).to_have_class("stale")
    expect(page.locator("#card-bracket-0001 .word")).to_have_text("full")  # the last picture stays

    site.signal("assembly", "pull", loop="bracket")
    served.start()
    page.clock.run_for(5_000)

    expect(page.locator("#card-bracket-0001 .word")).to_have_text("requested")
    expect(page.locator("#veil")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440, 1920])
def test_nothing_is_wider_than_the_screen(site: Site, page: Page, width: int) -> None:
    for kind in ("pull", "fail", "pull"):
        site.hand.seconds += 60
        site.signal("assembly", kind, loop="bracket")
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()

    assert sticks_out_px(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(site: Site, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its two words
    site.signal("assembly", "fail", loop="bracket")
    expect(page.locator("#card-bracket-0001 .word")).to_have_text("quarantined")

    ratios = page.evaluate(CONTRASTS, "#inside *, .bar *")

    assert ratios
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}
