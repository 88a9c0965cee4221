"""Andon calls: raised, taken, solved, or withdrawn by an undo. Calls name the station, never a person."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kanban_hub.domain.errors import DomainError, Reason


class CallKind(StrEnum):
    QUALITY = "quality"  # a container was found bad
    MATERIAL = "material"  # the supplier cannot deliver
    HELP = "help"  # somebody asks for help, without material


class CallState(StrEnum):
    RAISED = "raised"
    TAKEN = "taken"
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"


# As for the cards: what is not in the table is refused.
CALL_MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.TAKEN: frozenset({CallState.RAISED}),
    CallState.SOLVED: frozenset({CallState.RAISED, CallState.TAKEN}),
    CallState.WITHDRAWN: frozenset({CallState.RAISED}),
}


# The two clocks of a call: until somebody takes it, and until it is solved from then on.
TAKE_WITHIN_S = 300
SOLVE_WITHIN_S = 1800


@dataclass(frozen=True)
class AndonCall:
    """`station` is where help is needed and whose red lamp shows it; `raised_by` is who called."""

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
    ended_ms: int | None = None
    cause: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (CallState.RAISED, CallState.TAKEN)

    def is_escalated(self, now_ms: int) -> bool:
        """Whether one of the two clocks has run out: nobody took it, or whoever took it cannot solve it."""
        if self.state is CallState.RAISED:
            return now_ms - self.raised_ms >= TAKE_WITHIN_S * 1000
        taken_ms = self.raised_ms if self.taken_ms is None else self.taken_ms
        return self.is_open and now_ms - taken_ms >= SOLVE_WITHIN_S * 1000

    def check(self, target: CallState) -> None:
        if self.state not in CALL_MOVES[target]:
            raise DomainError(Reason.NOT_ALLOWED, f"call {self.id} is {self.state}", self.card)

    def moved(self, target: CallState, at_ms: int, cause: str | None = None) -> "AndonCall":
        if target is CallState.TAKEN:
            return replace(self, state=target, taken_ms=at_ms)
        return replace(self, state=target, ended_ms=at_ms, cause=cause)
