"""Working time, by examples that people can check on a calendar, and by what always holds."""

import itertools
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kanban_hub.domain.calendar import Break, Calendar, ClosedDay, Shift, Weekday
from kanban_hub.domain.plant import Plant, Station
from kanban_hub.domain.worktime import WorkTime, worktime_of

BERLIN = "Europe/Berlin"
WORKDAYS = tuple(Weekday)[:5]
HOUR_S = 3600


def clock(text: str) -> time:
    return time.fromisoformat(text)


def shift(shift_id: str, hours: str, *breaks: str, days: tuple[Weekday, ...] = WORKDAYS) -> Shift:
    starts, ends = map(clock, hours.split("-"))
    off = tuple(Break(*map(clock, one.split("-"))) for one in breaks)
    return Shift(shift_id, shift_id.title(), days, starts, ends, off)


EARLY = shift("early", "06:00-14:00", "09:00-09:15")
LATE = shift("late", "14:00-22:00", "18:00-18:30")
NIGHT = shift("night", "22:00-06:00", "01:45-02:15")


def worktime(*shifts: Shift, timezone: str = BERLIN, closed: tuple[str, ...] = ()) -> WorkTime:
    days = tuple(ClosedDay(date.fromisoformat(day), "Holiday") for day in closed)
    return worktime_of(Calendar(timezone, shifts, days), ())


def ms(text: str, timezone: str = BERLIN) -> int:
    """A local time such as `2026-07-01 06:00`."""
    local = datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(timezone))
    return int(local.timestamp() * 1000)


def test_without_shifts_all_time_is_working_time() -> None:
    always = worktime()
    assert always.is_working(0)
    assert always.between_s(1_000, 5_500) == 4.5
    assert always.add(1_000, 4.5) == 5_500
    assert always.next_start(7) == 7
    assert always.shift_at(7) is None


@pytest.mark.parametrize(
    ("at", "is_working"),
    [
        ("2026-07-01 05:59", False),
        ("2026-07-01 06:00", True),
        ("2026-07-01 08:59", True),
        ("2026-07-01 09:00", False),
        ("2026-07-01 09:14", False),
        ("2026-07-01 09:15", True),
        ("2026-07-01 13:59", True),
        ("2026-07-01 14:00", False),
        ("2026-07-04 10:00", False),  # a Saturday
    ],
)
def test_a_shift_works_from_its_start_to_its_end_but_in_its_breaks(at: str, is_working: bool) -> None:
    assert worktime(EARLY).is_working(ms(at)) is is_working


def test_a_break_and_a_night_stop_the_clock() -> None:
    early = worktime(EARLY)
    assert early.between_s(ms("2026-07-01 08:55"), ms("2026-07-01 09:20")) == 10 * 60
    assert early.between_s(ms("2026-07-01 13:00"), ms("2026-07-02 07:00")) == 2 * HOUR_S
    assert early.between_s(ms("2026-07-03 13:00"), ms("2026-07-06 07:00")) == 2 * HOUR_S  # a week-end


def test_what_is_due_in_a_break_is_due_after_it() -> None:
    early = worktime(EARLY)
    assert early.add(ms("2026-07-01 08:55"), 300) == ms("2026-07-01 09:00")
    assert early.add(ms("2026-07-01 08:55"), 301) == ms("2026-07-01 09:15") + 1_000
    assert early.add(ms("2026-07-03 13:59"), 120) == ms("2026-07-06 06:01")


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    night = worktime(NIGHT)
    assert night.is_working(ms("2026-07-04 05:00"))  # Saturday morning: Friday's shift
    assert not night.is_working(ms("2026-07-06 05:00"))  # Monday morning: Sunday has none
    assert night.shift_at(ms("2026-07-04 05:00")) == "night"
    assert night.between_s(ms("2026-07-03 20:00"), ms("2026-07-04 08:00")) == 7.5 * HOUR_S


