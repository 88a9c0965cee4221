"""What axe finds on a page, by the rules of WCAG 2.2 AA."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Those of them whose answer may change with the colours alone.
COLOURS = ("color-contrast", "link-in-text-block")
# What is well is not described, which would take as long as the search.
RUN = """(which) => axe.run({ runOnly: which, resultTypes: ["violations"] })
  .then(({ violations }) => ({ violations }))"""


def told(page: Page, which: tuple[str, ...] = WCAG) -> str:
    """Every violation of these tags or rules, for a person to read; empty where there is none."""
    if not page.evaluate("'axe' in window"):  # it is large, and stays in the page until the next one
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(RUN, list(which)))
    return found.generate_report() if found.violations_count else ""
