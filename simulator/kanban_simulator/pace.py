"""How fast the people of the scripted shift are, in seconds of the shift."""

from dataclasses import dataclass, replace

HANDS_REAL_S = 0.25
"""A hand waits at least this long in real time, so that it sees what its last press did."""


@dataclass(frozen=True)
class Pace:
    """The defaults keep every station of the demo plant below its capacity."""

    customer_s: float = 7.0  # between two containers that the customer takes
    piece_s: float = 0.3  # to make one piece
    travel_s: float = 3.0  # from supplier to consumer
    hands_s: float = 0.7  # between two presses or scans of one person
    rescan_s: float = 8.0  # a container that is still under way for the lamps is scanned again
    fail_share: float = 0.04  # of the containers that arrive
    take_s: float = 6.0  # until somebody takes a call
    solve_s: float = 10.0  # until it is solved
    judge_s: float = 5.0  # until the quality role says what becomes of the container
    scrap_share: float = 0.7  # of the containers judged; the others are good after all

    def at(self, speed: float) -> "Pace":
        """The pace for a shift that runs `speed` times as fast as real time."""
        return replace(self, hands_s=max(self.hands_s, HANDS_REAL_S * speed))
