"""A sheet of paper that was written on while the hub was away: which of its lines have been entered."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


class Entry(StrEnum):
    """What a line says was done."""

    PULL = "pull"
    RECEIVE = "receive"
    SHIP = "ship"
    FAIL = "fail"


@dataclass(frozen=True)
class LineEntered(RecordEvent):
    """`written_ms` is when it was done by whoever wrote it; `None`: nobody wrote when."""

    kind: ClassVar[str] = "line_entered"
    record: ClassVar[str] = "sheet"
    sheet: str
    line: int
    card: str
    entry: Entry
    written_ms: int | None
    verdict: str
    text: str | None = None

    @property
    def record_id(self) -> str:
        return self.sheet


@dataclass(frozen=True)
class EnteredLine:
    line: int
    card: str
    entry: Entry
    written_ms: int | None
    verdict: str
    text: str | None = None


@dataclass(frozen=True)
class Sheet(Record):
    """The id is the number that is printed on it. Nothing follows from it: it is looked up for 90 days."""

    kind: ClassVar[str] = "sheet"
    lines: tuple[EnteredLine, ...] = ()

    @property
    def is_open(self) -> bool:
        return False

    def entered(self, line: int) -> EnteredLine | None:
        """What was entered of this line."""
        return next((known for known in self.lines if known.line == line), None)

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, LineEntered):
            raise TypeError(event)
        line = EnteredLine(event.line, event.card, event.entry, event.written_ms, event.verdict, event.text)
        return replace(self, lines=(*self.lines, line))
