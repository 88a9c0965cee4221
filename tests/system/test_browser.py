"""A person at a browser: presses a virtual button and sees the lamp upstream and the board change."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.system.hub import HubProcess
from tests.system.station import StationProcess

pytestmark = [pytest.mark.mosquitto, pytest.mark.chromium]

SOON_MS = 30_000


@pytest.fixture
def open_page(context: BrowserContext) -> Iterator[Callable[[str], Page]]:
    """Gives a page on an address; at the end no page may have met an error."""
    wrong: list[str] = []

    def _console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def _failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that is left ends its own requests
            wrong.append(f"{request.url}: {request.failure}")

    def _open(url: str) -> Page:
        page = context.new_page()
        page.on("console", _console)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", _failed)
        page.goto(url)
        return page

    yield _open
    assert wrong == []


def test_a_virtual_press_lights_the_lamp_upstream_and_moves_the_card_on_the_board(
    hub: HubProcess, station: Callable[[str], StationProcess], open_page: Callable[[str], Page]
) -> None:
    assembly, paint = station("assembly").ready(), station("paint").ready()
    board = open_page(f"http://127.0.0.1:{hub.port}/")
    upstream = open_page(f"{paint.url}/")
    panel = open_page(f"{assembly.url}/")
    expect(board.locator("#card-bracket-0001")).to_contain_text("full")
    expect(upstream.locator('[data-lamp="slot-1"]')).to_have_attribute("data-pattern", "off")

    panel.get_by_role("button", name="Slot 1").click(delay=100)

    for page in (upstream, panel):
        lamp = page.locator('[data-lamp="slot-1"]')
        expect(lamp).to_have_attribute("data-pattern", "slow", timeout=SOON_MS)
    expect(board.locator("#card-bracket-0001")).not_to_contain_text("full", timeout=SOON_MS)
    expect(board.locator("#queue-bracket-0001")).to_be_visible(timeout=SOON_MS)

    panel.get_by_label("Scanner").fill("bracket-0001")
    panel.get_by_label("Scanner").press("Enter")
    expect(panel.locator("#display")).to_contain_text("Already", timeout=SOON_MS)


def test_the_board_greys_out_when_the_hub_is_gone_and_comes_back_by_itself(
    hub: HubProcess, context: BrowserContext
) -> None:
    board = context.new_page()
    board.goto(f"http://127.0.0.1:{hub.port}/")
    expect(board.locator("#veil")).to_be_hidden()

    hub.kill9()
    expect(board.locator("#veil")).to_be_visible(timeout=30_000)
    expect(board.locator("#veil")).to_contain_text("No data since")

    hub.start()
    expect(board.locator("#veil")).to_be_hidden(timeout=60_000)


def test_cutting_the_power_darkens_the_panel_and_gives_it_back(
    hub: HubProcess, station: Callable[[str], StationProcess], open_page: Callable[[str], Page]
) -> None:
    assembly = station("assembly").ready()
    panel = open_page(f"{assembly.url}/")
    green = panel.locator('[data-lamp="green"]')
    expect(green).to_have_attribute("data-pattern", "on", timeout=SOON_MS)

    panel.get_by_label("Power").uncheck()
    expect(green).to_have_attribute("data-pattern", "off", timeout=SOON_MS)
    panel.get_by_label("Power").check()

    expect(green).to_have_attribute("data-pattern", "on", timeout=SOON_MS)
