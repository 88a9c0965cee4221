"""The order to bring stations to a release, a few at a time: what was wanted, and how far each station is."""

from dataclasses import dataclass
from enum import StrEnum

STATIONS_MOST = 1_000


class RolloutState(StrEnum):
    """`stopped` by the first failure, `aborted` by somebody."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    ABORTED = "aborted"


class TurnState(StrEnum):
    """`waiting` for its turn, or until it may be asked; `proving`: it runs the release and is watched."""

    WAITING = "waiting"
    ASKED = "asked"
    UNDER_WAY = "under_way"
    PROVING = "proving"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Turn:
    """One station in a rollout. Times are of the hub's steady clock.

    `since_ms` is when its state began, `asked_ms` when it was first asked, `tries` how often. `before` is
    what it had to say of an earlier order. `fault` is why it failed: one of the contract, `silent` or `late`.
    """

    station: str
    wave: int
    state: TurnState = TurnState.WAITING
    since_ms: int | None = None
    asked_ms: int | None = None
    tries: int = 0
    before: str | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Rollout:
    """`prove_ms` is how long a station has to run the release, in one piece, before the next wave begins."""

    number: int
    release: int
    turns: tuple[Turn, ...]
    prove_ms: int
    force: bool
    made_ms: int
    state: RolloutState = RolloutState.RUNNING
    ended_ms: int | None = None

    @property
    def wave(self) -> int | None:
        """The wave that is on its way; None when all are through."""
        return min((turn.wave for turn in self.turns if turn.state is not TurnState.DONE), default=None)


def turns_of(stations: list[str], first: int, size: int) -> tuple[Turn, ...]:
    """`stations` in waves: `first` of them, then `size` at a time."""
    return tuple(
        Turn(station, 1 if index < first else 2 + (index - first) // size)
        for index, station in enumerate(stations)
    )
