"""Facts, in the past tense. They are only appended; cards and calls are what they add up to."""

from dataclasses import dataclass
from typing import ClassVar

from kanban_hub.domain.card import Contents
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Standing, State


@dataclass(frozen=True)
class Occasion:
    """When an event happened, at which station and by which signal; none of them for the hub's own doing.

    `how` is the signal's kind. `role` is whose order it was, where no station signalled.
    """

    moment: Moment
    station: str | None = None
    signal: str | None = None
    how: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Event:
    kind: ClassVar[str]
    loop: str | None


@dataclass(frozen=True)
class CardIssued(Event):
    """A new card with a number never used before. `succeeds` is the void card whose place it takes."""

    kind: ClassVar[str] = "card_issued"
    card: str
    state: State
    replaces: str | None = None
    is_temporary: bool = False
    quantity: int | None = None
    cycles_left: int | None = None
    expires_ms: int | None = None
    reason: str | None = None
    succeeds: str | None = None


@dataclass(frozen=True)
class CardMoved(Event):
    """`contents` is there when the move says what is in the container now."""

    kind: ClassVar[str] = "card_moved"
    card: str
    move: Move
    before: State
    after: State
    contents: Contents | None = None


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
class CardCounted(Event):
    """Somebody counted, or said of which lot it is."""

    kind: ClassVar[str] = "card_counted"
    card: str
    contents: Contents


@dataclass(frozen=True)
class CardObsoleted(Event):
    """The loop's container quantity has changed: what is printed on the card no longer holds.

    `quantity` is what the card stands for until it is exchanged at its next pull.
    """

    kind: ClassVar[str] = "card_obsoleted"
    card: str
    quantity: int


@dataclass(frozen=True)
class CardSuspected(Event):
    """The container may have the fault of `sister`, which failed: it is held wherever it stands."""

    kind: ClassVar[str] = "card_suspected"
    card: str
    sister: str


@dataclass(frozen=True)
class PulledTooFast(Event):
    """A pull sooner after the one before than the parts could be used up. Taken all the same."""

    kind: ClassVar[str] = "pulled_too_fast"
    card: str
    after_s: float
    least_s: float


@dataclass(frozen=True)
class CallEvent(Event):
    """A fact about an andon call."""

    call: str


@dataclass(frozen=True)
class CallRaised(CallEvent):
    kind: ClassVar[str] = "call_raised"
    call_kind: str
    station: str
    card: str | None = None
    topic: str | None = None
    raised_by: str | None = None


@dataclass(frozen=True)
class CallMoved(CallEvent):
    """Somebody took it, arrived, solved, closed or rejected it; or it was withdrawn."""

    kind: ClassVar[str] = "call_moved"
    state: str
    cause: str | None = None


@dataclass(frozen=True)
class CallEscalated(CallEvent):
    """The clock that runs on it has run out once more."""

    kind: ClassVar[str] = "call_escalated"
    level: int


@dataclass(frozen=True)
class LineStopped(CallEvent):
    """The call was not solved within the takt of the station, or was one fail too many: the line stops."""

    kind: ClassVar[str] = "line_stopped"
    station: str


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
class RecordEvent(Event):
    """A fact about something other than a card or a call, kept as a record of the floor."""

    record: ClassVar[str]

    @property
    def record_id(self) -> str:
        """Which record of its kind; the loop's, where there is one a loop."""
        return self.loop or ""
