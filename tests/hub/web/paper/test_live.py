"""Sheets as a browser prints them."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.web import cookies
from tests.hub.paper.eyes import codes
from tests.hub.printers.listener import Listener
from tests.hub.web.account.person import account
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium

ADDRESS = "http://kanban.plant:8080"
CARDS = f"loop=bracket&loop=casting&address={ADDRESS}"


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def printed(page: Page, url: str) -> list[pypdfium2.PdfPage]:
    """What comes out of the printer when the page at `url` is printed."""
    page.goto(url)
    return list(pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True))))


def downloaded(page: Page, url: str) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(BytesIO(page.request.get(url).body())))


@pytest.mark.parametrize(
    "how",
    [
        "size=a7&paper=a4&marks=1",
        "size=a6&paper=letter",
        "size=card&paper=a4&folded=1&copies=2",
        "size=100x150&paper=single",
        "size=62x100&paper=single",
        "size=l7165",
        "size=own&width=62.5&height=41&paper=single&qr=both",
    ],
)
def test_the_browser_prints_the_sheets_of_the_pdf(page: Page, how: str) -> None:
    ours = downloaded(page, f"/print/cards.pdf?{CARDS}&{how}")

    theirs = printed(page, f"/print/cards?{CARDS}&{how}")

    assert len(theirs) == len(ours)
    for one, other in zip(theirs, ours, strict=True):
        assert one.get_size() == pytest.approx(other.get_size(), abs=1.0)  # Chromium rounds to whole pixels
        assert codes(one.render(scale=4).to_pil()) == codes(other.render(scale=4).to_pil()) != set()


@pytest.mark.parametrize("name", ["commands", "stations"])
def test_what_hangs_on_the_floor_is_printed_on_one_sheet(page: Page, name: str) -> None:
    assert len(printed(page, f"/print/{name}?address={ADDRESS}")) == 1


def test_text_stands_in_the_browser_where_it_stands_in_the_pdf(page: Page) -> None:
    page.goto(f"/print/cards?{CARDS}&size=a7&paper=single")
    page.wait_for_function("document.fonts.status === 'loaded'")
    measured = page.evaluate(
        """() => [...document.querySelectorAll(".paper text")].map((text) =>
        [text.getComputedTextLength(), Number(text.getAttribute("textLength"))])"""
    )

    assert measured
    for real, meant in measured:
        assert real == pytest.approx(meant, rel=0.02)


def test_cards_are_chosen_laid_out_and_shown_by_keyboard(page: Page) -> None:
    page.goto("/print")
    page.get_by_role("checkbox", name="Bracket, left").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Print cards")).to_be_visible()
    expect(page.locator(".paper")).to_have_count(1)
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()

    page.get_by_label("Size of a card").select_option("card")
    page.get_by_label("Copies of each card").fill("3")
    page.get_by_label("Copies of each card").press("Enter")

    expect(page.locator(".paper")).to_have_count(2)
    expect(page.get_by_label("Copies of each card")).to_have_value("3")
    assert page.locator(".paper text", has_text="BRACKET.0001.2H").count() == 3


def test_a_card_is_reissued_and_comes_out_of_the_label_printer(site: Site, page: Page) -> None:
    listener = Listener()
    site.printers["line-1"] = listener.printer()
    log_in(site, page)
    page.goto("/print/cards?card=bracket-0001")
    page.get_by_role("link", name="Reissue it").click()
    page.get_by_label("Why").fill("torn")
    page.get_by_role("button", name="Void this number and reissue").click()

    expect(page.get_by_role("status")).to_contain_text("bracket-0001")
    expect(page.locator(".paper text", has_text="BRACKET.0005.8E")).to_be_visible()
    page.get_by_role("button", name="Print on it").click()

    expect(page.get_by_role("status")).to_have_text("Sent to the printer: Printer at line 1")
    listener.close()
    assert b"^FDBRACKET.0005.8E" in listener.jobs[0]


def log_in(site: Site, page: Page) -> None:
    lead = account(site, "lead", AccountRole.SUPERVISOR)
    page.context.add_cookies(
        [{"name": cookies.SESSION, "value": lead.session or "", "domain": "127.0.0.1", "path": "/"}]
    )


def test_the_paper_for_an_outage_is_printed_at_one_button(page: Page) -> None:
    theirs = printed(page, "/print/paper-mode")

    assert len(theirs) == len(downloaded(page, "/print/paper-mode.pdf")) == page.locator(".paper").count()
    expect(page.get_by_role("button", name="Print all of it")).to_be_visible()


def test_a_sheet_is_scanned_in_looked_at_and_entered(site: Site, page: Page) -> None:
    log_in(site, page)
    page.goto("/print/paper-mode")
    page.get_by_role("link", name="Enter what was written").click()
    page.get_by_label("Number of the sheet").fill("7k3q9m")
    page.get_by_role("textbox", name="Lines").focus()
    for code in ("BRACKET.0001.2H", "KSS:RECEIVE", "BRACKET.0001.2H", "BRACKET.0002.XX"):
        page.keyboard.type(code)  # as a scanner does that is a keyboard
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Look what it means").click()

    rows = page.locator("table.written tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("full → requested")
    expect(rows.nth(1)).to_contain_text("requested → full")
    expect(rows.nth(2)).to_contain_text("does not count")
    page.get_by_label("Card of line 3").fill("bracket-0002")
    page.get_by_role("button", name="Look again").click()
    expect(rows.nth(2)).to_contain_text("full → requested")
    page.get_by_role("button", name="Enter the sheet: 3 lines count").click()

    expect(page.get_by_role("status")).to_have_text("3 lines count.")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("0 lines count.")
    expect(page.locator(".sign", has_text="entered before")).to_have_count(3)
