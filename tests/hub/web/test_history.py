import re

import pytest
from playwright.sync_api import Page, expect

from kanban_hub.domain.history import EVENT_TYPES, KINDS
from kanban_hub.domain.moment import Moment
from kanban_hub.orders import MakePromise
from kanban_hub.ports import EventFilter
from kanban_hub.web.history.kinds import KIND_NAMES
from kanban_hub.web.history.particulars import PARTICULARS
from kanban_hub.web.history.wanted import ROWS
from tests.hub.web.account.person import Person
from tests.hub.web.ask import get
from tests.hub.web.site import HOSTILE, Site

ROW = re.compile(r'id="event-(\d+)"')


def shown(site: Site, address: str = "/events") -> list[int]:
    """The numbers of the events that the page shows, in its order."""
    page = Person(site).open(address).get_data(as_text=True)
    return [int(number) for number in ROW.findall(page)]


def test_every_kind_of_event_has_a_name_to_choose_it_by() -> None:
    assert set(KIND_NAMES) == set(KINDS)
    assert set(PARTICULARS) <= set(EVENT_TYPES)


def test_the_newest_events_come_first_with_reason_place_and_signal(site: Site) -> None:
    signal = site.signal("castings", "cannot", loop="casting", reason="no sand")

    page = Person(site).read("/events")

    assert shown(site)[:2] == [10, 9]
    assert "Call: Cannot deliver" in page
    assert "about: no sand" in page
    assert signal in page
    assert HOSTILE not in Person(site).open("/events").get_data(as_text=True)


def test_it_is_narrowed_by_card_station_kind_call_and_time(site: Site) -> None:
    site.hand.seconds += 3600
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "help", topic="machine")
    (call,) = get(site.client(), "/api/v1/calls")["items"]

    assert shown(site, "/events?card=BRACKET-0001") == [10, 2]
    assert shown(site, "/events?station=assembly") == [11, 10]
    assert shown(site, "/events?kind=call_raised") == [11]
    assert shown(site, f"/events?call={call['id']}") == [11]
    assert shown(site, "/events?numbers=2,11,99") == [11, 2]
    assert shown(site, "/events?loop=casting&kind=loop_set") == [6]
    assert shown(site, f"/events?since={call['raised_at'][:16]}&kind=card_issued") == []
    assert len(shown(site, f"/events?until={call['raised_at'][:16]}&kind=card_issued")) == 7


def test_a_card_is_found_by_what_is_printed_on_it(site: Site) -> None:
    assert shown(site, "/events?card=BRACKET.0003.N3") == [4]


def test_older_events_are_a_page_away_and_the_files_have_the_same_choice(site: Site) -> None:
    for hour in range(ROWS):
        site.hand.seconds += 3600
        site.signal("assembly", "help", topic=f"hour {hour}")
    page = Person(site).open("/events?station=assembly&kind=").get_data(as_text=True)
    assert 'rel="next"' not in page
    page = Person(site).open("/events").get_data(as_text=True)

    (older,) = re.findall(r'href="(/events\?before=\d+)"', page)

    assert len(shown(site)) == ROWS
    assert shown(site, older) == list(range(9, 0, -1))
    narrowed = Person(site).open("/events?station=assembly").get_data(as_text=True)
    assert 'href="/api/v1/events.csv?station=assembly"' in narrowed


def test_what_came_late_and_by_a_doubtful_clock_says_so(site: Site) -> None:
    page = Person(site).read("/events")
    assert "known to the hub at" not in page

    with site.store.transaction() as work:
        recorded = work.events(EventFilter(limit=1))[0]
        now_ms = site.clock.now_ms()
        moment = Moment(now_ms - 60_000, now_ms, "8f64b87a", 1, "unset")
        work.append([(recorded.event, type(recorded.occasion)(moment, "assembly", "id-1", "pull"))])

    page = Person(site).read("/events")
    assert "known to the hub at" in page
    assert "the station's clock was not set" in page


def test_an_order_says_whose_it_was_and_when_a_promise_is(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.ask(MakePromise("bracket", site.clock.now_ms() + 3_600_000, "oven cold"))

    page = Person(site).read("/events?kind=promise_made")

    assert "ready at 2026-11-23 16:01 UTC" in page
    assert "reason: oven cold" in page
    assert "supplier" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=nonsense", "There is no kind of event nonsense"),
        ("card=!!", "!! is no card number"),
        ("card=BRACKET.0003.I8", "is no card number"),
        ("since=yesterday", "yesterday is no time"),
        ("until=9999-99-99T00:00", "is no time"),
        ("numbers=1,two", "with commas between them"),
        ("before=-1", "begin with the newest events"),
        ("before=" + "9" * 40, "begin with the newest events"),
        ("since=0001-01-01T00:00", ""),
        ("loop=%00%27--&call=" + "x" * 5_000, ""),
        ("station=no-such", "Nothing of this kind has happened"),
    ],
)
def test_rubbish_is_answered_in_words_and_stays_in_the_form(site: Site, query: str, said: str) -> None:
    response = Person(site).open(f"/events?{query}")

    assert response.status_code in (200, 400)
    assert said in response.get_data(as_text=True)


def test_all_faults_are_told_at_once(site: Site) -> None:
    page = Person(site).read("/events?kind=nonsense&card=!!&since=never", 400)

    assert all(word in page for word in ("nonsense", "!! is no card", "never is no time"))


@pytest.mark.chromium
def test_a_person_narrows_the_history_by_keyboard_and_follows_it_to_the_card(site: Site, tab: Page) -> None:
    site.signal("assembly", "pull", loop="bracket")
    tab.goto("/events")

    tab.get_by_text("Show only some").press("Enter")
    tab.get_by_label("Card").fill("bracket-0001")
    tab.get_by_label("Card").press("Enter")

    expect(tab.locator("tbody tr")).to_have_count(2)
    expect(tab.get_by_role("link", name="bracket-0001").first).to_have_attribute(
        "href", "/cards/bracket-0001"
    )
