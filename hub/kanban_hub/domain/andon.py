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

    def check(self, target: CallState) -> None:
        if self.state not in CALL_MOVES[target]:
            raise DomainError(Reason.NOT_ALLOWED, f"call {self.id} is {self.state}", self.card)

    def moved(self, target: CallState, at_ms: int, cause: str | None = None) -> "AndonCall":
        if target is CallState.TAKEN:
            return replace(self, state=target, taken_ms=at_ms)
        return replace(self, state=target, ended_ms=at_ms, cause=cause)
