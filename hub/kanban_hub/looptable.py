"""A loop in the plant's file: its settings, and what cannot be for its kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from kanban_hub.domain.moves import STEPS
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_protocol.ids import NAME_PATTERN
from kanban_protocol.tomlfile import Fault

Id = Annotated[str, Meta(pattern=NAME_PATTERN)]
Step = Literal["accept", "start", "finish", "ship"]
_TWO = 2


class LoopTable(Struct, forbid_unknown_fields=True, kw_only=True):
    id: Id
    item: Id
    supplier: Id
    consumer: Id
    container_quantity: Annotated[int, Meta(ge=1, le=1_000_000)]
    cards: Annotated[int, Meta(ge=0, le=1_000)]
    steps: list[Step] = []
    batch: Annotated[int, Meta(ge=1, le=1_000)] = 1
    batch_max_wait_s: Annotated[int, Meta(ge=1, le=30 * 86_400)] = 3600
    lead_time_s: Annotated[int, Meta(ge=0, le=365 * 86_400)] = 3600
    rate_per_hour: Annotated[float, Meta(gt=0, le=1e9)] = 1.0
    duplicate_window_s: Annotated[float, Meta(ge=0, le=3600)] = 3.0
    kind: LoopKind = LoopKind.CARD
    pulls: Id | None = None
    lot_containers: Annotated[int, Meta(ge=1, le=10_000)] = 1
    reorder_containers: Annotated[int, Meta(ge=0, le=10_000)] = 0
    changeover_group: Id | None = None
    cycle_time_s: Annotated[float, Meta(gt=0, le=86_400)] | None = None
    containment_window_s: Annotated[int, Meta(ge=0, le=30 * 86_400)] = 0
    supplier_item: Annotated[str, Meta(min_length=1, max_length=80)] | None = None


def loop_of(table: LoopTable) -> KanbanLoop:
    steps = tuple(move for move in STEPS if move in table.steps)
    return KanbanLoop(**{**structs.asdict(table), "steps": steps})


def faults(where: str, loop: LoopTable, loops: Sequence[LoopTable]) -> Iterator[Fault]:
    """What is wrong with `loop` among all `loops` of the file."""
    if loop.supplier == loop.consumer:
        yield Fault(f"{where}.consumer", "is its own supplier", "name two stations")
    repeated = [step for step, count in Counter(loop.steps).items() if count > 1]
    if repeated:
        yield Fault(f"{where}.steps", f"{repeated[0]!r} stands twice", "name each step once")
    yield from _CARDS[loop.kind](where, loop)
    if loop.kind is not LoopKind.SIGNAL and (loop.lot_containers, loop.reorder_containers) != (1, 0):
        yield Fault(f"{where}.lot_containers", "only a signal loop has lots", 'say kind = "signal"')
    if loop.pulls is not None:
        yield from _pulls_faults(where, loop, loops)


def _card_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards < 1:
        yield Fault(f"{where}.cards", "a loop has at least one card", 'or say kind = "event"')
    if loop.batch > max(1, loop.cards):
        text = f"a batch of {loop.batch} is never complete with {loop.cards} cards"
        yield Fault(f"{where}.batch", text, "make the batch smaller or the cards more")


def _two_bin_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != _TWO:
        yield Fault(
            f"{where}.cards", f"two bins have 2 cards, not {loop.cards}", 'or leave out kind = "two_bin"'
        )
    if loop.batch != 1:
        yield Fault(f"{where}.batch", "of two bins each is asked for when it is empty", "leave it out")


def _signal_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != 1:
        yield Fault(
            f"{where}.cards", f"a signal loop has 1 card, not {loop.cards}", "say the lot by lot_containers"
        )
    if loop.batch != 1:
        yield Fault(f"{where}.batch", "a signal loop's card asks for a whole lot", "leave it out")
    if loop.reorder_containers >= loop.lot_containers:
        text = f"with {loop.reorder_containers} left of {loop.lot_containers} it would be asked for at once"
        yield Fault(f"{where}.reorder_containers", text, "say fewer than lot_containers")


def _event_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != 0:
        yield Fault(f"{where}.cards", "an event loop has no regular cards", "say cards = 0")


_CARDS = {
    LoopKind.CARD: _card_faults,
    LoopKind.TWO_BIN: _two_bin_faults,
    LoopKind.SIGNAL: _signal_faults,
    LoopKind.EVENT: _event_faults,
}


def _pulls_faults(where: str, loop: LoopTable, loops: Sequence[LoopTable]) -> Iterator[Fault]:
    """A withdrawal loop takes from the supermarket where its production loop ends."""
    source = next((other for other in loops if other.id == loop.pulls), None)
    if source is None:
        yield Fault(f"{where}.pulls", f"no loop {loop.pulls!r}", "add it under [[loops]]")
    elif source.consumer != loop.supplier:
        text = f"{loop.pulls!r} ends at {source.consumer!r}, this loop begins at {loop.supplier!r}"
        yield Fault(f"{where}.pulls", text, "both loops meet at the supermarket")
    elif source.item != loop.item:
        text = f"{loop.pulls!r} brings {source.item!r}, this loop takes {loop.item!r}"
        yield Fault(f"{where}.pulls", text, "both loops carry the same item")
