"""Working time: how much of it lies between two moments, and when so much of it is over.

Shifts are said in local time and counted in real time: a night shift over the change to winter time has an
hour more. Of a local time that comes twice the first is meant; one that is left out is as much later as
the clock is put forward (PEP 495).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kanban_hub.domain.calendar import Calendar, Shift

Span = tuple[int, int]  # milliseconds, the end not included

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_ONE_DAY = timedelta(days=1)
_DAYS_KEPT = 1_024
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class _Day:
    """One local day: `span` is from midnight to midnight, `work` its parts in which somebody works."""

    span: Span
    work: tuple[Span, ...]
    work_ms: int


class WorkTime:
    """The working time of one station. All moments are UTC milliseconds since 1970.

    Where two shifts overlap the time counts once, and a break of one in which the other works is no break.
    """

    def __init__(self, calendar: Calendar, shifts: Iterable[Shift]) -> None:
        """Raises `ValueError` for shifts of no day or all break: no working time would ever be over."""
        self._shifts = tuple(shifts)
        if self._shifts and not any(shift.days and list(shift.work(_ANY_DAY)) for shift in self._shifts):
            raise ValueError("no shift has any working time")
        self._zone = ZoneInfo(calendar.timezone)
        self._closed = {closed.date for closed in calendar.closed}
        self._day = lru_cache(maxsize=_DAYS_KEPT)(self._made)

    def is_working(self, at_ms: int) -> bool:
        return not self._shifts or any(begin <= at_ms < end for begin, end in self._at(at_ms).work)

    def between_s(self, start_ms: int, end_ms: int) -> float:
        """Seconds of working time from `start_ms` to `end_ms`; 0 when the end is not after the start."""
        if end_ms <= start_ms:
            return 0.0
        if not self._shifts:
            return (end_ms - start_ms) / 1000
        first, last = self._date(start_ms), self._date(end_ms)
        if first == last:
            return _within(self._day(first), start_ms, end_ms) / 1000
        whole = (self._day(first + n * _ONE_DAY).work_ms for n in range(1, (last - first).days))
        ends = _within(self._day(first), start_ms, end_ms) + _within(self._day(last), start_ms, end_ms)
        return (sum(whole) + ends) / 1000

    def add(self, start_ms: int, seconds: float) -> int:
        """The first moment at which `seconds` of working time are over, counted from `start_ms`."""
        left_ms = round(seconds * 1000)
        if left_ms <= 0:
            return start_ms
        if not self._shifts:
            return start_ms + left_ms
        spans = self._from(start_ms)
        begin, end = next(spans)
        while left_ms > end - begin:
            left_ms -= end - begin
            begin, end = next(spans)
        return begin + left_ms

    def next_start(self, at_ms: int) -> int:
        """When work next goes on, after a shift or a break; `at_ms` itself while somebody works."""
        return at_ms if not self._shifts else next(self._from(at_ms))[0]

    def shift_at(self, at_ms: int) -> str | None:
        """The shift that is there at `at_ms`, at work or in a break; of two the first in the plant's file."""
        hours = self.shift_hours(at_ms)
        return hours[0] if hours else None

    def shift_hours(self, at_ms: int) -> tuple[str, Span] | None:
        """The same with when it began and ends."""
        today = self._date(at_ms) if self._shifts else date.min
        for shift in self._shifts:
            for day in (today, today - _ONE_DAY):
                begin, end = (self._ms(local) for local in shift.hours(day))
                if self._is_open(shift, day) and begin <= at_ms < end:
                    return shift.id, (begin, end)
        return None

    def _from(self, start_ms: int) -> Iterator[Span]:
        """All working time after `start_ms`, for ever."""
        day = self._date(start_ms)
        while True:
            for begin, end in self._day(day).work:
                if end > start_ms:
                    yield max(begin, start_ms), end
            day += _ONE_DAY

    def _at(self, at_ms: int) -> _Day:
        return self._day(self._date(at_ms))

    def _date(self, at_ms: int) -> date:
        """The local day between whose midnights `at_ms` lies, also where midnight comes twice."""
        day = (_EPOCH + at_ms * _MS).astimezone(self._zone).date()
        while at_ms < self._day(day).span[0]:
            day -= _ONE_DAY
        while at_ms >= self._day(day).span[1]:
            day += _ONE_DAY
        return day

    def _made(self, day: date) -> _Day:
        midnight, next_midnight = (self._ms(datetime.combine(d, time.min)) for d in (day, day + _ONE_DAY))
        spans = [
            (max(begin, midnight), min(end, next_midnight))
            for begun in (day - _ONE_DAY, day)
            for shift in self._shifts
            if self._is_open(shift, begun)
            for begin, end in ((self._ms(b), self._ms(e)) for b, e in shift.work(begun))
        ]
        work = tuple(_joined(span for span in spans if span[0] < span[1]))
        return _Day((midnight, next_midnight), work, sum(end - begin for begin, end in work))

    def _is_open(self, shift: Shift, day: date) -> bool:
        return shift.is_on(day) and day not in self._closed

    def _ms(self, local: datetime) -> int:
        return (local.replace(tzinfo=self._zone) - _EPOCH) // _MS


@lru_cache(maxsize=256)
def worktime_of(calendar: Calendar, shifts: tuple[str, ...]) -> WorkTime:
    """The working time by the named shifts of `calendar`; by all when none is named."""
    return WorkTime(calendar, [shift for shift in calendar.shifts if not shifts or shift.id in shifts])


def _within(day: _Day, start_ms: int, end_ms: int) -> int:
    parts = (min(end, end_ms) - max(begin, start_ms) for begin, end in day.work)
    return sum(part for part in parts if part > 0)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that touch or overlap as one."""
    last: Span | None = None
    for begin, end in sorted(spans):
        if last is None or begin > last[1]:
            if last is not None:
                yield last
            last = (begin, end)
        else:
            last = (last[0], max(last[1], end))
    if last is not None:
        yield last
