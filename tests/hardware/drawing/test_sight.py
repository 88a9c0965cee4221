"""The drawing as a browser shows it: no text over another, none over the edge of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kanban_hardware.drawing.page import draw
from tests.hardware.drawing.wirings import CIRCUITS

# Millimetres: boxes of text are higher than its letters, so a touch of two boxes is none of the letters.
FAULTS = """() => {
  const page = document.querySelector("svg").viewBox.baseVal, margin = 5, faults = [];
  const texts = [...document.querySelectorAll("text")].map((one) => [one.textContent, one.getBBox()]);
  texts.forEach(([text, box], index) => {
    if (box.x < page.x + margin || box.x + box.width > page.x + page.width - margin
        || box.y + box.height > page.y + page.height - margin) faults.push(`${text} leaves the page`);
    for (const [other, next] of texts.slice(index + 1)) {
      const wide = Math.min(box.x + box.width, next.x + next.width) - Math.max(box.x, next.x);
      const high = Math.min(box.y + box.height, next.y + next.height) - Math.max(box.y, next.y);
      if (wide > 0.3 && high > 0.9) faults.push(`${text} lies on ${other}`);
    }
  });
  for (const one of document.querySelectorAll("polygon + text, rect + text")) {
    const box = one.getBBox(), around = one.previousElementSibling.getBBox();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const within = box.x >= around.x && box.x + box.width <= around.x + around.width;
    const beside = x < around.x || x > around.x + around.width;
    const belongs = !beside && y > around.y && y < around.y + around.height;
    if (belongs && !within) faults.push(`${one.textContent} leaves its frame`);
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.chromium
def test_no_text_lies_on_another_or_leaves_its_frame_or_the_page(page: Page) -> None:
    for name, drawn in CIRCUITS.items():
        page.set_content(draw(drawn, "Wiring of the station final-assembly-line-2"))
        assert page.evaluate(FAULTS) == [], name


@pytest.mark.chromium
def test_the_test_would_find_text_that_does(page: Page) -> None:
    page.set_content(
        '<svg width="210mm" height="297mm" viewBox="0 0 210 297"><text x="20" y="20" font-size="3">one</text>'
        '<text x="21" y="20" font-size="3">two</text><text x="208" y="60" font-size="3">three</text>'
        '<rect x="20" y="80" width="9" height="4"/><text x="20" y="83" font-size="3">a long text</text></svg>'
    )
    faults = ["one lies on two", "three leaves the page", "a long text leaves its frame"]
    assert page.evaluate(FAULTS) == faults
