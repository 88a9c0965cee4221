"""A count of the cards: scan all that can be found, and see which are missing."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class AuditEvent(RecordEvent):
    """The loop is that of the audit; none when all loops are counted."""

    record: ClassVar[str] = "audit"
    audit: str

    @property
    def record_id(self) -> str:
        return self.audit


@dataclass(frozen=True)
class AuditBegun(AuditEvent):
    kind: ClassVar[str] = "audit_begun"


@dataclass(frozen=True)
class CardSighted(AuditEvent):
    """A card was found; `place` is where, in the words of whoever scanned it."""

    kind: ClassVar[str] = "card_sighted"
    card: str
    place: str | None = None


@dataclass(frozen=True)
class AuditEnded(AuditEvent):
    kind: ClassVar[str] = "audit_ended"


@dataclass(frozen=True)
class Audit(Record):
    """`found` are the numbers sighted, each once. An audit of one loop names it, one of all does not."""

    kind: ClassVar[str] = "audit"
    loop: str | None
    begun_ms: int
    found: tuple[str, ...] = ()
    ended_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_ms is None

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id, event.loop, occasion.moment.at_ms)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        match event:
            case CardSighted():
                return replace(self, found=tuple(dict.fromkeys((*self.found, event.card))))
            case _:
                return replace(self, ended_ms=occasion.moment.at_ms)
