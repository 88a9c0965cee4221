"""A browser that is a station: what people see and do on it, and what the hub has of it."""

from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import BrowserContext, Locator, Page, expect

from kanban_hub.ports import EventFilter
from kanban_hub.suppliers import links
from tests.hub.web.site import Site

# What is asked for again after a cut comes within some seconds; a loaded machine needs some more.
SOON_MS = 30_000


@dataclass
class Tablet:
    site: Site
    context: BrowserContext
    page: Page = field(init=False)

    def opened(self, station: str) -> Self:
        """Open the station's link, as whoever sets the tablet up does."""
        link = links.add_station(self.site.store, (station, "Line 2"), 30, self.site.clock.now_ms())
        self.page = self.context.new_page()
        self.page.goto(f"/station/{self.site.parts.signer.station_token(link.id)}")
        self.expect_hub("heard")
        return self

    def part(self, name: str) -> Locator:
        return self.page.locator(f'[data-part="{name}"]')

    def slot(self, number: int = 1) -> Locator:
        return self.page.locator(f"#slot-{number}")

    def press(self, number: int = 1) -> None:
        self.slot(number).locator('[data-part="press"]').click()

    def hold(self, number: int = 1, hold_ms: int = 2_100) -> None:
        self.slot(number).locator('[data-part="press"]').click(delay=hold_ms)

    def scan(self, code: str) -> None:
        """As a scanner that is a keyboard types it, wherever the focus is."""
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    def expect_hub(self, state: str) -> None:
        expect(self.page.locator("#panel")).to_have_attribute("data-hub", state, timeout=SOON_MS)

    def expect_note(self, kind: str, text: str, number: int = 1) -> None:
        expect(self.slot(number)).to_have_attribute("data-note", kind, timeout=SOON_MS)
        expect(self.slot(number).locator('[data-part="facts"]')).to_have_text(text)

    def expect_lamp(self, pattern: str, number: int = 1) -> None:
        lamp = self.slot(number).locator('[data-part="lamp"]')
        expect(lamp).to_have_attribute("data-pattern", pattern, timeout=SOON_MS)

    def expect_kept(self, count: int) -> None:
        if count:
            expect(self.part("kept")).to_have_text(f"Kept here, will be sent: {count}")
        else:
            expect(self.part("kept")).to_be_hidden(timeout=SOON_MS)

    def expect_message(self, text: str) -> None:
        expect(self.part("message")).to_have_text(text, timeout=SOON_MS)

    def has_kept_itself(self) -> None:
        """Wait until the browser would open the page without the hub too."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.reload()  # now the worker sees the page come, and keeps it
        self.expect_hub("heard")


def states(site: Site, loop: str = "bracket") -> list[str]:
    with site.store.view() as view:
        return [card.state.value for card in view.floor().cards_of(loop)]


def facts(site: Site, station: str = "assembly") -> list[tuple[str, str]]:
    """The kinds of what happened at a station by its signals, and the kinds of these, in order."""
    with site.store.view() as view:
        events = view.events(EventFilter(limit=1_000, station=station))
    return [(one.event.kind, one.occasion.how or "") for one in events if one.occasion.signal is not None]


def taken(site: Site) -> list[tuple[str, int, int]]:
    """Of each outbox at the hub: its station, how many numbers are beyond a gap, and the last before."""
    with site.store.view() as view:
        return [(station, len(view.beyond()), number) for (station, _), number in view.contiguous().items()]
