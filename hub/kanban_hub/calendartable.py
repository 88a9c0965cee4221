"""Shifts and closed days in the plant's file: how they stand there, and what cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from kanban_hub.domain.calendar import Break, Calendar, ClosedDay, Shift, Weekday
from kanban_hub.looptable import Id
from kanban_protocol.tomlfile import Fault

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
Clock = Annotated[str, Meta(pattern=f"^{_CLOCK}$")]
Name = Annotated[str, Meta(min_length=1, max_length=80)]


class ShiftTable(Struct, forbid_unknown_fields=True, kw_only=True):
    id: Id
    name: Name
    days: Annotated[list[Weekday], Meta(min_length=1)]
    starts: Clock = field(name="from")
    ends: Clock = field(name="to")
    breaks: list[Annotated[str, Meta(pattern=f"^{_CLOCK}-{_CLOCK}$")]] = []


class ClosedTable(Struct, forbid_unknown_fields=True):
    date: date
    name: Name


def calendar_of(timezone: str, shifts: Iterable[ShiftTable], closed: Iterable[ClosedTable]) -> Calendar:
    days = tuple(ClosedDay(table.date, table.name) for table in closed)
    return Calendar(timezone, tuple(_shift(table) for table in shifts), days)


def rows(calendar: Calendar) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Table name and rows, in the words of the file."""
    yield "shifts", [_shift_row(shift) for shift in calendar.shifts]
    yield "closed", [{"date": day.date.isoformat(), "name": day.name} for day in calendar.closed]


def faults(timezone: str, shifts: list[ShiftTable], closed: list[ClosedTable]) -> Iterator[Fault]:
    """What is wrong with the calendar for itself."""
    try:
        ZoneInfo(timezone)
    except (ValueError, OSError, LookupError):  # as zoneinfo says it for a path, a folder, an unknown name
        yield Fault("timezone", f"no time zone {timezone!r}", 'name one of IANA, such as "Europe/Berlin"')
    for index, shift in enumerate(shifts):
        yield from _shift_faults(f"shifts[{index}]", shift)
    dates = Counter(day.date for day in closed)
    for index, day in enumerate(closed):
        if dates[day.date] > 1:
            yield Fault(f"closed[{index}].date", f"{day.date} stands twice", "name each day once")
        elif not shifts:
            yield Fault(f"closed[{index}]", "without shifts the plant is never closed", "add [[shifts]]")


def _shift_faults(where: str, table: ShiftTable) -> Iterator[Fault]:
    shift = _shift(table)
    repeated = [day for day, count in Counter(table.days).items() if count > 1]
    if repeated:
        yield Fault(f"{where}.days", f"'{repeated[0]}' stands twice", "name each day once")
    outside = [text for text, one in zip(table.breaks, shift.breaks, strict=True) if not shift.covers(one)]
    if outside:
        hint = f"a break lies between {table.starts} and {table.ends}"
        yield Fault(f"{where}.breaks", f"{outside[0]!r} is not within the shift", hint)
    elif not list(shift.work(date.min)):
        yield Fault(f"{where}.breaks", "nothing is left to work in", "make the breaks shorter")


def _shift(table: ShiftTable) -> Shift:
    breaks = tuple(Break(*map(time.fromisoformat, text.split("-"))) for text in table.breaks)
    days = tuple(day for day in Weekday if day in table.days)
    starts, ends = time.fromisoformat(table.starts), time.fromisoformat(table.ends)
    return Shift(table.id, table.name, days, starts, ends, breaks)


def _shift_row(shift: Shift) -> dict[str, object]:
    breaks = tuple(f"{one.starts:%H:%M}-{one.ends:%H:%M}" for one in shift.breaks)
    return {
        "id": shift.id,
        "name": shift.name,
        "days": shift.days,
        "from": f"{shift.starts:%H:%M}",
        "to": f"{shift.ends:%H:%M}",
        "breaks": breaks,
    }
