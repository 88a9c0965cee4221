"""Held, lost, retired: whether a card takes part at all."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import DomainError, IllegalMoveError, Reason
from kanban_hub.domain.events import CardIssued, CardStood, CardSuspected, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.quality import replaced
from kanban_hub.domain.records.size import LoopSet

_LOOP_HELD = "loop held: "


def hold(card: Card, reason: str) -> list[Event]:
    """Keep the card out of use for a while; it still counts."""
    _check(card, Standing.ACTIVE, "hold")
    return [CardStood(card.loop, card.id, Standing.HELD, reason)]


def resume(card: Card) -> list[Event]:
    """Let a held card take part again."""
    _check(card, Standing.HELD, "resume")
    return [CardStood(card.loop, card.id, Standing.ACTIVE)]


def hold_loop(floor: Floor, loop: str, reason: str) -> list[Event]:
    """Keep every card of the loop out of use; what is held already keeps its own reason."""
    cards = [card for card in floor.cards_of(floor.loop(loop).id) if card.standing is Standing.ACTIVE]
    if not cards:
        raise DomainError(Reason.NOT_ALLOWED, f"no card of {loop} is in use")
    return [CardStood(loop, card.id, Standing.HELD, f"{_LOOP_HELD}{reason}") for card in cards]


def resume_loop(floor: Floor, loop: str) -> list[Event]:
    """Let the cards take part again that were held with their loop."""
    held = [card for card in floor.cards_of(floor.loop(loop).id) if is_held_with_loop(card)]
    if not held:
        raise DomainError(Reason.NOT_ALLOWED, f"loop {loop} is not held")
    return [CardStood(loop, card.id, Standing.ACTIVE) for card in held]


def is_held_with_loop(card: Card) -> bool:
    """Whether it is the hold of its whole loop that keeps `card` out of use."""
    return card.standing is Standing.HELD and (card.hold_reason or "").startswith(_LOOP_HELD)


def lose(floor: Floor, card: Card) -> list[Event]:
    """The number is void for ever. The card gets its successor in the same place, at once.

    In quarantine the replacement is the successor. A replacement that is no longer needed has none.
    """
    card.check_not_void()
    lost = CardStood(card.loop, card.id, Standing.LOST, "lost")
    size = floor.sizes.get(card.loop)
    if size is not None and size.surplus and not card.is_temporary and card.state is not State.QUARANTINED:
        return [lost, LoopSet(card.loop, size.cards, size.surplus - 1)]
    if card.state is State.QUARANTINED:
        return [lost, *replaced(floor, card)]
    return [lost] if card.ends_at_pull else [lost, *_succeeded(floor, card)]


def reissue(floor: Floor, card: Card, reason: str | None) -> list[Event]:
    """The container gets another card in the place of one that is damaged or gone: the old number is void.

    Conservation holds also where a loop gets smaller: one more for one less.
    """
    card.check_not_void()
    if card.state is State.QUARANTINED:
        text = f"{card.id} is quarantined: decide about the container first"
        raise DomainError(Reason.QUARANTINED, text, card.id)
    number = floor.next_card_id(floor.loop(card.loop))
    said = f"reissued as {number}" + (f": {reason}" if reason else "")
    return [CardStood(card.loop, card.id, Standing.RETIRED, said), *_succeeded(floor, card)]


def retire(card: Card, reason: str) -> list[Event]:
    """A one-time card goes for ever before its time. Regular cards go by making their loop smaller."""
    card.check_not_void()
    if not card.is_temporary or card.replaces is not None:
        text = f"{card.id} is a regular card or a replacement: make its loop smaller instead"
        raise DomainError(Reason.NOT_ALLOWED, text, card.id)
    return [CardStood(card.loop, card.id, Standing.RETIRED, reason)]


def _succeeded(floor: Floor, card: Card) -> list[Event]:
    number = floor.next_card_id(floor.loop(card.loop))
    successor = CardIssued(
        card.loop,
        number,
        card.state,
        card.replaces,
        card.is_temporary,
        quantity=card.quantity,
        cycles_left=card.cycles_left,
        expires_ms=card.expires_ms,
        succeeds=card.id,
    )
    events: list[Event] = [successor]
    if card.suspect_of is not None:
        events.append(CardSuspected(card.loop, number, card.suspect_of))
    elif card.standing is Standing.HELD:
        events.append(CardStood(card.loop, number, Standing.HELD, card.hold_reason))
    return events


def _check(card: Card, must: Standing, move: str) -> None:
    card.check_not_void()
    if card.standing is not must:
        raise IllegalMoveError(card.id, move, card.standing)
