"""Whether the orders swing more the further they are from the customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.demand import Demand, demand
from kanban_hub.domain.evidence.step import Step

BUCKETS = 20
_ROUNDING = 1e-12  # a variance so small is what floating point makes of none


@dataclass(frozen=True)
class BullwhipRow:
    """The orders of a tier to the one above it, against the pulls of the end customer.

    Amounts are hours of planned consumption, so that screws and frames weigh alike; mean and variance are
    those of a bucket. `index` is `None` while the end customer pulled fewer than twenty times, or always
    the same in each bucket.
    """

    tier: int
    buckets: int
    bucket_s: float
    demand_mean_h: float
    demand_variance_h2: float
    orders_mean_h: float
    orders_variance_h2: float
    index: float | None
    events: tuple[int, ...]


def bullwhip(basis: Basis) -> list[BullwhipRow]:
    """Index = (variance ÷ mean of the orders) ÷ (variance ÷ mean of the end demand), over equal buckets.

    The measure of Disney and Towill, "The effect of vendor managed inventory (VMI) dynamics on the Bullwhip
    Effect in supply chains", 2003, after Chen, Drezner, Ryan and Simchi-Levi, 2000: above 1 the swing grows.
    """
    real = demand(basis)
    if real is None:
        return []
    ends = real.chain[0]
    pulls = {loop.id: real.pulls(loop.id) for loop in ends}
    taken = _buckets(real, pulls, {loop.id: loop.container_quantity / loop.rate_per_hour for loop in ends})
    has_enough = sum(len(steps) for steps in pulls.values()) >= BUCKETS
    return [_row(real, tier, taken, has_enough=has_enough) for tier in real.chain]


def _row(real: Demand, tier: int, taken: list[float], *, has_enough: bool) -> BullwhipRow:
    loops = real.chain[tier]
    requests = {loop.id: real.requests(loop.id) for loop in loops}
    orders = _buckets(real, requests, {loop.id: loop.lot_quantity / loop.rate_per_hour for loop in loops})
    (demand_mean, demand_variance), (mean, variance) = _moments(taken), _moments(orders)
    index = None
    if has_enough and demand_variance > _ROUNDING * demand_mean**2 and mean:
        index = (variance / mean) / (demand_variance / demand_mean)
    return BullwhipRow(
        tier=tier,
        buckets=BUCKETS,
        bucket_s=real.span_s / BUCKETS,
        demand_mean_h=demand_mean,
        demand_variance_h2=demand_variance,
        orders_mean_h=mean,
        orders_variance_h2=variance,
        index=index,
        events=tuple(sorted(step.number for steps in requests.values() for step in steps)),
    )


def _buckets(real: Demand, steps: dict[str, list[Step]], hours: dict[str, float]) -> list[float]:
    """By bucket, the planned hours on the mean over the loops; `hours` are those of one step of each."""
    found = [0.0] * BUCKETS
    for loop, taken in steps.items():
        for step in taken:
            found[_bucket(real, step.at_ms)] += hours[loop] / len(steps)
    return found


def _bucket(real: Demand, at_ms: int) -> int:
    """The last bucket ends with the last pull, which belongs to it."""
    return min(BUCKETS - 1, (at_ms - real.from_ms - 1) * BUCKETS // (real.to_ms - real.from_ms))


def _moments(values: Sequence[float]) -> tuple[float, float]:
    """Mean and variance of the sample, with n - 1."""
    mean = sum(values) / len(values)
    return mean, sum((value - mean) ** 2 for value in values) / (len(values) - 1)
