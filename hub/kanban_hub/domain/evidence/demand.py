"""What the end customer really takes: the pulls at the end of the chain, and the time that they span."""

from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.evidence.tiers import loops_by_tier
from kanban_hub.domain.plant import KanbanLoop


@dataclass(frozen=True)
class Demand:
    """The chain by tier, and its steps after the end customer's first pull until the last in the window.

    `factor` is what the end customer took ÷ the planned consumption of the end's loops in that time.
    """

    chain: dict[int, list[KanbanLoop]]
    from_ms: int
    to_ms: int
    steps: dict[str, list[Step]]
    factor: float

    @property
    def span_s(self) -> float:
        return (self.to_ms - self.from_ms) / 1000

    def pulls(self, loop: str) -> list[Step]:
        """The containers emptied, by the time of the pull."""
        return [step for step in self.steps[loop] if step.is_pull]

    def requests(self, loop: str) -> list[Step]:
        """The containers asked of the supplier: batches all at once."""
        return [step for step in self.steps[loop] if step.is_request]


def demand(basis: Basis) -> Demand | None:
    """`None` while there is no end of the chain, or it has not pulled at two times."""
    chain = loops_by_tier(basis.floor.plant)
    steps = basis.steps_by_loop()
    ends = [loop.id for loop in chain.get(0, [])]
    times_ms = [
        step.at_ms for loop in ends for step in steps[loop] if step.is_pull and step.at_ms in basis.window
    ]
    if not times_ms or min(times_ms) == max(times_ms):
        return None
    from_ms, to_ms = min(times_ms), max(times_ms)
    within = {loop: [s for s in found if from_ms < s.at_ms <= to_ms] for loop, found in steps.items()}
    hours = (to_ms - from_ms) / 3_600_000
    planned = sum(loop.rate_per_hour for loop in chain[0]) * hours
    taken = Demand(chain, from_ms, to_ms, within, 0.0)
    pieces = sum(loop.container_quantity * len(taken.pulls(loop.id)) for loop in chain[0])
    return Demand(chain, from_ms, to_ms, within, pieces / planned)
