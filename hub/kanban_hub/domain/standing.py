"""Held, lost, retired: whether a card takes part at all."""

from kanban_hub.domain.card import Card, Standing
from kanban_hub.domain.errors import CardVoidError, IllegalMoveError
from kanban_hub.domain.events import CardIssued, CardStood, Event
from kanban_hub.domain.floor import Floor


def hold(card: Card, reason: str) -> list[Event]:
    """Keep the card out of use for a while; it still counts."""
    _check(card, Standing.ACTIVE, "hold")
    return [CardStood(card.loop, card.id, Standing.HELD, reason)]


def resume(card: Card) -> list[Event]:
    """Let a held card take part again."""
    _check(card, Standing.HELD, "resume")
    return [CardStood(card.loop, card.id, Standing.ACTIVE)]


def lose(floor: Floor, card: Card) -> list[Event]:
    """The number is void for ever. A regular card gets its successor in the same place, at once."""
    if card.is_void:
        raise CardVoidError(card.id, card.standing)
    events: list[Event] = [CardStood(card.loop, card.id, Standing.LOST, "lost")]
    if not card.is_temporary:
        number = floor.next_card_id(floor.loop(card.loop))
        events.append(CardIssued(card.loop, number, card.state))
    return events


def _check(card: Card, must: Standing, move: str) -> None:
    if card.is_void:
        raise CardVoidError(card.id, card.standing)
    if card.standing is not must:
        raise IllegalMoveError(card.id, move, card.standing)
