from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.web.instant import ms
from kanban_hub.web.report.span import Span, of_day, span, today

SHIFTS = (
    Shift("early", "Early", tuple(Weekday), time(6), time(14)),
    Shift("night", "Night", tuple(Weekday), time(22), time(6)),
)
PLANT = Calendar(timezone="Europe/Berlin", shifts=SHIFTS)
NOW_MS = ms(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))  # 11 o'clock in the plant


def asked(**given: str) -> Span:
    return span({name.rstrip("_"): value for name, value in given.items()}, PLANT, NOW_MS)


def begins(found: Span) -> datetime:
    return datetime.fromtimestamp(found.window.from_ms / 1000, UTC)


@pytest.mark.parametrize(("word", "days"), [("day", 1), ("week", 7), ("month", 30)])
def test_a_word_is_a_time_until_now(word: str, days: int) -> None:
    found = asked(span=word)
    assert found.window.to_ms - found.window.from_ms == days * DAY_MS
    assert NOW_MS in found.window


def test_this_shift_began_by_the_clock_of_the_plant() -> None:
    assert begins(asked(span="shift")) == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_in_a_night_shift_its_beginning_lies_yesterday() -> None:
    found = span({"span": "shift"}, PLANT, ms(datetime(2026, 11, 24, 2, 0, tzinfo=UTC)))
    assert begins(found) == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def test_where_nobody_has_said_when_the_plant_works_no_shift_is_offered() -> None:
    found = span({"span": "shift"}, Calendar(), NOW_MS)
    assert (found.chosen, "shift" in found.known) == ("month", False)


def test_times_are_typed_in_as_the_plant_reads_its_clock_and_win_over_a_word() -> None:
    found = asked(span="week", from_="2026-11-20T06:00", to="2026-11-20T14:00")
    assert (found.chosen, begins(found)) == ("own", datetime(2026, 11, 20, 5, 0, tzinfo=UTC))
    assert found.query == "from=2026-11-20T05:00:00Z&to=2026-11-20T13:00:00Z"
    assert found.link == "span=own&from=2026-11-20T06:00&to=2026-11-20T14:00"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"from_": "yesterday"}, "from"),
        ({"to": "2026-13-01T00:00"}, "to"),
        ({"from_": "2026-11-21T00:00", "to": "2026-11-20T00:00"}, "from"),
        ({"from_": "0001-01-01T00:00"}, "from"),
    ],
)
def test_what_is_no_time_is_told_at_its_field_and_stays_there(given: dict[str, str], field: str) -> None:
    found = asked(span="own", **given)
    assert list(found.faults) == [field]
    assert found.typed["from"] == given.get("from_", "")


def test_a_word_of_nobody_is_the_usual_time() -> None:
    assert asked(span="epoch").chosen == "month"


def test_a_day_of_the_plant_is_as_long_as_its_wall_clock_says() -> None:
    zone = ZoneInfo(PLANT.timezone)
    assert of_day(datetime(2026, 10, 25, tzinfo=UTC).date(), zone).length_s == 25 * 3600
    assert str(today(zone, ms(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)))) == "2026-11-25"