def test_on_a_closed_day_no_shift_begins() -> None:
    closed = worktime(EARLY, NIGHT, closed=("2026-12-25",))
    assert closed.is_working(ms("2026-12-25 05:00"))  # the night shift of the 24th ends
    assert not closed.is_working(ms("2026-12-25 10:00"))
    assert not closed.is_working(ms("2026-12-25 23:00"))
    assert closed.next_start(ms("2026-12-25 06:00")) == ms("2026-12-28 06:00")


def test_a_break_of_one_shift_in_which_another_works_is_no_break() -> None:
    both = worktime(EARLY, shift("office", "08:00-16:00", "12:00-12:30"))
    assert both.between_s(ms("2026-07-01 06:00"), ms("2026-07-01 16:00")) == 10 * HOUR_S
    assert both.shift_at(ms("2026-07-01 08:30")) == "early"
    assert both.shift_at(ms("2026-07-01 15:00")) == "office"


def test_a_shift_in_its_break_is_there_and_outside_of_all_there_is_none() -> None:
    three = worktime(EARLY, LATE, NIGHT)
    assert three.shift_at(ms("2026-07-01 09:05")) == "early"
    assert three.shift_at(ms("2026-07-01 14:00")) == "late"
    assert three.shift_at(ms("2026-07-04 06:00")) is None


def test_work_goes_on_after_the_break_after_the_night_or_now() -> None:
    early = worktime(EARLY)
    assert early.next_start(ms("2026-07-01 09:05")) == ms("2026-07-01 09:15")
    assert early.next_start(ms("2026-07-03 15:00")) == ms("2026-07-06 06:00")
    assert early.next_start(ms("2026-07-01 10:00")) == ms("2026-07-01 10:00")


def test_a_shift_that_ends_when_it_starts_lasts_a_day() -> None:
    around = worktime(shift("around", "06:00-06:00", "12:00-12:30", days=(Weekday.WED,)))
    assert around.between_s(ms("2026-07-01 00:00"), ms("2026-07-03 00:00")) == 23.5 * HOUR_S


@pytest.mark.parametrize(
    ("night", "hours"), [("2026-03-28 12:00", 6.5), ("2026-10-24 12:00", 8.5), ("2026-07-04 12:00", 7.5)]
)
def test_a_night_shift_over_a_change_of_the_clock_is_an_hour_shorter_or_longer(
    night: str, hours: float
) -> None:
    saturdays = worktime(shift("night", "22:00-06:00", "23:00-23:30", days=(Weekday.SAT,)))
    start_ms = ms(night)
    assert saturdays.between_s(start_ms, start_ms + 86_400_000) == hours * HOUR_S


def test_the_same_shift_begins_at_the_same_local_time_all_year() -> None:
    early = worktime(EARLY)
    assert early.next_start(ms("2026-01-07 00:00")) == ms("2026-01-07 06:00")
    assert early.next_start(ms("2026-07-01 00:00")) == ms("2026-07-01 06:00")


def test_a_clock_that_is_put_back_over_midnight_counts_no_hour_twice() -> None:
    """In St. John's it was put back at 00:01, so that midnight of 2 November 2008 came twice."""
    zone = "America/St_Johns"
    sundays = worktime(shift("day", "00:00-00:00", days=(Weekday.SUN,)), timezone=zone)
    first_ms = ms("2008-11-02 00:00", zone)
    assert sundays.between_s(first_ms - 3_600_000, first_ms + 90_000_000) == 25 * HOUR_S
    assert all(sundays.is_working(first_ms + minute * 60_000) for minute in range(0, 25 * 60, 7))


def test_a_call_open_for_a_year_is_counted_by_whole_days() -> None:
    early = worktime(EARLY)
    start_ms = ms("2026-01-01 00:00")
    workdays = sum((date(2026, 1, 1) + timedelta(n)).weekday() < 5 for n in range(365))  # 7.75 hours each
    worked_s = workdays * 7.75 * HOUR_S
    assert early.between_s(start_ms, ms("2027-01-01 00:00")) == worked_s
    assert early.add(start_ms, worked_s) == ms("2026-12-31 14:00")


