"""When a plant works, as its file says it: shifts with breaks, and days on which it is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class Weekday(StrEnum):
    """In the order of `date.weekday`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_WEEK = tuple(Weekday)


@dataclass(frozen=True)
class Break:
    """Local times to the minute."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Shift:
    """`days` are those on which it begins. Where `ends` is not after `starts` it ends on the next day."""

    id: str
    name: str
    days: tuple[Weekday, ...]
    starts: time
    ends: time
    breaks: tuple[Break, ...] = ()

    def is_on(self, day: date) -> bool:
        return _WEEK[day.weekday()] in self.days

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """Beginning and end of the shift that begins on `day`, by the wall clock, with all its breaks."""
        begin = datetime.combine(day, self.starts)
        return begin, begin + self._length

    def work(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The same without the breaks, in order."""
        begin, end = self.hours(day)
        for off, on in sorted(self._off(one) for one in self.breaks):
            if begin < datetime.combine(day, self.starts) + off:
                yield begin, datetime.combine(day, self.starts) + off
            begin = max(begin, datetime.combine(day, self.starts) + on)
        if begin < end:
            yield begin, end

    def covers(self, one: Break) -> bool:
        """Whether the break lies within the shift."""
        off, on = self._off(one)
        return off < on <= self._length

    @property
    def _length(self) -> timedelta:
        return _after(self.starts, self.ends) or _DAY

    def _off(self, one: Break) -> tuple[timedelta, timedelta]:
        """Beginning and end of a break, counted from the beginning of the shift."""
        off = _after(self.starts, one.starts)
        return off, off + _after(one.starts, one.ends)


def _after(first: time, then: time) -> timedelta:
    """From one local time to the next time that the clock shows the other: less than a day."""
    return (datetime.combine(date.min, then) - datetime.combine(date.min, first)) % _DAY


@dataclass(frozen=True)
class ClosedDay:
    """No shift begins on it."""

    date: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """`timezone` is a name of the IANA time zone database. Without shifts the plant works all the time."""

    timezone: str = "UTC"
    shifts: tuple[Shift, ...] = ()
    closed: tuple[ClosedDay, ...] = ()
