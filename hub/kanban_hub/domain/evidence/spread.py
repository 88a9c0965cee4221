"""How durations lie: count, mean, median, the ninth of ten."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """In seconds; `None` where there is no duration at all."""

    count: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None


def spread(durations_s: Sequence[float]) -> Spread:
    ordered = sorted(durations_s)
    if not ordered:
        return Spread(0, None, None, None)
    mean_s = sum(ordered) / len(ordered)
    return Spread(len(ordered), mean_s, quantile(ordered, 0.5), quantile(ordered, 0.9))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the `ordered` values lie; there must be one at least.

    Interpolated between the two nearest: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
    Packages", 1996, which spreadsheets call PERCENTILE.INC.
    """
    at = (len(ordered) - 1) * share
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
