"""What customers ordered at the end of the chain, and what they had of it."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class DemandPlaced(RecordEvent):
    """A customer ordered `pieces`. `demand` is the customer's own reference."""

    kind: ClassVar[str] = "demand_placed"
    record: ClassVar[str] = "demand"
    demand: str
    pieces: int

    @property
    def record_id(self) -> str:
        return f"{self.loop}/{self.demand}"


@dataclass(frozen=True)
class DemandServed(RecordEvent):
    """`pieces` went to the customer; `opened` are left in the container that was opened for it."""

    kind: ClassVar[str] = "demand_served"
    record: ClassVar[str] = "demand"
    demand: str
    pieces: int
    opened: int

    @property
    def record_id(self) -> str:
        return f"{self.loop}/{self.demand}"


@dataclass(frozen=True)
class Demand(Record):
    """`pieces` ordered, `served` of them gone to the customer, `opened` left over at its last service.

    The id is the loop's and the customer's reference.
    """

    kind: ClassVar[str] = "demand"
    loop: str
    pieces: int
    placed_ms: int
    served: int = 0
    opened: int = 0
    served_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.served < self.pieces

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, DemandPlaced):
            raise TypeError(event)
        return cls(event.record_id, event.loop or "", event.pieces, occasion.moment.at_ms)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        if not isinstance(event, DemandServed):
            raise TypeError(event)
        at_ms = occasion.moment.at_ms
        return replace(self, served=self.served + event.pieces, opened=event.opened, served_ms=at_ms)
