"""The browser of the browser tests, and what is measured in it.

Mark a test that uses it with `@pytest.mark.chromium`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    # A name that is not the machine's own, so that nothing under it is taken for secure.
    "--host-resolver-rules=MAP hub.lan 127.0.0.1",
)


def executable() -> str | None:
    """Chromium without its window, where there is one: its window costs a page three times its own work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser for many tests; what they must not share lies in contexts."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield started
        started.close()


def settled(page: Page) -> Page:
    """The page once its style sheets and pictures have come: its words are there before, in no style."""
    page.wait_for_load_state()
    return page


def sticks_out_px(page: Page) -> int:
    """How much wider a page is than its window."""
    root = "document.documentElement"
    return int(settled(page).evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
