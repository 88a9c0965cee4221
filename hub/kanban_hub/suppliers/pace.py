"""How fast a plant empties containers, by the day: a supplier plans by it before the signal comes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from kanban_hub.domain.events import CardMoved
from kanban_hub.domain.moves import Move, State
from kanban_hub.evidence import last_before
from kanban_hub.ports import EventFilter, RecordedEvent, View

DAYS = 14
_PAGE = 1_000
_PULLED_TO = (State.FULL, State.REQUESTED, State.COLLECTING)


@dataclass(frozen=True)
class Day:
    """`pulls` are containers emptied on `date`, less those that were taken back."""

    date: date
    pulls: int


def pulls_by_day(view: View, loop: str, zone: tzinfo, now_ms: int) -> tuple[Day, ...]:
    """The last `DAYS` days by the clock of `zone`, today last."""
    today = _date(now_ms, zone)
    first = today - timedelta(days=DAYS - 1)
    begin_ms = int(datetime.combine(first, datetime.min.time(), zone).timestamp() * 1000)
    pulls: Counter[date] = Counter()
    for recorded in _since(view, loop, begin_ms):
        pulls[_date(recorded.occasion.moment.at_ms, zone)] += _count(recorded)
    days = (first + timedelta(days=ahead) for ahead in range(DAYS))
    return tuple(Day(day, max(0, pulls[day])) for day in days)


def _count(recorded: RecordedEvent) -> int:
    event = recorded.event
    if not isinstance(event, CardMoved):
        return 0
    if event.move is Move.UNDO:
        # Only a pull is taken back to full from there, and only a container taken changes no state.
        is_pull = event.after is State.FULL and event.before in _PULLED_TO
        return -1 if is_pull or event.before is event.after else 0
    return 1 if event.move in (Move.PULL, Move.TAKE) else 0


def _since(view: View, loop: str, begin_ms: int) -> Iterator[RecordedEvent]:
    after = last_before(view, begin_ms)
    while page := view.events(EventFilter(after=after, limit=_PAGE, loop=loop)):
        yield from page
        after = page[-1].number


def _date(at_ms: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at_ms / 1000, zone).date()
