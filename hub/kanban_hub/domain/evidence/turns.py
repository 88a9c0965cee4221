"""How often a loop's cards go round."""

from dataclasses import dataclass

from kanban_hub.domain.balance import balance
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.plant import KanbanLoop


@dataclass(frozen=True)
class TurnsRow:
    """`turns` = pieces emptied in the window ÷ pieces that the regular cards stand for.

    `days` is how much of the window is known.
    """

    loop: str
    item: str
    cards: int
    pulls: int
    pieces: int
    days: float
    turns: float | None
    turns_per_day: float | None
    events: tuple[int, ...]


def turns(basis: Basis) -> list[TurnsRow]:
    """By loop. Inventory turns are what was used over what stands there."""
    cards = {sheet.loop: sheet.regular for sheet in balance(basis.floor)}
    pulls: dict[str, list[int]] = {loop: [] for loop in basis.floor.plant.loops}
    for step in basis.chronicle.steps():
        if step.is_pull and step.at_ms in basis.window and step.loop in pulls:
            pulls[step.loop].append(step.number)
    loops = basis.floor.plant.loops.values()
    return [_row(basis, loop, cards.get(loop.id, 0), pulls[loop.id]) for loop in loops]


def _row(basis: Basis, loop: KanbanLoop, cards: int, pulls: list[int]) -> TurnsRow:
    known = basis.window.clipped(basis.chronicle.from_ms or basis.now_ms, basis.now_ms)
    days = known.length_s * 1000 / DAY_MS
    pieces = len(pulls) * loop.container_quantity
    times = pieces / (cards * loop.lot_quantity) if cards else None
    return TurnsRow(
        loop=loop.id,
        item=loop.item,
        cards=cards,
        pulls=len(pulls),
        pieces=pieces,
        days=days,
        turns=times,
        turns_per_day=times / days if times is not None and days else None,
        events=tuple(pulls),
    )
