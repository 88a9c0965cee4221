"""A loop in the plant's file: its settings, and what people are told of each."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, structs

from kanban_hub.domain.moves import STEPS, Move
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.language import N_
from kanban_hub.setting import setting
from kanban_protocol.ids import NAME_PATTERN

Id = Annotated[str, Meta(pattern=NAME_PATTERN)]


class Step(StrEnum):
    """The moves of a supplier that a loop may use, in their order."""

    ACCEPT = Move.ACCEPT.value
    START = Move.START.value
    FINISH = Move.FINISH.value
    SHIP = Move.SHIP.value


_KIND, _BATCHES, _QUALITY = N_("How the loop asks"), N_("Batches"), N_("Presses and quality")

_ID = setting(N_("Id"), N_("The cards are numbered by it, such as bracket-0001; it stays."))
_ITEM = setting(N_("Item"), N_("What goes round; it stays."), of="items")
_SUPPLIER = setting(N_("Supplier"), N_("The station that makes or brings it; it stays."), of="stations")
_CONSUMER = setting(N_("Consumer"), N_("The station that uses it up; it stays."), of="stations")
_QUANTITY = setting(
    N_("Pieces in a container"),
    N_("Another number makes the printed cards untrue: each is exchanged at its next pull."),
    ge=1,
    le=1_000_000,
)
_CARDS = setting(
    N_("Cards"),
    N_(
        "One for each container. More are issued at once; of fewer each too many goes when it is next pulled."
    ),
    ge=0,
    le=1_000,
)
_STEPS = setting(
    N_("Steps of the supplier"), N_("Those that are pressed one after the other. None: it only arrives.")
)
_BATCH = setting(
    N_("Batch"), N_("So many cards are collected before the signal is given."), part=_BATCHES, ge=1, le=1_000
)
_BATCH_WAIT = setting(
    N_("Longest wait of a batch"), N_("After this time it is asked for, complete or not."),
    unit="s", part=_BATCHES, ge=1, le=30 * 86_400,
)  # fmt: skip
_GROUP = setting(
    N_("Changeover group"),
    N_("Items of one group are made without a changeover between them, and are served together."),
    part=_BATCHES,
)
_LEAD = setting(
    N_("Lead time"), N_("From the signal to the full container, until it is measured."),
    unit="s", ge=0, le=365 * 86_400,
)  # fmt: skip
_RATE = setting(
    N_("Consumption per hour"), N_("Pieces, as planned, until it is measured."), gt=0, le=1e9
)  # fmt: skip
_WINDOW = setting(
    N_("Same press within"), N_("A second press within this time is the same pull. 0 switches it off."),
    unit="s", part=_QUALITY, ge=0, le=3600,
)  # fmt: skip
_KIND_OF = setting(
    N_("Kind"),
    N_(
        "One card a container; two bins, of which one is in use and one asked for; one card for a whole lot; "
        "or no regular cards, each issued for an occasion."
    ),
    part=_KIND,
)
_PULLS = setting(
    N_("Takes from"), N_("The production loop whose supermarket this withdrawal loop takes from."),
    of="loops", part=_KIND,
)  # fmt: skip
_LOT = setting(
    N_("Containers in a lot"), N_("Of a signal loop: its one card asks for so many."),
    part=_KIND, ge=1, le=10_000,
)  # fmt: skip
_REORDER = setting(
    N_("Reorder point"), N_("Of a signal loop: with so many containers left the lot is asked for."),
    part=_KIND, ge=0, le=10_000,
)  # fmt: skip
_CYCLE = setting(
    N_("Time for one piece"), N_("The least in which it can be used up: pulls that come sooner are flagged."),
    unit="s", part=_QUALITY, gt=0, le=86_400,
)  # fmt: skip
_SISTERS = setting(
    N_("Suspect within"),
    N_("Containers filled within this time of a failed one are suspect too. 0: only those of the same lot."),
    unit="s",
    part=_QUALITY,
    ge=0,
    le=30 * 86_400,
)
_SUPPLIER_ITEM = setting(
    N_("The supplier's number"), N_("The item's number at a supplier outside the plant."),
    min_length=1, max_length=80,
)  # fmt: skip


class LoopTable(Struct, forbid_unknown_fields=True, kw_only=True):
    id: Annotated[Id, _ID]
    item: Annotated[Id, _ITEM]
    supplier: Annotated[Id, _SUPPLIER]
    consumer: Annotated[Id, _CONSUMER]
    container_quantity: Annotated[int, _QUANTITY]
    cards: Annotated[int, _CARDS]
    steps: Annotated[list[Step], _STEPS] = []
    batch: Annotated[int, _BATCH] = 1
    batch_max_wait_s: Annotated[int, _BATCH_WAIT] = 3600
    lead_time_s: Annotated[int, _LEAD] = 3600
    rate_per_hour: Annotated[float, _RATE] = 1.0
    duplicate_window_s: Annotated[float, _WINDOW] = 3.0
    kind: Annotated[LoopKind, _KIND_OF] = LoopKind.CARD
    pulls: Annotated[Id, _PULLS] | None = None
    lot_containers: Annotated[int, _LOT] = 1
    reorder_containers: Annotated[int, _REORDER] = 0
    changeover_group: Annotated[Id, _GROUP] | None = None
    cycle_time_s: Annotated[float, _CYCLE] | None = None
    containment_window_s: Annotated[int, _SISTERS] = 0
    supplier_item: Annotated[str, _SUPPLIER_ITEM] | None = None


def loop_of(table: LoopTable) -> KanbanLoop:
    steps = tuple(move for move in STEPS if move.value in table.steps)
    return KanbanLoop(**{**structs.asdict(table), "steps": steps})
