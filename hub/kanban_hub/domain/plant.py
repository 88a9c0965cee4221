"""The plant: stations, items, kanban loops, and what the lit buttons mean. Frozen; changed as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.card import Card
from kanban_hub.domain.escalation import EscalationRule, tree_of
from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.line import Line
from kanban_hub.domain.moves import STEPS, Move, State
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.domain.worktime import WorkTime, worktime_of

# The longest time over which the quality fails of a station are counted for a line stop.
STOP_WITHIN_MOST_S = 86_400
# What displays speak where nobody has said anything else.
SOURCE_LANGUAGE = "en"


class Side(StrEnum):
    SUPPLIER = "supplier"
    CONSUMER = "consumer"


class LoopKind(StrEnum):
    """How a loop's cards ask. Which station is an external supplier says the station itself."""

    CARD = "card"  # one card a container
    TWO_BIN = "two_bin"  # two containers: one in use, one asked for
    SIGNAL = "signal"  # one card for a whole lot, asked for at the reorder point
    EVENT = "event"  # no regular cards: each is issued for an occasion and ends by itself


@dataclass(frozen=True)
class Station:
    """`shifts` are those in which somebody works here; none named are all of the plant.

    With `takt_s` a call stops the line only when so much working time is over and it is not solved, or when
    it is the last of `stop_after_fails` quality fails within `stop_within_s`.
    """

    id: str
    name: str
    position: tuple[float, float] | None = None
    external: bool = False
    shifts: tuple[str, ...] = ()
    pitch_s: float = 0.0  # the length of a levelling pitch; 0: the station is not levelled
    frozen_pitches: int = 4  # pitches ahead in which a change needs a reason
    takt_s: int | None = None
    stop_after_fails: int | None = None
    stop_within_s: int | None = None
    language: str | None = None  # of its display; None: the plant's


@dataclass(frozen=True)
class Item:
    id: str
    name: str


@dataclass(frozen=True)
class KanbanLoop:
    """The circuit of cards for one item between one supplier and one consumer."""

    id: str
    item: str
    supplier: str
    consumer: str
    container_quantity: int
    cards: int
    steps: tuple[Move, ...] = ()
    batch: int = 1
    batch_max_wait_s: int = 3600
    lead_time_s: int = 3600
    rate_per_hour: float = 1.0
    duplicate_window_s: float = 3.0
    kind: LoopKind = LoopKind.CARD
    pulls: str | None = None  # the production loop whose supermarket this withdrawal loop takes from
    lot_containers: int = 1  # of a signal loop: containers in one lot
    reorder_containers: int = 0  # of a signal loop: with so many left the lot is asked for
    changeover_group: str | None = None  # items that the supplier makes without a changeover between them
    cycle_time_s: float | None = None  # the least time in which the consumer can use up one piece
    containment_window_s: int = (
        0  # containers filled within this time of a failed one are suspect; 0: only by lot
    )
    supplier_item: str | None = None  # the item's number at an external supplier

    def side_of(self, station: str) -> Side | None:
        if station == self.consumer:
            return Side.CONSUMER
        return Side.SUPPLIER if station == self.supplier else None

    def next_step(self, state: State) -> Move | None:
        """The supplier's next step from `state`, of those that the loop uses; `None` when none is left."""
        order = list(STEPS)
        reached = next((i for i, move in enumerate(order) if STEPS[move] is state), -1)
        return next((move for move in order[reached + 1 :] if move in self.steps), None)

    @property
    def is_signal(self) -> bool:
        return self.kind is LoopKind.SIGNAL

    @property
    def lot_quantity(self) -> int:
        """Pieces that one card asks for."""
        return self.container_quantity * (self.lot_containers if self.is_signal else 1)

    def quantity_of(self, card: Card) -> int:
        """Pieces that `card` asks for, or stands for while it is full."""
        if self.is_signal and not card.is_temporary:
            return self.lot_quantity
        return self.container_quantity if card.quantity is None else card.quantity

    def card_id(self, number: int) -> str:
        return f"{self.id}-{number:04d}"


@dataclass(frozen=True)
class Slot:
    """One lit button of a station, bound to one loop; the side follows from the loop."""

    station: str
    slot: int
    loop: str


class Plant:
    """One site. Look-ups by id; iteration in the order of the file."""

    def __init__(  # noqa: PLR0913  # one argument for each table of the plant's file
        self,
        site: str,
        stations: Iterable[Station] = (),
        items: Iterable[Item] = (),
        loops: Iterable[KanbanLoop] = (),
        slots: Iterable[Slot] = (),
        *,
        calendar: Calendar = Calendar(),  # noqa: B008  # frozen
        escalation: Iterable[EscalationRule] = (),
        lines: Iterable[Line] = (),
        reasons: Iterable[PlantReason] = (),
        floor_map: FloorMap = FloorMap(),  # noqa: B008  # frozen
        language: str = SOURCE_LANGUAGE,
    ) -> None:
        self.site = site
        self.stations = {station.id: station for station in stations}
        self.items = {item.id: item for item in items}
        self.loops = {loop.id: loop for loop in loops}
        self.slots = tuple(slots)
        self.calendar = calendar
        self.escalation = tuple(escalation)
        self.lines = {line.id: line for line in lines}
        self.reasons = {reason.id: reason for reason in reasons}
        self.floor_map = floor_map
        self.language = language

    def language_of(self, station: str) -> str:
        """What the display of `station` speaks."""
        known = self.stations.get(station)
        return (known.language if known else None) or self.language

    def worktime(self, station: str) -> WorkTime:
        """When somebody works at `station`; at one that is no longer of the plant, when the plant works."""
        known = self.stations.get(station)
        return worktime_of(self.calendar, known.shifts if known else ())

    def tree(self, kind: CallKind) -> list[EscalationRule]:
        """How calls of `kind` rise, the lowest level first; never empty."""
        return tree_of(self.escalation, kind)

    def loops_at(self, station: str) -> list[KanbanLoop]:
        return [loop for loop in self.loops.values() if loop.side_of(station) is not None]

    def loops_of_line(self, line: str) -> list[KanbanLoop]:
        """The loops whose consumer or supplier stands in `line`, in the order of the file."""
        stations = self.lines[line].stations
        return [loop for loop in self.loops.values() if {loop.consumer, loop.supplier} & set(stations)]

    def reasons_for(self, kind: ReasonKind) -> list[PlantReason]:
        """The reasons to choose from, in the order of the file."""
        return [reason for reason in self.reasons.values() if reason.kind is kind]

    def reason_name(self, text: str) -> str:
        """How people read a reason that was given: the name of one of the list, or the text as it stands."""
        known = self.reasons.get(text)
        return known.name if known is not None else text

    def slots_at(self, station: str) -> dict[int, KanbanLoop]:
        """Slot number to loop. A station without rows of its own takes its loops in order."""
        rows = {slot.slot: self.loops[slot.loop] for slot in self.slots if slot.station == station}
        return rows or dict(enumerate(self.loops_at(station), 1))

    def with_loop(self, loop: KanbanLoop) -> "Plant":
        """The same plant with `loop` in the place of the one of its id."""
        made = Plant(self.site)
        vars(made).update(vars(self), loops=self.loops | {loop.id: loop})
        return made

    def item_name(self, loop: KanbanLoop) -> str:
        return self.items[loop.item].name
