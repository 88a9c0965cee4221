"""Which card of a loop comes first."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop


def oldest(floor: Floor, loop: KanbanLoop, states: set[State]) -> Card | None:
    """The usable card that has been in one of `states` longest; the lower number where two are equal."""
    cards = [c for c in floor.cards_of(loop.id) if c.state in states and c.standing is Standing.ACTIVE]
    return min(cards, key=lambda card: (card.since_ms, card.number), default=None)
