"""What a consumer has, how fast it goes, and how long the next container takes: planned until measured."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.recall import RATE_PULLS_LEAST

_MS_PER_HOUR = 3_600_000
PLANNED, MEASURED = "planned", "measured"


@dataclass(frozen=True)
class Rate:
    """Consumption of a loop in pieces per hour, and whether it is `measured` or still `planned`."""

    per_hour: float
    source: str


@dataclass(frozen=True)
class LeadTime:
    """From the request to the full container, and whether it is `measured` or still `planned`."""

    seconds: float
    source: str


def rate(floor: Floor, loop: KanbanLoop) -> Rate:
    """Pieces between the first and the last of the latest pulls, over the time between them."""
    times_ms = sorted(pulled.moment.at_ms for pulled in floor.recall.pulls[loop.id])  # they may arrive late
    if len(times_ms) < RATE_PULLS_LEAST or times_ms[-1] == times_ms[0]:
        return Rate(loop.rate_per_hour, PLANNED)
    pieces = (len(times_ms) - 1) * loop.container_quantity
    return Rate(pieces * _MS_PER_HOUR / (times_ms[-1] - times_ms[0]), MEASURED)


def lead_time(floor: Floor, loop: KanbanLoop) -> LeadTime:
    """The mean of the latest ways round."""
    measured_s = floor.recall.lead_times.measured_s(loop.id)
    return (
        LeadTime(float(loop.lead_time_s), PLANNED) if measured_s is None else LeadTime(measured_s, MEASURED)
    )


def full_containers(floor: Floor, loop: KanbanLoop) -> int:
    """Containers that the consumer can use now; the last one of a signal loop may be partial."""
    if loop.is_signal:
        return -(-stock_pieces(floor, loop) // loop.container_quantity)
    cards = floor.cards_of(loop.id)
    return sum(card.state is State.FULL and card.standing is Standing.ACTIVE for card in cards)


def stock_pieces(floor: Floor, loop: KanbanLoop) -> int:
    """Pieces that the consumer can use now. The stock of a signal loop stands on its card."""
    cards = [card for card in floor.cards_of(loop.id) if card.standing is Standing.ACTIVE]
    if loop.is_signal:
        return sum(card.quantity or 0 for card in cards if card.state is not State.QUARANTINED)
    return sum(
        loop.container_quantity if card.quantity is None else card.quantity
        for card in cards
        if card.state is State.FULL
    )
