"""The heijunka box of a levelled station: which card is made in which pitch."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from kanban_hub.domain.events import Occasion, RecordEvent
from kanban_hub.domain.records.record import Record

# So many of the latest pitches say what has been dealt out.
DEALT_MOST = 48


@dataclass(frozen=True)
class BoxEvent(RecordEvent):
    """`at_ms` is when the pitch begins."""

    record: ClassVar[str] = "box"
    station: str
    at_ms: int
    card: str

    @property
    def record_id(self) -> str:
        return self.station


@dataclass(frozen=True)
class PitchFilled(BoxEvent):
    """The card is made in this pitch; from now on a change needs a reason."""

    kind: ClassVar[str] = "pitch_filled"


@dataclass(frozen=True)
class PitchCleared(BoxEvent):
    """Its card was served, or somebody changed the sequence and said why."""

    kind: ClassVar[str] = "pitch_cleared"
    reason: str | None = None


@dataclass(frozen=True)
class Pitch:
    at_ms: int
    card: str


@dataclass(frozen=True)
class HeijunkaBox(Record):
    """`pitches` in the order of their times; `dealt` the loops of the latest, oldest first.

    The id is the station's.
    """

    kind: ClassVar[str] = "box"
    pitches: tuple[Pitch, ...] = ()
    dealt: tuple[str, ...] = ()

    @classmethod
    def first(cls, event: RecordEvent, occasion: Occasion) -> Self:
        return cls(event.record_id).after(event, occasion)

    def after(self, event: RecordEvent, occasion: Occasion) -> Self:
        if isinstance(event, PitchFilled):
            pitches = sorted((*self.pitches, Pitch(event.at_ms, event.card)), key=lambda one: one.at_ms)
            return replace(self, pitches=tuple(pitches), dealt=(*self.dealt, event.loop or "")[-DEALT_MOST:])
        if isinstance(event, PitchCleared):
            cleared = Pitch(event.at_ms, event.card)
            return replace(self, pitches=tuple(one for one in self.pitches if one != cleared))
        raise TypeError(event)

    def pitch_of(self, card: str) -> Pitch | None:
        return next((pitch for pitch in self.pitches if pitch.card == card), None)
