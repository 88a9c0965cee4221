"""What people order at the hub, by page or API. The writer carries it out."""

from dataclasses import dataclass, field
from uuid import uuid4

from kanban_hub.domain.binding import Target
from kanban_hub.domain.card import Contents
from kanban_hub.domain.entering import SheetLine
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.moves import Move
from kanban_hub.domain.onetime import Occasional
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.scanning import Intent
from kanban_hub.plantchange import PlantWay


@dataclass(frozen=True)
class MoveCard:
    """`order` is one of `CARD_ORDERS`. `reason` is kept with the event; `hold` demands it."""

    card: str
    order: str
    reason: str | None = None


@dataclass(frozen=True)
class MoveLoop:
    """`order` is one of `LOOP_ORDERS`. `hold` demands a reason."""

    loop: str
    order: str
    reason: str | None = None


@dataclass(frozen=True)
class MoveCall:
    """`order` is one of `CALL_ORDERS`. `cause` is kept with the call; `close` needs one."""

    call: str
    order: str
    cause: str | None = None


@dataclass(frozen=True)
class NoteDefect:
    """Add what is known of a bad container to the finding of its `call`."""

    call: str
    said: Defect


@dataclass(frozen=True)
class CountCard:
    """Say what is in a container: pieces, lot, or both."""

    card: str
    contents: Contents


@dataclass(frozen=True)
class Supply:
    """A supplier's move, with what is in the container when it is shipped.

    With a `signal` it is the station's own doing, which is named by it and can be taken back there.
    """

    card: str
    move: Move
    contents: Contents | None = None
    signal: str | None = None


@dataclass(frozen=True)
class See:
    """The supplier of `loop` has seen all that is asked for. `signal` is as for `Supply`."""

    loop: str
    signal: str | None = None


@dataclass(frozen=True)
class Cannot:
    """The supplier of `loop` cannot deliver. `call` is the id of the call that is raised."""

    loop: str
    reason: str | None = None
    call: str = field(default_factory=lambda: f"call-{uuid4()}")
    signal: str | None = None


@dataclass(frozen=True)
class Scan:
    """What a scan of `card` does at `station`, ordered on a page that showed it as it is since `since_ms`.

    When it has gone on since then nothing is done. `said` is what is known of a bad container, `signal`
    names what follows, so that it can be taken back.
    """

    station: str
    card: str
    since_ms: int
    intent: Intent = Intent.NEXT
    said: Defect = field(default_factory=Defect)
    signal: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class TakeBack:
    """Take back what the signal `taken` did at `station`, within the time for it."""

    station: str
    taken: str
    signal: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class MakePromise:
    """`ready_ms` is when the next container of `loop` is ready."""

    loop: str
    ready_ms: int
    reason: str | None = None


@dataclass(frozen=True)
class AddCards:
    loop: str
    wanted: Occasional


@dataclass(frozen=True)
class PlaceDemand:
    """`demand` is the customer's own reference: the same one twice is one order."""

    loop: str
    demand: str
    pieces: int


@dataclass(frozen=True)
class BeginAudit:
    """`loop` is counted, or all loops."""

    loop: str | None = None


@dataclass(frozen=True)
class SightCard:
    audit: str
    card: str
    place: str | None = None


@dataclass(frozen=True)
class EndAudit:
    audit: str


@dataclass(frozen=True)
class BindLabel:
    """`key` is what names a container or an item on a supplier's label."""

    key: str
    target: Target


@dataclass(frozen=True)
class UnbindLabel:
    key: str


@dataclass(frozen=True)
class StartTrial:
    """Give `loop` so many `cards` until `until_ms`; then it goes back by itself."""

    loop: str
    cards: int
    until_ms: int
    reason: str


@dataclass(frozen=True)
class KeepTrial:
    """What is tried holds from now on."""

    loop: str


@dataclass(frozen=True)
class EndTrial:
    """Go back before the time."""

    loop: str


@dataclass(frozen=True)
class EnterLine:
    """Take what a sheet of paper says, one line. `signal` names what follows, as a station's signal would."""

    what: SheetLine
    signal: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class ChangePlant:
    """Put `plant` in the place of the one that is loaded.

    Only if that is still of `revision`; `None`: whatever it is by now.
    """

    plant: Plant
    revision: int | None = None
    way: PlantWay = PlantWay.PAGE


Order = (
    MoveCard
    | MoveLoop
    | MoveCall
    | CountCard
    | Supply
    | See
    | Cannot
    | Scan
    | TakeBack
    | MakePromise
    | AddCards
    | PlaceDemand
    | BeginAudit
    | SightCard
    | EndAudit
    | BindLabel
    | UnbindLabel
    | StartTrial
    | KeepTrial
    | EndTrial
    | Resequence
    | NoteDefect
    | EnterLine
    | ChangePlant
)
