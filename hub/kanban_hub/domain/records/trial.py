"""Another number of cards for a time: it goes back by itself unless somebody keeps it."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class TrialStarted(RecordEvent):
    """The loop has `cards` until `until_ms`, and `cards_before` again after it."""

    kind: ClassVar[str] = "trial_started"
    record: ClassVar[str] = "trial"
    cards_before: int
    cards: int
    until_ms: int
    reason: str


@dataclass(frozen=True)
class TrialEnded(RecordEvent):
    """The loop has `cards` from now on. `is_kept` when they are those that were tried."""

    kind: ClassVar[str] = "trial_ended"
    record: ClassVar[str] = "trial"
    cards: int
    is_kept: bool


@dataclass(frozen=True)
class Trial(Record):
    """The latest trial of a loop; the id is the loop's. `is_kept` is none while it runs."""

    kind: ClassVar[str] = "trial"
    cards_before: int
    cards: int
    until_ms: int
    reason: str
    started_ms: int
    ended_ms: int | None = None
    is_kept: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_ms is None

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, TrialStarted):
            raise TypeError(event)
        return cls(
            event.record_id,
            event.cards_before,
            event.cards,
            event.until_ms,
            event.reason,
            occasion.moment.at_ms,
        )

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, TrialEnded):
            return self.first(event, occasion)
        return replace(self, ended_ms=occasion.moment.at_ms, is_kept=event.is_kept)
