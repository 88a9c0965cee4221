"""Facts, in the past tense. They are only appended; cards and calls are what they add up to."""

from dataclasses import dataclass
from typing import ClassVar

from kanban_hub.domain.card import Move, Standing, State
from kanban_hub.domain.moment import Moment


@dataclass(frozen=True)
class Occasion:
    """When an event happened, at which station and by which signal; none of them for the hub's own doing.

    `how` is the signal's kind.
    """

    moment: Moment
    station: str | None = None
    signal: str | None = None
    how: str | None = None


@dataclass(frozen=True)
class Event:
    kind: ClassVar[str]
    loop: str | None


@dataclass(frozen=True)
class CardIssued(Event):
    """A new card with a number never used before."""

    kind: ClassVar[str] = "card_issued"
    card: str
    state: State
    replaces: str | None = None
    is_temporary: bool = False


@dataclass(frozen=True)
class CardMoved(Event):
    kind: ClassVar[str] = "card_moved"
    card: str
    move: Move
    before: State
    after: State


@dataclass(frozen=True)
class CardStood(Event):
    """The card's standing changed."""

    kind: ClassVar[str] = "card_stood"
    card: str
    standing: Standing
    reason: str | None = None


@dataclass(frozen=True)
class CardMadeRegular(Event):
    """The container that it stood in for was scrapped: the replacement takes its place."""

    kind: ClassVar[str] = "card_made_regular"
    card: str


@dataclass(frozen=True)
class CardEnding(Event):
    """The container that it stands in for is good again: the replacement ends when it is next pulled."""

    kind: ClassVar[str] = "card_ending"
    card: str


@dataclass(frozen=True)
class CallRaised(Event):
    kind: ClassVar[str] = "call_raised"
    call: str
    call_kind: str
    station: str
    card: str | None = None
    topic: str | None = None
    raised_by: str | None = None


@dataclass(frozen=True)
class CallMoved(Event):
    """A call was taken, solved or withdrawn."""

    kind: ClassVar[str] = "call_moved"
    call: str
    state: str
    cause: str | None = None


@dataclass(frozen=True)
class PullRepeated(Event):
    """A press or scan that asked for what was asked for already: good news, nothing is queued twice."""

    kind: ClassVar[str] = "pull_repeated"
    card: str | None
    text: str


@dataclass(frozen=True)
class SignalRefused(Event):
    kind: ClassVar[str] = "signal_refused"
    card: str | None
    reason: str
    text: str


@dataclass(frozen=True)
class LoopSet(Event):
    """A loop was defined, or its regular cards became more or fewer."""

    kind: ClassVar[str] = "loop_set"
    cards: int


@dataclass(frozen=True)
class LoopEnded(Event):
    kind: ClassVar[str] = "loop_ended"


EVENT_TYPES: tuple[type[Event], ...] = (
    CardIssued,
    CardMoved,
    CardStood,
    CardMadeRegular,
    CardEnding,
    CallRaised,
    CallMoved,
    PullRepeated,
    SignalRefused,
    LoopSet,
    LoopEnded,
)
KINDS: dict[str, type[Event]] = {event.kind: event for event in EVENT_TYPES}
