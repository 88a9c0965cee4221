"""The browser of the browser tests. Mark a test that uses it with `@pytest.mark.chromium`."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

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
