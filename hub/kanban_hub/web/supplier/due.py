"""What is due on which day: when the plant would run dry without the container."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from kanban_hub.domain.stock import rate, stock_pieces
from kanban_hub.web.supplier.desk import Desk

_HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Due:
    number: str
    pieces: int
    card: str
    due_ms: int


@dataclass(frozen=True)
class DueDay:
    """`is_now`: the plant has run dry already, or does so today."""

    date: date
    is_now: bool
    dues: tuple[Due, ...]


def due_days(desk: Desk) -> tuple[DueDay, ...]:
    """All that is asked for, by the day of the plant's clock; what is due before today counts as today's."""
    today = _date(desk, desk.now_ms)
    dues = sorted(
        (due for part in desk.parts() for due in _dues(desk, part.loop)), key=lambda due: due.due_ms
    )
    days = groupby(dues, key=lambda due: max(today, _date(desk, due.due_ms)))
    return tuple(DueDay(day, day == today, tuple(found)) for day, found in days)


def _dues(desk: Desk, loop_id: str) -> list[Due]:
    """The first container is due when the stock is used up, the next when that container is too."""
    loop = desk.loops[loop_id]
    pieces, per_hour, found = stock_pieces(desk.floor, loop), rate(desk.floor, loop).per_hour, []
    for card in desk.asked(loop_id):
        due_ms = desk.now_ms + round(pieces / per_hour * _HOUR_MS)
        found.append(Due(desk.number(loop), desk.quantity(card), card.id, due_ms))
        pieces += desk.quantity(card)
    return found


def _date(desk: Desk, at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000, desk.zone).date()
