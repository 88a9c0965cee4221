"""The page in a real browser, served by the gate alone: no stream, no session, a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.orders import MoveCard
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_hub.suppliers import links
from kanban_hub.web.app import create_gate
from kanban_hub.web.supplier.lamp import lamp
from tests.chromium import sticks_out_px
from tests.hub.web import axe
from tests.hub.web.served import Served
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import Visitor
from tests.hub.web.walk.test_walk import THEMES, UNTRANSLATED

SOON_MS = 30_000


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A supplier's phone, far from the plant, with the gate behind its addresses."""
    site.app = create_gate(site.parts)
    gate = Served(site)
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{gate.port}",
        viewport={"width": 390, "height": 800},
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    gate.end()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def pattern(site: Site) -> tuple[str, str]:
    with site.parts.floor() as (floor, _):
        shown = lamp(floor, "castings", site.clock.now_ms())
    return shown.pattern, shown.colour


def test_the_lamp_says_what_stands_in_the_queue(site: Site, castings: Visitor) -> None:
    assert pattern(site) == ("on", "green")
    site.signal("paint", "pull", loop="casting")
    assert pattern(site) == ("slow", "amber")
    castings.answer("seen")
    assert pattern(site) == ("on", "amber")
    for _ in range(2):
        site.signal("paint", "pull", loop="casting")
        site.hand.seconds += 60
    assert pattern(site) == ("fast", "amber")


def test_a_bad_container_makes_the_lamp_red_and_an_own_call_does_not(site: Site) -> None:
    site.signal("paint", "pull", loop="casting")
    site.signal("castings", "cannot", loop="casting")
    assert pattern(site)[1] == "amber"
    site.signal("paint", "fail", loop="casting")
    assert pattern(site)[1] == "red"


def test_what_is_due_is_listed_by_the_day(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    assert "Due, by the day today C-77/L 50 pieces" in castings.read()

    for _ in range(3):
        site.signal("assembly", "pull", loop="lid")
    assert castings.read().count("lid") > 1


def test_how_it_did_is_told_once_there_is_something_to_tell(site: Site, castings: Visitor) -> None:
    assert "How you did" not in castings.read()
    site.signal("paint", "pull", loop="casting")
    site.hand.seconds += 600
    castings.answer("ready", ready="2026-11-23T20:00")
    castings.answer("ship")
    site.hand.seconds += 600
    site.signal("paint", "scan", code="casting-0001", intent="receive")

    page = castings.read()

    assert "100" in page
    assert "of promises on time: 1 of 1" in page
    assert "of that time it was with you" in page


def test_a_link_carries_its_language_and_the_next_page_has_it_too(castings: Visitor) -> None:
    response = castings.client.get(f"{castings.url}?language=de")

    assert '<html lang="de"' in response.get_data(as_text=True)
    assert '<html lang="de"' in castings.client.get(castings.url).get_data(as_text=True)
    assert castings.client.get(f"{castings.url}?language=xx&theme=x").status_code == 200


def test_what_has_not_changed_costs_nothing(site: Site, castings: Visitor) -> None:
    headers = {"X-Kanban-Part": "inside"}
    first = castings.client.get(castings.url, headers=headers)
    headers["If-None-Match"] = first.headers["ETag"]

    assert castings.client.get(castings.url, headers=headers).status_code == 304
    site.signal("paint", "pull", loop="casting")
    changed = castings.client.get(castings.url, headers=headers)
    assert changed.status_code == 200
    assert "<html" not in changed.get_data(as_text=True)
    assert changed.headers["Cache-Control"] == "no-store"


@pytest.mark.chromium
def test_a_page_follows_by_itself_and_greys_when_the_plant_is_not_heard(
    site: Site, castings: Visitor, phone: Page
) -> None:
    phone.clock.install()
    phone.goto(castings.url)
    expect(phone.locator(".lit .word")).to_have_text("Nothing is asked for")

    site.signal("paint", "pull", loop="casting")
    phone.clock.run_for(SOON_MS)
    expect(phone.locator(".lit .word")).to_have_text("New: not seen by you yet")

    phone.context.set_offline(True)
    phone.clock.run_for(4 * SOON_MS)
    expect(phone.locator("#veil")).to_be_visible()
    phone.context.set_offline(False)
    for _ in range(2):  # the question that was cut off, then the next one
        phone.clock.run_for(2 * SOON_MS)
        if phone.locator("#veil").is_hidden():
            break
    expect(phone.locator("#veil")).to_be_hidden()


@pytest.mark.chromium
def test_a_time_is_typed_in_by_the_suppliers_own_clock(site: Site, castings: Visitor, phone: Page) -> None:
    site.signal("paint", "pull", loop="casting")
    phone.goto(castings.url)

    phone.get_by_text("Ready at …").click()
    expect(phone.locator(".zone").first).to_have_text("America/New_York")
    phone.get_by_label("Ready at").fill("2026-11-24T08:20")
    phone.get_by_role("button", name="Say when it is ready").click()

    expect(phone.get_by_role("status")).to_contain_text("2026-11-24 14:20 (Europe/Berlin)")
    expect(phone.locator(".promise time")).to_contain_text("8:20")


@pytest.mark.chromium
def test_a_link_that_is_taken_back_says_so_on_the_open_page(
    site: Site, castings: Visitor, phone: Page
) -> None:
    phone.clock.install()
    phone.goto(castings.url)
    links.revoke(site.store, castings.link.id, site.clock.now_ms())

    phone.clock.run_for(SOON_MS)

    expect(phone.get_by_role("alert")).to_contain_text("This link does not work")


@pytest.mark.chromium
def test_the_sound_is_off_until_it_is_tapped(castings: Visitor, phone: Page) -> None:
    phone.goto(castings.url)

    phone.get_by_role("button", name="Sound is off").click()

    expect(phone.get_by_role("button", name="Sound is on")).to_have_attribute("aria-pressed", "true")


@pytest.mark.chromium
def test_every_page_of_a_supplier_fits_a_phone_in_every_theme_and_language(
    site: Site, castings: Visitor, phone: Page
) -> None:
    site.signal("paint", "pull", loop="casting")
    site.signal("paint", "fail", loop="casting", defect="crack")
    site.ask(MoveCard("casting-0003", "hold", "wet"))
    castings.answer("seen")
    for path in (castings.url, f"{castings.url}/label/casting-0001", "/s/no-such-link"):
        for theme in THEMES:
            phone.goto(f"{path}?theme={theme}")
            assert axe.told(phone) == "", f"{path} {theme}"
        phone.goto(f"{path}?language={LANGUAGE}")
        assert FIRST in phone.inner_text("body")
        assert phone.evaluate(UNTRANSLATED) == [], path
        assert sticks_out_px(phone) <= 0, path
