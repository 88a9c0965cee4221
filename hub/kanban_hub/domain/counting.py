"""What is really in a container: a partial quantity, a lot."""

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import CardCounted, Event
from kanban_hub.domain.moves import FILLED, Standing

QUANTITY_MOST = 1_000_000
LOT_MOST = 80


def count(card: Card, contents: Contents) -> list[Event]:
    """Keep what was counted. Where only one of quantity and lot is given, the other stays."""
    card.check_not_void()
    if card.state not in FILLED or card.standing not in (Standing.ACTIVE, Standing.HELD):
        raise DomainError(
            Reason.NOT_ALLOWED, f"{card.id} is {card.state}: there is no container to count", card.id
        )
    check(contents)
    quantity = card.quantity if contents.quantity is None else contents.quantity
    return [CardCounted(card.loop, card.id, Contents(quantity, contents.lot or card.lot))]


def check(contents: Contents) -> None:
    """Raise a `DomainError` when `contents` cannot be."""
    if contents.quantity is not None and not 0 <= contents.quantity <= QUANTITY_MOST:
        raise DomainError(Reason.NOT_ALLOWED, f"0 to {QUANTITY_MOST} pieces")
    if contents.lot is not None and not 1 <= len(contents.lot) <= LOT_MOST:
        raise DomainError(Reason.NOT_ALLOWED, f"a lot has 1 to {LOT_MOST} characters")
