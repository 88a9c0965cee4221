"""When the supplier of a loop will have the next container ready, as it said."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class PromiseMade(RecordEvent):
    """The supplier says when the next container of the loop is ready; a later word replaces it."""

    kind: ClassVar[str] = "promise_made"
    record: ClassVar[str] = "promise"
    ready_ms: int
    reason: str | None = None
    station: str | None = None


@dataclass(frozen=True)
class PromiseEnded(RecordEvent):
    """A container of the loop left the supplier. `late_s` is below zero when it was early."""

    kind: ClassVar[str] = "promise_ended"
    record: ClassVar[str] = "promise"
    ready_ms: int
    late_s: float
    card: str


@dataclass(frozen=True)
class Promise(Record):
    """The id is the loop's: there is one promise at a time."""

    kind: ClassVar[str] = "promise"
    ready_ms: int
    made_ms: int
    reason: str | None = None
    station: str | None = None
    has_ended: bool = False

    @property
    def is_open(self) -> bool:
        return not self.has_ended

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id, 0, 0).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        match event:
            case PromiseMade():
                return replace(
                    self,
                    ready_ms=event.ready_ms,
                    made_ms=occasion.moment.at_ms,
                    reason=event.reason,
                    station=event.station,
                    has_ended=False,
                )
            case _:
                return replace(self, has_ended=True)
