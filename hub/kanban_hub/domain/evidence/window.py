"""The time that a figure looks at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """From `from_ms` until just before `to_ms`, by the hub's steady clock."""

    from_ms: int
    to_ms: int

    def __contains__(self, at_ms: int) -> bool:
        return self.from_ms <= at_ms < self.to_ms

    def clipped(self, from_ms: int, to_ms: int) -> "Window":
        """What of the time between two instants lies in the window; of no length when nothing does."""
        begin_ms = min(max(self.from_ms, from_ms), self.to_ms)
        return Window(begin_ms, max(begin_ms, min(self.to_ms, to_ms)))

    @property
    def length_s(self) -> float:
        return (self.to_ms - self.from_ms) / 1000
