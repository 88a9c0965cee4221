"""The panel's page in a real browser: with keys, with a mouse, on a phone."""

from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kanban_simulator.button import Button
from kanban_simulator.loopback import HOST
from kanban_simulator.server import Server
from kanban_simulator.station import VirtualStation
from kanban_simulator.web import station_app
from tests.chromium import sticks_out_px
from tests.waiting import until

pytestmark = pytest.mark.chromium

PHONE_PX = 390


@pytest.fixture
def page(browser: Browser, station: VirtualStation) -> Iterator[Page]:
    is_closing = Event()
    server = Server(station_app(station, is_closing), HOST, 0)
    context = browser.new_context(viewport={"width": PHONE_PX, "height": 844})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    opened.goto(server.url)
    yield opened
    context.close()
    is_closing.set()
    server.close()
    assert faults == []


def test_a_button_stays_down_as_long_as_the_key_or_the_mouse_does(
    page: Page, station: VirtualStation
) -> None:
    slot, finger = page.get_by_role("button", name="Slot 1"), station.button("slot-1")

    slot.focus()
    page.keyboard.down("Space")
    until(lambda: finger.is_down, "the button going down")
    page.keyboard.up("Space")
    until(lambda: not finger.is_down, "the button going up")
    slot.hover()
    page.mouse.down()
    until(lambda: finger.is_down, "the button going down")
    page.mouse.up()
    until(lambda: not finger.is_down, "the button going up")


def stand_still(page: Page) -> None:
    """The page's time goes on by `page.clock` alone."""
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(60_000)


def pass_down(page: Page, finger: Button, ms: int) -> None:
    """The button stays down for so long."""
    page.clock.run_for(ms)
    page.evaluate("fetch('panel').then((answer) => answer.text())")  # is answered after what was sent before
    assert finger.is_down


def pass_until_up(page: Page, finger: Button) -> None:
    def is_up() -> bool:
        page.clock.run_for(20)
        return not finger.is_down

    until(is_up, "the button going up")


def test_a_contact_stays_closed_as_long_as_the_finger_did_however_late_the_simulator_hears_of_it(
    page: Page, station: VirtualStation
) -> None:
    held: list[Route] = []
    stand_still(page)

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/panel/down", hold)
    slot, finger = page.get_by_role("button", name="Slot 1"), station.button("slot-1")
    slot.hover()
    with page.expect_request("**/panel/down"):
        page.mouse.down()
    page.clock.run_for(200)
    page.mouse.up()

    with page.expect_response("**/panel/down"):
        held[0].continue_()

    pass_down(page, finger, 190)
    pass_until_up(page, finger)


def test_a_tap_that_is_over_in_no_time_is_a_press(page: Page, station: VirtualStation) -> None:
    stand_still(page)
    slot, finger = page.get_by_role("button", name="Slot 1"), station.button("slot-1")

    with page.expect_response("**/panel/down"):
        slot.click()

    pass_down(page, finger, 90)
    pass_until_up(page, finger)


def test_the_page_shows_what_the_firmware_shows_as_words(page: Page) -> None:
    lamp = page.locator('[data-lamp="slot-1"]')

    expect(lamp).to_contain_text("double")
    expect(page.locator('[data-lamp="green"]')).to_contain_text("off")
    expect(page.locator("#outbox")).to_have_text("0")


def test_nothing_is_wider_than_a_phone_and_every_button_is_big_enough_for_gloves(page: Page) -> None:
    assert sticks_out_px(page) <= 0
    for button in page.locator("[data-part]").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64
