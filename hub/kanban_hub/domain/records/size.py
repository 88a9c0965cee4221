"""How many regular cards a loop has, by its events."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class LoopSet(RecordEvent):
    """A loop was defined, or its regular cards became more or fewer.

    `surplus` cards more than `cards` are still on their way round: each goes when it is next pulled.
    """

    kind: ClassVar[str] = "loop_set"
    record: ClassVar[str] = "size"
    cards: int
    surplus: int = 0


@dataclass(frozen=True)
class LoopEnded(RecordEvent):
    kind: ClassVar[str] = "loop_ended"
    record: ClassVar[str] = "size"


@dataclass(frozen=True)
class LoopSize(Record):
    """`cards` as the loop defines, and `surplus` that are still to go. The id is the loop's."""

    kind: ClassVar[str] = "size"
    cards: int
    surplus: int = 0
    has_ended: bool = False

    @property
    def is_open(self) -> bool:
        return not self.has_ended

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id, 0).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        match event:
            case LoopSet():
                return replace(self, cards=event.cards, surplus=event.surplus, has_ended=False)
            case _:
                return replace(self, cards=0, surplus=0, has_ended=True)
