"""Whether suppliers delivered when they said they would."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Fact
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.moves import OPEN, State
from kanban_hub.domain.records.promise import PromiseMade

_GONE = (State.IN_TRANSIT, State.FULL)


@dataclass(frozen=True)
class PromiseRow:
    """One promise, held against the first container that left the supplier after it.

    `late_s` is below zero when it was early, and for one that is open how late it is already. `is_kept` is
    `None` while it is open and not yet late.
    """

    supplier: str
    loop: str
    reason: str | None
    promised_at_ms: int
    ready_at_ms: int
    left_at_ms: int | None
    late_s: float | None
    is_kept: bool | None
    is_revised: bool
    events: tuple[int, ...]


@dataclass(frozen=True)
class OnTimeRow:
    """`on_time` = promises kept ÷ promises kept or late, between 0 and 1; `open` ones are neither yet."""

    supplier: str
    loop: str | None
    promises: int
    kept: int
    late: int
    open: int
    revised: int
    on_time: float | None
    events: tuple[int, ...]


def promises(basis: Basis) -> list[PromiseRow]:
    """Every promise made in the window, in their order.

    One that a later one replaced is held against its own time: a date put off is not a date kept.
    """
    by_loop = basis.steps_by_loop()
    made: defaultdict[str, list[tuple[Fact, PromiseMade]]] = defaultdict(list)
    for fact in basis.chronicle.facts():
        if isinstance(fact.event, PromiseMade) and fact.event.loop in by_loop:
            made[fact.event.loop].append((fact, fact.event))
    rows = [row for loop, found in made.items() for row in _rows(basis, found, by_loop[loop])]
    return sorted(rows, key=lambda row: row.promised_at_ms)


def on_time(basis: Basis) -> list[OnTimeRow]:
    """By supplier, over all its loops and for each."""
    groups: defaultdict[tuple[str, str | None], list[PromiseRow]] = defaultdict(list)
    for row in promises(basis):
        groups[row.supplier, None].append(row)
        groups[row.supplier, row.loop].append(row)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], group[0][1] or ""))
    return [_total(*key, rows) for key, rows in ordered]


def _rows(basis: Basis, made: list[tuple[Fact, PromiseMade]], steps: list[Step]) -> Iterator[PromiseRow]:
    gone = sorted((step for step in steps if _has_left(step)), key=lambda step: step.number)
    for place, (fact, promise) in enumerate(made):
        if fact.at_ms in basis.window:
            left = next((step for step in gone if step.number > fact.number), None)
            later = made[place + 1][0].number if place + 1 < len(made) else None
            is_revised = later is not None and (left is None or later < left.number)
            yield _row(basis, fact, promise, left, is_revised=is_revised)


def _has_left(step: Step) -> bool:
    return step.before is not None and step.before.state in OPEN and step.after.state in _GONE


def _row(
    basis: Basis, fact: Fact, promise: PromiseMade, left: Step | None, *, is_revised: bool
) -> PromiseRow:
    late_s = ((left.at_ms if left else basis.now_ms) - promise.ready_ms) / 1000
    is_due = left is not None or late_s > 0
    return PromiseRow(
        supplier=basis.floor.plant.loops[promise.loop or ""].supplier,
        loop=promise.loop or "",
        reason=promise.reason,
        promised_at_ms=fact.at_ms,
        ready_at_ms=promise.ready_ms,
        left_at_ms=left.at_ms if left else None,
        late_s=late_s if is_due else None,
        is_kept=late_s <= 0 if is_due else None,
        is_revised=is_revised,
        events=(fact.number, *([left.number] if left else [])),
    )


def _total(supplier: str, loop: str | None, rows: list[PromiseRow]) -> OnTimeRow:
    kept = sum(row.is_kept is True for row in rows)
    late = sum(row.is_kept is False for row in rows)
    return OnTimeRow(
        supplier=supplier,
        loop=loop,
        promises=len(rows),
        kept=kept,
        late=late,
        open=len(rows) - kept - late,
        revised=sum(row.is_revised for row in rows),
        on_time=kept / (kept + late) if kept + late else None,
        events=tuple(sorted(number for row in rows for number in row.events)),
    )