@pytest.mark.parametrize(
    "faulty", [shift("all-break", "06:00-07:00", "06:00-07:00"), shift("no-day", "06:00-07:00", days=())]
)
def test_shifts_without_any_working_time_are_refused(faulty: Shift) -> None:
    with pytest.raises(ValueError, match="no shift has any working time"):
        WorkTime(Calendar(), [faulty])


def test_a_station_works_in_its_own_shifts_or_else_in_all() -> None:
    calendar = Calendar(BERLIN, (EARLY, LATE))
    stations = (Station("paint", "Paint", shifts=("late",)), Station("press", "Press"))
    plant = Plant("plant", stations, calendar=calendar)
    morning_ms = ms("2026-07-01 10:00")
    assert not plant.worktime("paint").is_working(morning_ms)
    assert plant.worktime("press").is_working(morning_ms)
    assert plant.worktime("gone").is_working(morning_ms)


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
SHIFTS = st.builds(
    Shift,
    st.just("shift"),
    st.just("Shift"),
    st.lists(st.sampled_from(tuple(Weekday)), min_size=1, unique=True).map(tuple),
    MINUTES,
    MINUTES,
    st.lists(st.builds(Break, MINUTES, MINUTES), max_size=2).map(tuple),
)
# Changes of an hour, of half an hour, at midnight, over midnight, and a day that was left out.
ZONES = st.sampled_from(
    [BERLIN, "UTC", "Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia"]
)
# Where those zones change: the years 2008 to 2012.
MOMENTS = st.integers(1_199_145_600_000, 1_356_998_400_000)
NEAR = st.integers(0, 40 * 86_400_000)


@st.composite
def worktimes(draw: st.DrawFn) -> WorkTime:
    shifts = draw(st.lists(SHIFTS, min_size=1, max_size=3))
    assume(all(all(map(one.covers, one.breaks)) and list(one.work(date.min)) for one in shifts))
    return worktime(*shifts, timezone=draw(ZONES), closed=("2011-12-30", "2010-03-28"))


@given(worktimes(), MOMENTS, st.lists(NEAR, min_size=2, max_size=5))
def test_the_parts_of_a_time_add_up_to_the_whole(work: WorkTime, start_ms: int, after: list[int]) -> None:
    moments = sorted(start_ms + ms for ms in after)
    parts = [work.between_s(first, then) for first, then in itertools.pairwise(moments)]
    assert sum(round(part * 1000) for part in parts) == round(work.between_s(moments[0], moments[-1]) * 1000)
    assert all(0 <= s <= (b - a) / 1000 for s, (a, b) in zip(parts, itertools.pairwise(moments), strict=True))


@given(worktimes(), MOMENTS, st.integers(1, 20 * 86_400_000))
def test_so_much_time_later_so_much_time_has_passed(work: WorkTime, start_ms: int, worked_ms: int) -> None:
    due_ms = work.add(start_ms, worked_ms / 1000)
    assert round(work.between_s(start_ms, due_ms) * 1000) == worked_ms
    assert round(work.between_s(start_ms, due_ms - 1) * 1000) == worked_ms - 1, "it is the first such moment"


@given(worktimes(), MOMENTS)
def test_work_goes_on_at_the_next_start_and_not_before(work: WorkTime, at_ms: int) -> None:
    next_ms = work.next_start(at_ms)
    assert work.is_working(next_ms)
    assert work.between_s(at_ms, next_ms) == 0
    assert work.shift_at(next_ms) == "shift"


def test_moments_are_utc() -> None:
    assert ms("2026-07-01 06:00") == datetime(2026, 7, 1, 4, tzinfo=UTC).timestamp() * 1000
