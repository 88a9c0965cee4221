"""What the floor keeps besides cards and calls: few and small things, each changed by its own events."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from kanban_hub.domain.events import Occasion, RecordEvent


@dataclass(frozen=True)
class Record(Protocol):
    """One record. `kind` names the table's rows; the id is unique within the kind."""

    kind: ClassVar[str]
    id: str

    @property
    def is_open(self) -> bool:
        """Whether anything may still follow from it. A closed record is only looked up."""
        return True

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        """The record that `event` begins."""
        ...

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        """The record once `event` has happened."""
        ...
