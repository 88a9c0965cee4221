"""Shifts and closed days in the plant's file: how they stand there, and what cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from kanban_hub.domain.calendar import Break, Calendar, ClosedDay, Shift, Weekday
from kanban_hub.language import N_, _
from kanban_hub.looptable import Id
from kanban_hub.setting import setting
from kanban_protocol.tomlfile import Fault

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
Clock = Annotated[str, Meta(pattern=f"^{_CLOCK}$")]
Name = Annotated[str, Meta(min_length=1, max_length=80)]


_DAYS = setting(N_("Days"), N_("On which the shift begins."), min_length=1)
_FROM = setting(N_("From"), N_("Local time, such as 06:00."))
_TO = setting(N_("To"), N_("Local time. Not after the beginning: it ends on the next day."))
_BREAKS = setting(N_("Breaks"), N_("Such as 09:00-09:15; all clocks of people stand still."))


class ShiftTable(Struct, forbid_unknown_fields=True, kw_only=True):
    id: Annotated[Id, setting(N_("Id"), N_("By which stations name it; it stays."))]
    name: Annotated[Name, setting(N_("Name"), N_("What people read."))]
    days: Annotated[list[Weekday], _DAYS]
    starts: Annotated[Clock, _FROM] = field(name="from")
    ends: Annotated[Clock, _TO] = field(name="to")
    breaks: Annotated[list[Annotated[str, Meta(pattern=f"^{_CLOCK}-{_CLOCK}$")]], _BREAKS] = []


class ClosedTable(Struct, forbid_unknown_fields=True):
    date: Annotated[date, setting(N_("Day"), N_("On which no shift begins."))]
    name: Annotated[Name, setting(N_("Name"), N_("Why the plant is closed."))]


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
        text = _("no time zone '%(zone)s'") % {"zone": timezone}
        yield Fault("timezone", text, _('name one of IANA, such as "Europe/Berlin"'))
    for index, shift in enumerate(shifts):
        yield from _shift_faults(f"shifts[{index}]", shift)
    dates = Counter(day.date for day in closed)
    for index, day in enumerate(closed):
        if dates[day.date] > 1:
            text = _("%(day)s stands twice") % {"day": day.date}
            yield Fault(f"closed[{index}].date", text, _("name each day once"))
        elif not shifts:
            text = _("without shifts the plant is never closed")
            yield Fault(f"closed[{index}]", text, _("add [[shifts]]"))


def _shift_faults(where: str, table: ShiftTable) -> Iterator[Fault]:
    shift = _shift(table)
    repeated = [day for day, count in Counter(table.days).items() if count > 1]
    if repeated:
        text = _("'%(day)s' stands twice") % {"day": repeated[0]}
        yield Fault(f"{where}.days", text, _("name each day once"))
    outside = [span for span, one in zip(table.breaks, shift.breaks, strict=True) if not shift.covers(one)]
    if outside:
        text = _("'%(span)s' is not within the shift") % {"span": outside[0]}
        hint = _("a break lies between %(begin)s and %(end)s") % {"begin": table.starts, "end": table.ends}
        yield Fault(f"{where}.breaks", text, hint)
    elif not list(shift.work(date.min)):
        text = _("nothing is left to work in")
        yield Fault(f"{where}.breaks", text, _("make the breaks shorter"))


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
