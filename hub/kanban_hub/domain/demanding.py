"""A customer's order pulls at the end of the chain: the chain is driven from there and from nowhere else."""

from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.pulling import pull_card, pullable
from kanban_hub.domain.records.demand import Demand, DemandPlaced, DemandServed

PIECES_MOST = 10_000_000


def place(floor: Floor, loop_id: str, demand: str, pieces: int) -> list[Event]:
    """Take an order. The same reference with the same pieces is the same order: nothing happens twice."""
    loop = floor.loop(loop_id)
    if not ends_chain(floor, loop):
        text = f"{loop.consumer} supplies others: customers order where the chain ends"
        raise DomainError(Reason.NOT_ALLOWED, text)
    if not 1 <= pieces <= PIECES_MOST:
        raise DomainError(Reason.NOT_ALLOWED, f"1 to {PIECES_MOST} pieces")
    known = floor.record(Demand, f"{loop.id}/{demand}")
    if known is not None and known.pieces != pieces:
        text = f"order {demand} was taken with {known.pieces} pieces: give the change a reference of its own"
        raise DomainError(Reason.NOT_ALLOWED, text)
    return [] if known is not None else [DemandPlaced(loop.id, demand, pieces)]


def ends_chain(floor: Floor, loop: KanbanLoop) -> bool:
    """Whether the loop's consumer supplies nobody in the plant."""
    return all(other.supplier != loop.consumer for other in floor.plant.loops.values())


def served(floor: Floor, moment: Moment) -> list[Event]:
    """The next container, or the rest of an opened one, for the oldest order that can be served now."""
    for demand in sorted(floor.records_of(Demand), key=lambda demand: (demand.placed_ms, demand.id)):
        loop = floor.plant.loops.get(demand.loop)
        events = _served(floor, loop, demand, moment) if loop else []
        if events:
            return events
    return []


def opened(floor: Floor, loop: str) -> int:
    """Pieces left in the container that was opened for the latest customer."""
    known = [
        (demand.served_ms, demand.placed_ms, demand.id, demand.opened)
        for demand in floor.records_of(Demand, only_open=False)
        if demand.loop == loop and demand.served_ms is not None
    ]
    return max(known)[3] if known else 0


def _served(floor: Floor, loop: KanbanLoop, demand: Demand, moment: Moment) -> list[Event]:
    needed, at_hand = demand.pieces - demand.served, opened(floor, loop.id)
    reference = demand.id.partition("/")[2]
    if at_hand:
        pieces = min(needed, at_hand)
        return [DemandServed(loop.id, reference, pieces, at_hand - pieces)]
    card = pullable(floor, loop)
    if card is None:
        return []
    found = loop.container_quantity if card.quantity is None else card.quantity
    found = min(found, loop.container_quantity) if loop.is_signal else found
    pieces = min(needed, found)
    return [
        *pull_card(floor, card, moment).events,
        DemandServed(loop.id, reference, pieces, found - pieces),
    ]
