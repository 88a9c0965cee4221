"""The pace of the end customer, and how well each tier of the chain keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.demand import Demand, demand
from kanban_hub.domain.plant import KanbanLoop


@dataclass(frozen=True)
class PaceRow:
    """The pulls of a tier, or of one loop in it, against the end customer's.

    `takt_s` is seconds per piece. `expected_pieces` = planned consumption x the end customer's pulls ÷
    their plan: how many pieces of an item go into one at the end is taken from the planned rates.
    `deviation` = pieces ÷ expected - 1: 0 keeps the pace, 0.1 pulls a tenth more than the customer needs.
    """

    tier: int
    loop: str | None
    pulls: int
    pieces: int
    span_s: float
    working_s: float | None
    takt_s: float | None
    expected_pieces: float
    deviation: float
    events: tuple[int, ...]


def pace(basis: Basis) -> list[PaceRow]:
    """Each tier and its loops; empty while the end customer has not pulled at two times.

    Takt time is working time over what the customer takes in it (Rother and Shook, "Learning to See",
    1998), here by real pulls. Where no working time is known all time counts, nights too.
    """
    real = demand(basis)
    if real is None:
        return []
    working_s = basis.working_s(real.chain[0][0].consumer, real.from_ms, real.to_ms)
    rows: list[PaceRow] = []
    for tier, loops in real.chain.items():
        rows.append(_row(real, tier, loops, working_s))
        rows += [_row(real, tier, [loop], working_s, loop.id) for loop in loops]
    return rows


def _row(
    real: Demand, tier: int, loops: Sequence[KanbanLoop], working_s: float | None, name: str | None = None
) -> PaceRow:
    pulls = {loop.id: [step.number for step in real.pulls(loop.id)] for loop in loops}
    pieces = sum(loop.container_quantity * len(pulls[loop.id]) for loop in loops)
    expected = sum(loop.rate_per_hour for loop in loops) * real.span_s / 3600 * real.factor
    span_s = real.span_s if working_s is None else working_s
    return PaceRow(
        tier=tier,
        loop=name,
        pulls=sum(len(numbers) for numbers in pulls.values()),
        pieces=pieces,
        span_s=real.span_s,
        working_s=working_s,
        takt_s=span_s / pieces if pieces else None,
        expected_pieces=expected,
        deviation=pieces / expected - 1,
        events=tuple(sorted(number for numbers in pulls.values() for number in numbers)),
    )
