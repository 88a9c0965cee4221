"""What is known of a bad container: said at the station, added by the leader, and decided by quality."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.moves import Move
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class Defect:
    """What is said of it; `None` says nothing. `quantity` is the pieces found bad, `photo` a photo's id."""

    defect: str | None = None
    lot: str | None = None
    quantity: int | None = None
    note: str | None = None
    photo: str | None = None


@dataclass(frozen=True)
class FindingEvent(RecordEvent):
    record: ClassVar[str] = "finding"
    call: str
    card: str

    @property
    def record_id(self) -> str:
        return self.call


@dataclass(frozen=True)
class DefectNoted(FindingEvent):
    """At the fail, and whenever somebody adds to it."""

    kind: ClassVar[str] = "defect_noted"
    said: Defect


@dataclass(frozen=True)
class FindingDecided(FindingEvent):
    """What became of the container; `None`: the fail was taken back."""

    kind: ClassVar[str] = "finding_decided"
    disposition: Move | None = None


@dataclass(frozen=True)
class Finding(Record):
    """The id is that of the call that the fail raised. `photos` in the order in which they came."""

    kind: ClassVar[str] = "finding"
    loop: str | None
    card: str
    found_ms: int
    defect: str | None = None
    quantity: int | None = None
    lot: str | None = None
    notes: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    disposition: Move | None = None
    decided_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.decided_ms is None

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, DefectNoted):
            raise TypeError(event)
        return cls(event.record_id, event.loop, event.card, occasion.moment.at_ms).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        if isinstance(event, FindingDecided):
            return replace(self, disposition=event.disposition, decided_ms=occasion.moment.at_ms)
        if not isinstance(event, DefectNoted):
            raise TypeError(event)
        said = event.said
        return replace(
            self,
            defect=said.defect or self.defect,
            quantity=self.quantity if said.quantity is None else said.quantity,
            lot=said.lot or self.lot,
            notes=(*self.notes, said.note) if said.note else self.notes,
            photos=tuple(dict.fromkeys((*self.photos, said.photo))) if said.photo else self.photos,
        )
