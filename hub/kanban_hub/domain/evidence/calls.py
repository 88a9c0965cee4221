"""The andon calls of the last time, each with what was done about it. They name stations, never people."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kanban_hub.domain.events import CallMoved, CallRaised
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Fact

# A call taken back, or that was none: it was never to be answered.
NO_CALL = frozenset({"withdrawn", "rejected"})


@dataclass(slots=True)
class Story:
    """One call: how it was raised, and by state when it came there first."""

    fact: Fact
    raised: CallRaised
    moves: dict[str, Fact] = field(default_factory=dict)
    cause: str | None = None

    @property
    def is_call(self) -> bool:
        return not (NO_CALL & self.moves.keys())

    def events(self) -> tuple[int, ...]:
        return (self.fact.number, *(moved.number for moved in self.moves.values()))


def stories(basis: Basis) -> Iterator[Story]:
    """Every call raised in the window, with all that followed until now."""
    found: dict[str, Story] = {}
    for fact in basis.chronicle.facts():
        match fact.event:
            case CallRaised() if fact.at_ms in basis.window:
                found[fact.event.call] = Story(fact, fact.event)
            case CallMoved() if fact.event.call in found:
                story = found[fact.event.call]
                story.moves.setdefault(fact.event.state, fact)
                story.cause = fact.event.cause or story.cause
    return iter(found.values())
