from datetime import UTC, date, datetime

import pytest

from kanban_hub.domain.events import CallRaised, CardMoved, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.planning import change
from kanban_hub.domain.records.promise import PromiseMade
from kanban_hub.notices.daily import digests, due_day
from kanban_hub.notices.digest import ROWS_MOST, Outlook, Section, digest, report, summary
from kanban_hub.notices.notice import NoticeEvent
from tests.hub.bench import BRACKET, PLANT
from tests.hub.notices.samples import config, person

NOW_MS = 1_795_446_000_000
MINUTE_MS = 60_000


@pytest.fixture
def floor() -> Floor:
    """All brackets pulled an hour ago, a quality call for ten minutes, a promise for in three hours."""
    made = Floor(PLANT)
    started = Occasion(Moment.at(NOW_MS - 2 * 60 * MINUTE_MS))
    for event in change(made, PLANT):
        made.apply(event, started)
    for number in range(1, BRACKET.cards + 1):
        card = f"bracket-{number:04d}"
        pulled = Occasion(Moment.at(NOW_MS - 60 * MINUTE_MS + number), "assembly", f"s{number}")
        made.apply(CardMoved("bracket", card, Move.PULL, State.FULL, State.REQUESTED), pulled)
    called = CallRaised("bracket", "call-1", "quality", "paint", "bracket-0001", None, "assembly")
    made.apply(called, Occasion(Moment.at(NOW_MS - 10 * MINUTE_MS)))
    ready_ms = NOW_MS + 180 * MINUTE_MS
    made.apply(PromiseMade("bracket", ready_ms, None, "paint"), Occasion(Moment.at(NOW_MS)))
    return made


def sections(outlook: Outlook) -> dict[str, list[str]]:
    return {section.title: section.rows for section in digest(outlook)}


def test_the_digest_tells_what_stands_out_in_the_whole_plant(floor: Floor) -> None:
    assert sections(Outlook(floor, frozenset({"assembly"}), NOW_MS)) == {
        "Stock-outs": ["Bracket, left: Final assembly has no full container"],
        "Open calls": ["Paint shop: quality, not taken yet, for 10 min"],
        "Silent stations": ["Final assembly"],
        "Late promises": ["Bracket, left, Paint shop: promised in 180 min"],
    }


def test_a_promise_that_has_passed_is_overdue(floor: Floor) -> None:
    later = Outlook(floor, frozenset(), NOW_MS + 200 * MINUTE_MS)
    assert sections(later)["Late promises"] == ["Bracket, left, Paint shop: overdue by 20 min"]


def test_a_suppliers_digest_is_of_its_own_station_with_what_it_has_to_serve(floor: Floor) -> None:
    whole = Outlook(floor, frozenset({"assembly"}), NOW_MS)
    paint = sections(whole.of(["paint"]))
    assert len(paint["To serve"]) == BRACKET.cards
    assert paint["To serve"][0].startswith("Bracket, left: card bracket-0001, 20 pieces")
    assert paint["Silent stations"] == []
    castings = digest(whole.of(["castings-inc"]))
    assert [row for section in castings for row in section.rows] == []
    assert summary(castings) == "nothing stands out"


def test_a_long_section_says_how_many_more_there_are() -> None:
    told = report([Section("Open calls", [str(n) for n in range(ROWS_MOST + 3)]), Section("Stock-outs", [])])
    assert "- and 3 more" in told
    assert told.endswith("Stock-outs:\n- none")


def test_each_who_asked_gets_one_digest_a_day_with_a_summary_as_its_subject(floor: Floor) -> None:
    people = (person("a"), person("b", stations=["castings-inc"]), person("c", events=[NoticeEvent.STARVING]))
    whole = Outlook(floor, frozenset(), NOW_MS)
    found = digests(config(*people), whole, date(2026, 11, 23))
    again = digests(config(*people), whole, date(2026, 11, 23))
    next_day = digests(config(*people), whole, date(2026, 11, 24))
    assert [(notice.recipient, notice.subject) for notice in found] == [
        ("a", "2026-11-23: Stock-outs: 1, Open calls: 1, Late promises: 1"),
        ("b", "2026-11-23: nothing stands out"),
    ]
    assert [notice.id for notice in again] == [notice.id for notice in found]
    assert not {notice.id for notice in found} & {notice.id for notice in next_day}


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-23T04:59", None),
        ("2026-11-23T05:00", date(2026, 11, 23)),
        ("2026-11-23T10:59", date(2026, 11, 23)),
        ("2026-11-23T11:00", None),
        ("2026-07-01T04:00", date(2026, 7, 1)),
    ],
)
def test_the_digest_is_due_at_its_local_time_and_six_hours_after_it(utc: str, day: date | None) -> None:
    now_ms = int(datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp() * 1000)
    assert due_day("06:00", "Europe/Berlin", now_ms) == day


def test_a_digest_late_in_the_evening_is_still_that_days_after_midnight() -> None:
    now_ms = int(datetime(2026, 11, 24, 1, 0, tzinfo=UTC).timestamp() * 1000)
    assert due_day("23:30", "UTC", now_ms) == date(2026, 11, 23)
