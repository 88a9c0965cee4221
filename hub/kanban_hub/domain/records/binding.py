"""What a supplier's own label means here."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record


@dataclass(frozen=True)
class LabelBound(RecordEvent):
    """From now on `key` means this card, else this item, else the loop."""

    kind: ClassVar[str] = "label_bound"
    record: ClassVar[str] = "binding"
    key: str
    card: str | None = None
    item: str | None = None

    @property
    def record_id(self) -> str:
        return self.key


@dataclass(frozen=True)
class LabelUnbound(RecordEvent):
    kind: ClassVar[str] = "label_unbound"
    record: ClassVar[str] = "binding"
    key: str

    @property
    def record_id(self) -> str:
        return self.key


@dataclass(frozen=True)
class Binding(Record):
    """The id is the key, such as `gtin:09506000134352`. Exactly one of `card`, `item` and `loop` is set."""

    kind: ClassVar[str] = "binding"
    bound_ms: int
    card: str | None = None
    item: str | None = None
    loop: str | None = None
    has_ended: bool = False

    @property
    def is_open(self) -> bool:
        return not self.has_ended

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id, 0).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        match event:
            case LabelBound():
                return replace(
                    self,
                    bound_ms=occasion.moment.at_ms,
                    card=event.card,
                    item=event.item,
                    loop=None if event.card else event.loop,
                    has_ended=False,
                )
            case _:
                return replace(self, has_ended=True)
