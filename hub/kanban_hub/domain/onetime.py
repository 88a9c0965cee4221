"""One-time cards: issued for an occasion, and gone by themselves after so many cycles, or after a date."""

from dataclasses import dataclass

from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import CardIssued, CardStood, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State

CARDS_MOST = 1_000


@dataclass(frozen=True)
class Occasional:
    """What the cards are for.

    Either `cards` or `pieces` says how many: of pieces, as many containers as they fill, the last one
    partly. Each card is filled `cycles` times; after `until_ms` none is filled again.
    """

    reason: str
    cards: int | None = None
    pieces: int | None = None
    cycles: int = 1
    until_ms: int | None = None


def add(floor: Floor, loop_id: str, wanted: Occasional, now_ms: int) -> list[Event]:
    """Ask the supplier for the containers of `wanted`, beside the regular cards."""
    loop = floor.loop(loop_id)
    if loop.is_signal:
        raise DomainError(
            Reason.NOT_ALLOWED, f"{loop_id}: a signal loop has one card; count its stock instead"
        )
    if wanted.until_ms is not None and wanted.until_ms <= now_ms:
        raise DomainError(Reason.NOT_ALLOWED, "the date of the cards has passed already")
    quantities = _quantities(loop.container_quantity, wanted)
    return [
        CardIssued(
            loop.id,
            floor.next_card_id(loop, ahead),
            State.REQUESTED,
            is_temporary=True,
            quantity=quantity,
            cycles_left=wanted.cycles - 1,
            expires_ms=wanted.until_ms,
            reason=wanted.reason,
        )
        for ahead, quantity in enumerate(quantities)
    ]


def expired(floor: Floor, now_ms: int) -> list[Event]:
    """The cards whose date has passed before anybody began with them. What is begun comes to its end."""
    return [
        CardStood(card.loop, card.id, Standing.RETIRED, "its date has passed")
        for loop in floor.plant.loops
        for card in floor.cards_of(loop)
        if card.expires_ms is not None
        and card.expires_ms <= now_ms
        and card.state in (State.REQUESTED, State.COLLECTING)
    ]


def _quantities(container_quantity: int, wanted: Occasional) -> list[int | None]:
    if (wanted.cards is None) == (wanted.pieces is None):
        raise DomainError(Reason.NOT_ALLOWED, "say either how many cards or how many pieces")
    count = wanted.cards if wanted.pieces is None else -(-wanted.pieces // container_quantity)
    if count is None or not 1 <= count <= CARDS_MOST or wanted.cycles < 1:
        raise DomainError(Reason.NOT_ALLOWED, f"1 to {CARDS_MOST} cards, each at least once")
    rest = (wanted.pieces or 0) % container_quantity
    quantities: list[int | None] = [None] * count
    if rest:
        quantities[-1] = rest
    return quantities
