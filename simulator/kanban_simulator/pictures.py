"""Takes the pictures of README and docs from a running demo: `./run pictures`. Needs Chromium and `[dev]`."""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kanban_simulator.demo import VISITOR, Demo, DemoSettings

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SPEED, SEED = 4.0, 3
# Long enough for the customer's pulls to have reached the third tier at this speed.
WORK_MS = 90_000
SETTLE_MS = 1_500
PASSWORD = "as long as a picture takes"  # noqa: S105  # of an account that ends with the demo
# A palette makes small files. By coverage, so that the few pixels of a lit lamp keep their colour.
COLOURS = 256
SIZES = MappingProxyType({"desk": (1440, 1000), "phone": (390, 844), "wall": (1920, 1080)})


@dataclass(frozen=True)
class Picture:
    """`path` may name `{call}`, `{card}` and `{supplier}`: what there is just then."""

    name: str
    path: str
    sizes: tuple[str, ...] = ("desk", "phone")
    theme: str = "light"


PICTURES = (
    Picture("board", "/", ("desk", "phone")),
    Picture("wall", "/?wall=1", ("wall",), "wall"),
    Picture("stations", "/stations"),
    Picture("station", "/stations/paint"),
    Picture("station-queue", "/stations/press-shop/queue"),
    Picture("software-station", "/panel/final-assembly"),
    Picture("loops", "/loops"),
    Picture("loop", "/loops/housing-painted"),
    Picture("card", "/cards/{card}"),
    Picture("quality", "/quality"),
    Picture("call", "/quality/{call}"),
    Picture("map", "/map", ("desk", "phone", "wall")),
    Picture("values", "/map/values", ("desk", "wall")),
    Picture("reports", "/reports"),
    Picture("day", "/reports/day"),
    Picture("events", "/events"),
    Picture("print", "/print"),
    Picture("plant", "/plant"),
    Picture("start", "/start"),
    Picture("operator", "/help"),
    Picture("supplier", "{supplier}"),
)


def main() -> int:
    """Run the demo for a while and write the pictures. 1 when there is no Chromium."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("pictures: chromium is missing\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kanban-pictures-") as folder, sync_playwright() as playwright:
        demo = Demo(DemoSettings(Path(folder), SPEED, SEED))
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            _take(browser, demo)
            browser.close()
        finally:
            demo.close()
    return 0


def _take(browser: Browser, demo: Demo) -> None:
    front = browser.new_page(viewport={"width": 1440, "height": 640})
    front.goto(f"{demo.url}/")
    front.wait_for_timeout(WORK_MS)
    _keep(front, "front", is_whole=True)
    panel = browser.new_page(viewport={"width": 480, "height": 860})
    panel.goto(f"{demo.url}/stations/final-assembly/")
    expect(panel.locator("#display li").first).to_be_visible()
    _keep(panel, "panel", is_whole=False)
    with _visitor(browser, demo) as context:
        named = {"call": _call(demo), "card": _card(demo), "supplier": _supplier(demo)}
        for picture in PICTURES:
            for size in picture.sizes:
                _take_one(context, picture, size, named)


@contextmanager
def _visitor(browser: Browser, demo: Demo) -> Iterator[BrowserContext]:
    """A browser in which the demo's visitor is logged in."""
    hub = demo.pages.at("127.0.0.1:0")
    context = browser.new_context(base_url=hub, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto(demo.pages.welcome or "/login")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_label("Name").fill(VISITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.close()
    yield context
    context.close()


def _take_one(context: BrowserContext, picture: Picture, size: str, named: dict[str, str]) -> None:
    width, height = SIZES[size]
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    path = picture.path.format_map(named)
    page.goto(f"{path}{'&' if '?' in path else '?'}theme={picture.theme}")
    page.wait_for_timeout(SETTLE_MS)
    name = picture.name if size == picture.sizes[0] else f"{picture.name}-{size}"
    _keep(page, name, is_whole=size != "wall")
    page.close()


def _keep(page: Page, name: str, *, is_whole: bool) -> None:
    with Image.open(io.BytesIO(page.screenshot(full_page=is_whole))) as taken:
        taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
            FOLDER / f"{name}.png", optimize=True
        )


def _call(demo: Demo) -> str:
    """The newest call of the day."""
    return str(demo.client.items("/api/v1/calls?limit=100")[-1]["id"])


def _card(demo: Demo) -> str:
    """A card that takes part."""
    cards = demo.client.items("/api/v1/cards?loop=housing-painted&limit=100")
    return next(str(card["id"]) for card in cards if card["standing"] == "active")


def _supplier(demo: Demo) -> str:
    """Where the external supplier answers."""
    return str(demo.client.post("/api/v1/links", {"station": "coil-supplier"})["url"])


if __name__ == "__main__":
    sys.exit(main())
