"""The consumer's side: a full container has arrived."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lot import restocked
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Role, State
from kanban_hub.domain.outcome import Outcome, accepted, already, move, says
from kanban_hub.domain.supermarket import withdrawn


def receive(floor: Floor, card: Card, moment: Moment) -> Outcome:
    """A container has arrived. Raises when its card was never asked for."""
    card.check_not_void()
    loop = floor.loop(card.loop)
    if card.state is State.FULL:
        return already(card.loop, says("Already here"), card)
    card.check(Move.RECEIVE, Role.CONSUMER)
    contents = restocked(loop, card) if loop.is_signal else None
    drawn = withdrawn(floor, loop, card, moment, is_here=True)
    return accepted([move(card, Move.RECEIVE, State.FULL, contents), *drawn], card)
