"""The shift that is there now, for the foot of a wall."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.worktime import worktime_of
from kanban_hub.web.instant import instant


@dataclass(frozen=True)
class ShiftPicture:
    """`minutes` of its `length` are over, breaks included. `is_off`: between shifts, or on a closed day."""

    name: str = ""
    ends: datetime | None = None
    minutes: int = 0
    length: int = 0
    is_break: bool = False
    is_off: bool = False


def paint_shift(calendar: Calendar, now_ms: int) -> ShiftPicture | None:
    """`None` in a plant without shifts: it works all the time."""
    if not calendar.shifts:
        return None
    work = worktime_of(calendar, ())
    hours = work.shift_hours(now_ms)
    if hours is None:
        return ShiftPicture(is_off=True)
    shift, (begin_ms, end_ms) = hours
    name = next(one.name for one in calendar.shifts if one.id == shift)
    length = (end_ms - begin_ms) // 60_000
    minutes = (now_ms - begin_ms) // 60_000
    return ShiftPicture(name, instant(end_ms), minutes, length, not work.is_working(now_ms))
