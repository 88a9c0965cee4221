"""A supplier at a phone of 390 px: opens its link, answers, ships; the plant's board shows it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.chromium import sticks_out_px
from tests.mosquitto import Mosquitto, free_port
from tests.system.contract import ContractStation
from tests.system.hub import HubProcess, program

pytestmark = [pytest.mark.mosquitto, pytest.mark.chromium]

PHONE = ViewportSize(width=390, height=844)
SOON_MS = 30_000
PLANT = """
site = "plant"
timezone = "Europe/Berlin"

[[stations]]
id = "paint"
name = "Paint shop"

[[stations]]
id = "castings-inc"
name = "Castings Inc."
external = true

[[items]]
id = "casting"
name = "Casting, raw"

[[items]]
id = "lid"
name = "Lid"

[[loops]]
id = "casting"
item = "casting"
supplier = "castings-inc"
consumer = "paint"
container_quantity = 50
cards = 4
lead_time_s = 7200
rate_per_hour = 25
supplier_item = "C-77/L"
duplicate_window_s = 0

[[loops]]
id = "lid"
item = "lid"
supplier = "castings-inc"
consumer = "paint"
container_quantity = 100
cards = 1
lead_time_s = 7200
rate_per_hour = 25
duplicate_window_s = 0
"""


@pytest.fixture
def gate() -> str:
    """Where the suppliers' pages stand alone."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def hub(tmp_path: Path, broker: Mosquitto, gate: str) -> Iterator[HubProcess]:
    process = HubProcess(tmp_path / "hub", broker)
    process.load(PLANT)
    process.start("--suppliers", gate)
    yield process
    process.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    made = browser.new_context(
        viewport=PHONE, java_script_enabled=False, has_touch=True, is_mobile=True, color_scheme="light"
    )
    yield made.new_page()
    made.close()


def link(hub: HubProcess, address: str) -> str:
    """A link as the command makes it."""
    command = [*program(), "link", "add", "castings-inc", "--public-url", address, "--data", str(hub.data)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def photograph(page: Page, name: str) -> None:
    """A picture to be looked at, where somebody asks for them."""
    folder = os.environ.get("KANBAN_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_supplier_opens_its_link_answers_and_ships_and_the_board_shows_it(
    hub: HubProcess,
    gate: str,
    phone: Page,
    context: BrowserContext,
    join: Callable[..., ContractStation],
) -> None:
    paint = join("paint")
    for loop in ("casting", "casting", "lid"):
        assert paint.send("pull", {"loop": loop})["status"] == "accepted"
    board = context.new_page()
    board.goto(f"http://127.0.0.1:{hub.port}/")

    phone.goto(link(hub, f"http://{gate}"))
    casting = phone.get_by_role("region", name="C-77/L")
    expect(casting).to_contain_text("50 pieces, not seen yet")
    expect(phone.get_by_role("region", name="lid")).to_contain_text("the plant has none left")
    assert sticks_out_px(phone) <= 0
    photograph(phone, "asked")

    casting.get_by_role("button", name="Seen").click()
    expect(phone.get_by_role("status")).to_contain_text("C-77/L: the plant knows now that you have seen it")
    expect(board.locator("#card-casting-0001")).to_contain_text("accepted", timeout=SOON_MS)

    casting.get_by_text("Ready at …").click()
    casting.get_by_label("Ready at (Europe/Berlin)").fill(tomorrow(hub))
    photograph(phone, "ready")
    casting.get_by_role("button", name="Say when it is ready").click()
    expect(casting).to_contain_text("You said: ready at")

    first = phone.locator("#card-casting-0001")
    first.get_by_text("Ship …").click()
    first.get_by_label("Pieces").fill("48")
    first.get_by_label("Lot (may be empty)").fill("M 4711")
    photograph(phone, "ship")
    first.get_by_role("button", name="It is on the way").click()
    expect(phone.get_by_role("status")).to_contain_text("casting-0001 is on the way: 48 pieces, lot M 4711")
    expect(board.locator("#card-casting-0001")).to_contain_text("in transit", timeout=SOON_MS)
    phone.reload()
    assert hub.states("casting")["casting-0001"] == "in_transit"
    photograph(phone, "shipped")

    phone.locator("#sent-casting-0001").get_by_role("link", name="Label to print").click()
    expect(phone.locator(".label svg").first).to_be_visible()
    photograph(phone, "label")
    assert phone.request.get(f"http://{gate}/api/v1/cards").status == 404
    token = urlsplit(phone.url).path.split("/")[2]
    assert token not in (hub.data / "hub.log").read_text()
    assert sticks_out_px(phone) <= 0


def tomorrow(hub: HubProcess) -> str:
    """A time on the day after the hub's start, by its own clock, as a browser takes it."""
    day = datetime.fromisoformat(hub.get("/healthz")["started_at"]) + timedelta(days=1)
    return f"{day:%Y-%m-%d}T14:20"
