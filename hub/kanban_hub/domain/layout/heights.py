"""How high each node of a column stands: near its neighbours, never on another."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from kanban_hub.domain.layout.sweeps import Columns

PASSES = 4


def heights(
    columns: Columns, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """The height of each node in rows, the order of each column kept and a row between any two."""
    height = {node: at - (len(column) - 1) / 2 for column in columns for at, node in enumerate(column)}
    for turn in range(PASSES):
        way, neighbours = (columns, before) if turn % 2 == 0 else (columns[::-1], after)
        for column in way:
            near = [[height[one] for one in neighbours.get(node, ())] for node in column]
            wanted = [_mean(places, height[node]) for node, places in zip(column, near, strict=True)]
            height |= dict(zip(column, apart(wanted), strict=True))
    return height


def apart(wanted: Sequence[float], steps: Sequence[float] | None = None) -> list[float]:
    """The rising places nearest to `wanted` (least squares) that stand far enough apart.

    `steps` are the least distances from each to the next; 1 where none are given. Less the sum of the steps
    before it each place must only not fall: the pool-adjacent-violators algorithm (Ayer, Brunk, Ewing, Reid
    and Silverman, 1955).
    """
    before = list(accumulate(steps if steps is not None else [1.0] * (len(wanted) - 1), initial=0.0))
    pools: list[tuple[float, int]] = []  # mean and how many
    for at, place in enumerate(wanted):
        mean, count = place - before[at], 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + before[at] for at, mean in enumerate(flat)]


def _mean(places: Sequence[float], own: float) -> float:
    return sum(places) / len(places) if places else own
