"""How long to wait before the next attempt: exponential, spread, and capped. Pure."""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Delays of attempt 0, 1, 2 … in seconds.

    Twenty stations that lose one broker at one instant would all be back at one instant, and again after
    each refusal; so the delay is drawn from a span, not computed ("full jitter", with a floor).
    """

    first_s: float = 0.5
    longest_s: float = 20.0
    factor: float = 1.7
    # A refused password does not get better by asking every second; brokers lock out who hammers.
    refused_s: float = 60.0

    def delay_s(self, attempt: int, draw: Callable[[], float] = random.random) -> float:
        """A delay between half of the first and the attempt's limit; `draw` gives numbers in [0, 1)."""
        limit_s = min(self.longest_s, self.first_s * self.factor ** min(attempt, 50))
        floor_s = self.first_s / 2
        return floor_s + (limit_s - floor_s) * draw()
