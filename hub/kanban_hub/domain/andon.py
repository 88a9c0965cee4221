"""Andon calls: raised, taken, arrived, solved, closed; or rejected, or withdrawn by an undo.

Calls name the station, never a person.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.worktime import WorkTime


class CallKind(StrEnum):
    QUALITY = "quality"  # a container was found bad
    MATERIAL = "material"  # the supplier cannot deliver
    HELP = "help"  # somebody asks for help, without material
    MACHINE = "machine"  # a machine stands or runs badly


class CallState(StrEnum):
    RAISED = "raised"
    TAKEN = "taken"  # somebody has it and is on the way
    ARRIVED = "arrived"  # somebody is there
    SOLVED = "solved"  # work can go on
    CLOSED = "closed"  # and the cause is known
    REJECTED = "rejected"  # it was none: it counts in no mean
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({CallState.RAISED, CallState.TAKEN, CallState.ARRIVED})
# As for the cards: what is not in the table is refused.
CALL_MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.TAKEN: frozenset({CallState.RAISED}),
    CallState.ARRIVED: frozenset({CallState.RAISED, CallState.TAKEN}),
    CallState.SOLVED: OPEN_STATES,
    CallState.CLOSED: frozenset({CallState.SOLVED}),
    CallState.REJECTED: OPEN_STATES,
    CallState.WITHDRAWN: frozenset({CallState.RAISED}),
}
# Those from which the table leads on.
UNFINISHED_STATES = OPEN_STATES | {CallState.SOLVED}


@dataclass(frozen=True)
class AndonCall:
    """`station` is where help is needed and whose red lamp shows it; `raised_by` is who called.

    `level` is how far it has risen in the escalation on the clock that runs now; 0 when not at all.
    `stopped_ms` is when the line was to stop because of it.
    """

    id: str
    kind: CallKind
    station: str
    raised_ms: int
    state: CallState = CallState.RAISED
    loop: str | None = None
    card: str | None = None
    topic: str | None = None
    raised_by: str | None = None
    signal: str | None = None
    taken_ms: int | None = None
    arrived_ms: int | None = None
    ended_ms: int | None = None
    closed_ms: int | None = None
    cause: str | None = None
    level: int = 0
    stopped_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_true(self) -> bool:
        """Whether it counts: it was neither taken back nor found to be none."""
        return self.state not in (CallState.REJECTED, CallState.WITHDRAWN)

    def untaken_s(self, work: WorkTime, now_ms: int) -> float:
        """The first clock: seconds of working time until somebody took it, or until it ended without."""
        return work.between_s(self.raised_ms, _first(self.taken_ms, self.ended_ms, now_ms))

    def unsolved_s(self, work: WorkTime, now_ms: int) -> float | None:
        """The second clock: seconds of working time from the taking to the end; `None` before the taking."""
        if self.taken_ms is None:
            return None
        return work.between_s(self.taken_ms, _first(self.ended_ms, now_ms))

    def open_s(self, work: WorkTime, now_ms: int) -> float:
        """Seconds of working time from the raising to the end."""
        return work.between_s(self.raised_ms, _first(self.ended_ms, now_ms))

    def check(self, target: CallState) -> None:
        if self.state not in CALL_MOVES[target]:
            raise DomainError(Reason.NOT_ALLOWED, f"call {self.id} is {self.state}", self.card)

    def moved(self, target: CallState, at_ms: int, cause: str | None = None) -> "AndonCall":
        """The call in the state `target`. When it is taken its first clock stops and the second begins."""
        changes: dict[str, Any] = {}
        if target in (CallState.TAKEN, CallState.ARRIVED) and self.taken_ms is None:
            changes = {"taken_ms": at_ms, "level": 0}
        if target is CallState.ARRIVED:
            changes["arrived_ms"] = at_ms
        elif target is CallState.CLOSED:
            changes["closed_ms"] = at_ms
        elif target not in OPEN_STATES:
            changes["ended_ms"] = at_ms
        return replace(self, state=target, cause=cause or self.cause, **changes)


def _first(*times_ms: int | None) -> int:
    return next(at_ms for at_ms in times_ms if at_ms is not None)
