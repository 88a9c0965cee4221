"""Which time a report looks at: chosen by a word, or typed in as local times of the plant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.evidence.window import Window
from kanban_hub.language import N_, _
from kanban_hub.web.instant import instant, ms

SPANS = {
    "shift": N_("this shift"),
    "day": N_("24 hours"),
    "week": N_("7 days"),
    "month": N_("30 days"),
    "own": N_("from … to"),
}
USUAL = "month"
_LENGTHS_MS = {"day": DAY_MS, "week": 7 * DAY_MS, "month": 30 * DAY_MS}
_DAYS_BACK = 8  # a shift that works once a week was there within so many days


@dataclass(frozen=True)
class Span:
    """`chosen` is a key of `SPANS`; `typed` is what stands in the fields; `faults` by field."""

    window: Window
    chosen: str
    known: tuple[str, ...]
    typed: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The same window for the API."""
        ends = (f"{instant(at_ms):%Y-%m-%dT%H:%M:%SZ}" for at_ms in (self.window.from_ms, self.window.to_ms))
        return "from={}&to={}".format(*ends)

    @property
    def link(self) -> str:
        """The same choice for another report."""
        own = [f"&{name}={self.typed[name]}" for name in ("from", "to") if self.typed[name]]
        return f"span={self.chosen}{''.join(own) if self.chosen == 'own' else ''}"


def span(given: Mapping[str, str], calendar: Calendar, now_ms: int) -> Span:
    """What is asked for; where that cannot be, the usual with what is wrong."""
    known = tuple(one for one in SPANS if one != "shift" or calendar.shifts)
    typed = {name: given.get(name, "")[:40] for name in ("from", "to")}
    chosen = given.get("span", USUAL)
    if chosen == "own" or any(typed.values()):  # whoever types in a time means it, whatever else is chosen
        return _own(typed, known, ZoneInfo(calendar.timezone), now_ms)
    chosen = chosen if chosen in known else USUAL
    from_ms = now_ms + 1 - _LENGTHS_MS.get(chosen, 0)
    if chosen == "shift":
        from_ms = max(_shift_begins(calendar, now_ms), default=now_ms - DAY_MS)
    return Span(Window(from_ms, now_ms + 1), chosen, known, typed)


def of_day(day: date, zone: ZoneInfo) -> Window:
    """A whole day of the plant, by its wall clock."""
    return Window(*(_ms(datetime.combine(one, time()), zone) for one in (day, day + timedelta(days=1))))


def today(zone: ZoneInfo, now_ms: int) -> date:
    return instant(now_ms).astimezone(zone).date()


def _own(typed: dict[str, str], known: tuple[str, ...], zone: ZoneInfo, now_ms: int) -> Span:
    faults: dict[str, str] = {}
    ends = {name: _local(name, typed[name], zone, faults) for name in typed}
    to_ms = now_ms + 1 if ends["to"] is None else ends["to"]
    from_ms = to_ms - _LENGTHS_MS[USUAL] if ends["from"] is None else ends["from"]
    if from_ms >= to_ms and not faults:
        faults["from"] = _("The beginning lies after the end.")
    if faults:
        return Span(Window(now_ms + 1 - _LENGTHS_MS[USUAL], now_ms + 1), "own", known, typed, faults)
    return Span(Window(from_ms, to_ms), "own", known, typed)


def _local(name: str, text: str, zone: ZoneInfo, faults: dict[str, str]) -> int | None:
    if not text:
        return None
    try:
        return _ms(datetime.fromisoformat(text).replace(tzinfo=None), zone)
    except (ValueError, OverflowError):
        faults[name] = _("Write it like 2026-11-24T06:00.")
        return None


def _ms(local: datetime, zone: ZoneInfo) -> int:
    return ms(local.replace(tzinfo=zone).astimezone(UTC))


def _shift_begins(calendar: Calendar, now_ms: int) -> Iterator[int]:
    """When shifts began lately."""
    zone = ZoneInfo(calendar.timezone)
    last = today(zone, now_ms)
    for shift in calendar.shifts:
        for day in (last - timedelta(days=n) for n in range(_DAYS_BACK)):
            begin_ms = _ms(shift.hours(day)[0], zone)
            if shift.is_on(day) and begin_ms <= now_ms:
                yield begin_ms
