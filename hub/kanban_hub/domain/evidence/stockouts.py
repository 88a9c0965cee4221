"""From when to when a consumer had no full container that it could use."""

from collections.abc import Iterable
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind


@dataclass(frozen=True)
class StockOut:
    """One spell without stock. `ended` is `None` while it lasts."""

    began: Step
    ended: Step | None


@dataclass(frozen=True)
class StockOutRow:
    """One stock-out of a loop, with its length inside the window."""

    loop: str
    item: str
    consumer: str
    supplier: str
    began_at_ms: int
    ended_at_ms: int | None
    hours: float
    working_hours: float | None
    is_open: bool
    events: tuple[int, ...]


@dataclass(frozen=True)
class StockOutTotalRow:
    """All stock-outs of a loop in the window; `open_since_at_ms` where it has none now."""

    loop: str
    item: str
    consumer: str
    count: int
    hours: float
    working_hours: float | None
    open_since_at_ms: int | None
    events: tuple[int, ...]


def stock_outs(basis: Basis) -> list[StockOutRow]:
    """Every stock-out that touches the window, in the order in which they began."""
    by_loop = basis.steps_by_loop()
    rows = [
        _row(basis, loop, spell)
        for loop in _stocked(basis)
        for spell in _spells(basis, loop, by_loop[loop.id])
        if _touches(basis, spell)
    ]
    return sorted(rows, key=lambda row: (row.began_at_ms, row.loop))


def stock_out_totals(basis: Basis) -> list[StockOutTotalRow]:
    """Count and hours by loop; a loop without any has a row too."""
    rows = stock_outs(basis)
    return [_total(basis, loop, [row for row in rows if row.loop == loop.id]) for loop in _stocked(basis)]


def _stocked(basis: Basis) -> list[KanbanLoop]:
    """Loops of one-time cards are to be empty most of the time: they are never out of stock."""
    return [loop for loop in basis.floor.plant.loops.values() if loop.kind is not LoopKind.EVENT]


def _spells(basis: Basis, loop: KanbanLoop, steps: Iterable[Step]) -> list[StockOut]:
    """Each spell begins with the step that took the last usable container.

    A spell already there at the beginning is not told: nobody knows any more when it began.
    """
    here = _usable(basis, loop)
    found: list[StockOut] = []
    for step in steps:
        had_stock = bool(here)
        is_usable = _has_stock(step, step.card in here) if loop.is_signal else step.after.is_usable
        (here.add if is_usable else here.discard)(step.card)
        if had_stock and not here:
            found.append(StockOut(step, None))
        elif here and found and found[-1].ended is None:
            found[-1] = StockOut(found[-1].began, step)
    return found


def _has_stock(step: Step, had_stock: bool) -> bool:
    """The stock of a signal loop stands on its card, on whatever way that is."""
    can_give = step.after.standing is Standing.ACTIVE and step.after.state is not State.QUARANTINED
    return can_give and (had_stock if step.pieces is None else step.pieces > 0)


def _usable(basis: Basis, loop: KanbanLoop) -> set[str]:
    """The cards that could be emptied before the first step."""
    known = basis.chronicle.opening().items()
    return {card for card, (of_loop, place) in known if of_loop == loop.id and place.is_usable}


def _touches(basis: Basis, spell: StockOut) -> bool:
    ended_ms = spell.ended.at_ms if spell.ended else basis.now_ms
    return spell.began.at_ms < basis.window.to_ms and ended_ms >= basis.window.from_ms


def _row(basis: Basis, loop: KanbanLoop, spell: StockOut) -> StockOutRow:
    ended = spell.ended
    within = basis.window.clipped(spell.began.at_ms, ended.at_ms if ended else basis.now_ms)
    working_s = basis.working_s(loop.consumer, within.from_ms, within.to_ms)
    return StockOutRow(
        loop=loop.id,
        item=loop.item,
        consumer=loop.consumer,
        supplier=loop.supplier,
        began_at_ms=spell.began.at_ms,
        ended_at_ms=ended.at_ms if ended else None,
        hours=within.length_s / 3600,
        working_hours=None if working_s is None else working_s / 3600,
        is_open=ended is None,
        events=(spell.began.number, *([ended.number] if ended else [])),
    )


def _total(basis: Basis, loop: KanbanLoop, rows: list[StockOutRow]) -> StockOutTotalRow:
    has_shifts = bool(basis.floor.plant.calendar.shifts)
    return StockOutTotalRow(
        loop=loop.id,
        item=loop.item,
        consumer=loop.consumer,
        count=len(rows),
        hours=sum(row.hours for row in rows),
        working_hours=sum(row.working_hours or 0.0 for row in rows) if has_shifts else None,
        open_since_at_ms=next((row.began_at_ms for row in rows if row.is_open), None),
        events=tuple(number for row in rows for number in row.events),
    )
