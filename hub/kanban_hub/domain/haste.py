"""Panic pulls: sooner after the one before than the parts can be used up. Flagged and taken all the same."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import Event, PulledTooFast
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import KanbanLoop


def too_fast(floor: Floor, loop: KanbanLoop, card: Card, moment: Moment) -> list[Event]:
    """The flag on pulling `card` now, if it deserves one.

    Known only where the loop says how long the consumer needs for a piece, and never of a pull from paper,
    where times are written to the minute or not at all. The container pulled now was
    begun at the earliest when the one before was empty.
    """
    pulls = floor.recall.pulls[loop.id]
    if loop.cycle_time_s is None or not pulls or moment.is_from_paper:
        return []
    after_s = moment.apart_ms(pulls[-1].moment) / 1000
    least_s = (card.quantity or loop.container_quantity) * loop.cycle_time_s
    return [PulledTooFast(loop.id, card.id, after_s, least_s)] if after_s < least_s else []
