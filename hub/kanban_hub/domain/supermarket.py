"""Two cards: a container that leaves the supermarket takes its withdrawal card along and leaves its
production card behind, which asks for the next one.
"""

from dataclasses import replace

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import EmptySupermarketError
from kanban_hub.domain.events import Event, PullRepeated
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import OPEN, Move, State
from kanban_hub.domain.outcome import move
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.pulling import pull_card, pullable
from kanban_hub.domain.usable import oldest


def withdrawn(
    floor: Floor, loop: KanbanLoop, card: Card, moment: Moment, *, is_here: bool = False
) -> list[Event]:
    """What the supermarket's production loop does when `card` of the withdrawal loop leaves with a container.

    A container that was made and never booked in is booked in now, for it has left the shelf. With none at
    all the shipment is refused by `EmptySupermarketError`; one that has arrived (`is_here`) is only noted.
    """
    if loop.pulls is None or card.state not in OPEN:
        return []
    source = floor.loop(loop.pulls)
    full = pullable(floor, source)
    if full is not None:
        return list(pull_card(floor, full, moment).events)
    made = oldest(floor, source, {State.IN_TRANSIT, State.DONE})
    if made is not None:
        booked = replace(made, state=State.FULL)
        return [move(made, Move.RECEIVE, State.FULL), *pull_card(floor, booked, moment).events]
    if not is_here:
        raise EmptySupermarketError(source.id, card.id)
    return [PullRepeated(source.id, None, f"{card.id} arrived and the supermarket had none of {source.id}")]
