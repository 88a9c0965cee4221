"""Takes the pictures of the README from a running demo: `./run pictures`. Needs Chromium and `[dev]`."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from kanban_simulator.demo import Demo, DemoSettings

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SPEED, SEED = 4.0, 3
BOARD, PANEL = (1440, 1000), (480, 860)
# Long enough for the customer's pulls to have reached the third tier at this speed.
WORK_MS = 60_000


def main() -> int:
    """Run the demo for a minute and write the pictures. 1 when there is no Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("pictures: chromium is missing\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kanban-pictures-") as folder, sync_playwright() as playwright:
        demo = Demo(DemoSettings(Path(folder), SPEED, SEED))
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            _take(browser, demo.url)
            browser.close()
        finally:
            demo.close()
    return 0


def _take(browser: Browser, url: str) -> None:
    front = browser.new_page(viewport={"width": BOARD[0], "height": 640})
    front.goto(f"{url}/")
    address = front.locator("a.board").get_attribute("href") or ""
    board = browser.new_page(viewport={"width": BOARD[0], "height": BOARD[1]})
    board.goto(address)
    expect(board.locator("#board")).to_be_visible()
    board.wait_for_timeout(WORK_MS)
    board.screenshot(path=FOLDER / "board.png", full_page=True)
    front.screenshot(path=FOLDER / "front.png")
    panel = browser.new_page(viewport={"width": PANEL[0], "height": PANEL[1]})
    panel.goto(f"{url}/stations/final-assembly/")
    expect(panel.locator("#display li").first).to_be_visible()
    panel.screenshot(path=FOLDER / "panel.png")


if __name__ == "__main__":
    sys.exit(main())
