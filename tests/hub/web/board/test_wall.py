"""The board on a wall, in a real browser: it fits, it turns, it pins, and it heals itself."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanban_hub.suppliers import links
from kanban_hub.web.screens import telling
from kanban_simulator.boardplant import board_plant
from tests.chromium import settled
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium

CARDS = 8
# ISO 9241-3: at least 16 minutes of arc; a screen of 55 inches, 16:9, seen from five metres.
LEAST_MM = 5_000 * math.tan(math.radians(16 / 60))
LONGER_SIDE_MM = 55 * 25.4 * 16 / math.hypot(16, 9)
CAPITALS = 0.668  # of the font's size: Atkinson Hyperlegible Next, OS/2 sCapHeight

STICKS_OUT = """() => {
  const inView = (e) => { const r = e.getBoundingClientRect();
    const isWithin = r.left >= -1 && r.top >= -1 && r.right <= innerWidth + 1 && r.bottom <= innerHeight + 1;
    return r.width === 0 || isWithin; };
  return [...document.querySelectorAll("#wall, .tile, .call, .foot-of-wall, .foot-of-wall p")]
    .filter((e) => !inView(e)).map((e) => e.className || e.id);
}"""
NAMES = """() => [...document.querySelectorAll(".tile:not([hidden]) h2, .call .name")]
  .map((e) => Number.parseFloat(getComputedStyle(e).fontSize))"""
# The tiles are laid out anew after the screen has its new size.
FITS = f"""(leastPx) => ({STICKS_OUT})().length === 0
  && Math.min(...({NAMES})()) * {CAPITALS} >= leastPx"""

# More than there are pages: they may begin anew when the screen is laid out a last time.
TURNS_MOST = 8


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=f"http://127.0.0.1:{served.port}", viewport={"width": 1920, "height": 1080}
    )
    yield made
    made.close()


@pytest.fixture
def wall(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert faults == []


def fill(site: Site, loops: int, out: tuple[int, ...] = (), *, has_calls: bool = False) -> None:
    plant = board_plant(loops, CARDS)
    site.load(plant)
    for number in out:
        loop = plant.loops[f"loop-{number}"]
        for _ in range(CARDS):
            site.signal(loop.consumer, "pull", loop=loop.id)
    if has_calls:
        site.signal("station-1", "help", topic="machine")
        site.signal("station-1", "fail", loop="loop-1", defect="scratch")


@pytest.mark.parametrize("loops", [12, 24, 48, 60])
def test_every_size_of_wall_is_filled_and_read_at_five_metres(site: Site, wall: Page, loops: int) -> None:
    fill(site, loops, out=(5,), has_calls=True)
    wall.goto("/?wall=1")
    for width, height in ((1920, 1080), (3840, 2160), (1080, 1920)):
        wall.set_viewport_size({"width": width, "height": height})
        expect(wall.locator(".tile:visible").first).to_be_visible()
        least_px = LEAST_MM / LONGER_SIDE_MM * max(width, height)

        wall.wait_for_function(FITS, arg=least_px)
        assert wall.evaluate("getComputedStyle(document.body).overflow") == "hidden"


def test_few_loops_stand_on_one_page_in_their_places(site: Site, wall: Page) -> None:
    fill(site, 24, out=(5,))
    wall.goto("/?wall=1")

    expect(wall.locator(".tile:visible")).to_have_count(24)
    expect(wall.locator("#turn")).to_be_empty()
    orders = wall.evaluate("[...document.querySelectorAll('.tile')].map((e) => Number(e.style.order))")
    assert orders == sorted(orders)


def test_pages_turn_by_themselves_while_what_is_late_and_calls_stay(site: Site, wall: Page) -> None:
    fill(site, 60, out=(7, 31), has_calls=True)
    wall.clock.install()
    wall.goto("/?wall=1")
    expect(wall.locator("#turn")).to_contain_text("page")
    seen: set[str] = set()

    for _ in range(TURNS_MOST):
        shown = wall.eval_on_selector_all(".tile:not([hidden])", "tiles => tiles.map((e) => e.id)")
        assert {"loop-loop-7", "loop-loop-31"} <= set(shown)
        expect(wall.locator("#loop-loop-31")).to_be_visible()
        expect(wall.locator(".call")).to_have_count(2)
        assert len(shown) < 60
        seen |= set(shown)
        wall.clock.run_for(15_000)

    assert len(seen) == 60


def test_a_wall_hurts_no_screen(site: Site, wall: Page) -> None:
    wall.clock.install(time=0)
    wall.goto("/?wall=1")
    drifts = set()
    for _ in range(4):
        drifts.add(wall.evaluate("getComputedStyle(document.getElementById('wall')).translate"))
        wall.clock.run_for(60_000)

    assert len(drifts) == 4
    assert wall.evaluate("getComputedStyle(document.body).cursor") == "none"


def test_a_wall_survives_ten_minutes_without_network(site: Site, context: BrowserContext, wall: Page) -> None:
    wall.clock.install()
    wall.goto("/?wall=1")
    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("full")
    context.set_offline(True)
    site.signal("assembly", "pull", loop="bracket")
    for _ in range(10):
        wall.clock.run_for(60_000)

    expect(wall.locator("#veil")).to_contain_text("No data since")
    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("full")
    context.set_offline(False)
    wall.clock.run_for(10_000)

    # A question that hangs is given up after 8 s by the browser's own clock.
    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("requested", timeout=30_000)
    expect(wall.locator("#veil")).to_be_hidden()


def test_a_wall_survives_that_the_hub_is_restarted(site: Site, served: Served, wall: Page) -> None:
    wall.clock.install()
    wall.goto("/?wall=1")
    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("full")
    served.end()
    wall.clock.run_for(20_000)
    expect(wall.locator("#veil")).to_contain_text("No data since")
    site.signal("assembly", "pull", loop="bracket")
    served.start()
    wall.clock.run_for(10_000)

    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("requested")
    expect(wall.locator("#veil")).to_be_hidden()


def test_a_wall_of_another_version_loads_itself_anew_once(
    site: Site, wall: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[str] = []
    wall.on("request", lambda asked: loads.append(asked.url) if asked.is_navigation_request() else None)
    wall.clock.install()
    wall.goto("/?wall=1")
    before = wall.locator("#inside").get_attribute("data-assets")

    for place in ("kanban_hub.web.live.version", "kanban_hub.web.frame.version"):
        monkeypatch.setattr(place, lambda: "0000000000")
    site.signal("assembly", "pull", loop="bracket")
    wall.clock.run_for(10_000)

    expect(wall.locator("#inside")).to_have_attribute("data-assets", "0000000000")
    assert before != "0000000000"
    wall.clock.run_for(60_000)
    expect(wall.locator("#card-bracket-0001 .word")).to_have_text("requested")
    assert len(loads) == 2


def test_a_wall_whose_link_is_taken_back_says_what_to_do_and_goes_on_when_it_is_given_again(
    tmp_path: Path, browser: Browser
) -> None:
    site = Site(tmp_path, is_private=True)
    site.load()
    served = Served(site)
    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms()).id
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    wall = context.new_page()
    try:
        wall.clock.install()
        wall.goto(f"/screen/{site.parts.signer.screen_token(link)}")
        expect(wall.locator("#screen-name")).to_have_text(link[:4].upper())
        links.revoke_screen(site.store, link, site.clock.now_ms())
        site.parts.screens.forget()
        wall.clock.run_for(10_000)

        expect(wall.get_by_role("heading", name="This screen is not let in")).to_be_visible()
        letters = "Number.parseFloat(getComputedStyle(document.querySelector('.ended h1')).fontSize)"
        assert settled(wall).evaluate(letters) > 40
        links.renew_screen(site.store, link, site.clock.now_ms())
        site.parts.screens.forget()
        wall.clock.run_for(10_000)
        expect(wall.locator("#card-bracket-0001")).to_be_visible()
    finally:
        context.close()
        served.end()
        site.store.close()


def test_an_admin_finds_a_screen_by_its_name(site: Site, wall: Page) -> None:
    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    wall.goto(f"/screen/{site.parts.signer.screen_token(link.id)}")
    expect(wall.locator("#grid")).to_be_visible()

    telling.identify(site.parts, link)

    expect(wall.locator(".big-name")).to_have_text(link.name)


def test_keys_lead_from_the_board_to_the_wall_and_back_and_into_the_search(wall: Page) -> None:
    wall.goto("/")
    wall.keyboard.press("/")
    expect(wall.locator("#search")).to_be_focused()
    wall.keyboard.type("f/")
    expect(wall.locator("#search")).to_have_value("f/")
    wall.locator("#search").fill("casting")
    wall.keyboard.press("Enter")
    # The keys are heard when the page's modules have come, which may be later than its loops.
    wall.wait_for_url("**/?q=casting", wait_until="load")
    expect(wall.locator(".loop")).to_have_count(1)
    wall.locator("h1").click()
    wall.keyboard.press("f")
    expect(wall.locator("#clock")).not_to_be_empty()
    wall.keyboard.press("f")
    expect(wall.locator("#search")).to_have_value("casting")
