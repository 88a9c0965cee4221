"""How long a contact bounces: raw edges in, bursts and the debounce time that they call for out. Pure.

Ganssle pressed 18 kinds of switch 300 times each: 16 of them bounced for 1.6 ms on average and never longer
than 6.2 ms (J. Ganssle, A Guide to Debouncing, www.ganssle.com/debouncing.htm). So what bounces for much
longer is worn, and what a few presses show is not yet the worst.
"""

from dataclasses import dataclass
from math import ceil

QUIET_S = 0.05
"""A level that stands so long is settled. Shorter than a press of a hand, which lasts 60 ms and more."""
SAFETY = 2
"""The longest of a few bounces is not the longest of a year."""
LEAST_MS = 13
"""Twice the longest of Ganssle's ordinary switches, whatever a few presses have shown."""
MOST_MS = 50
"""A press has to be answered within 100 ms, and bounce, debounce and the store share them."""


@dataclass(frozen=True)
class Burst:
    """Edges that belong together: from the first until the level stands. `closed` is that level.

    A spike ends as it began: nobody has pressed, the wire has caught a disturbance.
    """

    closed: bool
    began_s: float
    length_s: float
    edges: int
    is_spike: bool = False


class Recorder:
    """The bursts of one contact. The kernel stamps the edges, so lengths are true to a fraction of 1 ms."""

    def __init__(self, closed: bool) -> None:
        self.is_closed = closed
        self._level = closed
        self._times_s: list[float] = []

    def feed(self, closed: bool, at_s: float) -> list[Burst]:
        """Take a raw edge, and return the burst that had ended before it."""
        found = self.advance(at_s)
        self._level = closed
        self._times_s.append(at_s)
        return found

    def advance(self, at_s: float) -> list[Burst]:
        """Let time pass: the burst that has ended by now, if one has."""
        due_s = self.due_s()
        if due_s is None or at_s < due_s:
            return []
        first_s, last_s = self._times_s[0], self._times_s[-1]
        is_spike = self._level == self.is_closed
        burst = Burst(self._level, first_s, last_s - first_s, len(self._times_s), is_spike)
        self.is_closed = self._level
        self._times_s.clear()
        return [burst]

    def due_s(self) -> float | None:
        """When the present burst ends if no edge comes, or None."""
        return self._times_s[-1] + QUIET_S if self._times_s else None


def longest_s(bursts: list[Burst]) -> float:
    """The longest bounce, seconds; spikes are none."""
    return max((burst.length_s for burst in bursts if not burst.is_spike), default=0.0)


def debounce_ms(bounce_s: float) -> int | None:
    """The debounce time for contacts that bounce for `bounce_s` at most; None for those to be replaced.

    Rule: twice the longest bounce, at least 13 ms, at most 50 ms; the reasons stand at the constants.
    """
    wanted_ms = max(LEAST_MS, ceil(round(bounce_s * SAFETY * 1000, 6)))
    return wanted_ms if wanted_ms <= MOST_MS else None
