"""What a label means on this floor: one card. The plant's own number first, then what was bound, exactly."""

from dataclasses import replace

from kanban_hub.domain.binding import bound, loops_of
from kanban_hub.domain.card import Contents
from kanban_hub.domain.counting import check
from kanban_hub.domain.errors import Reason, UnknownError
from kanban_hub.domain.events import CardCounted, CardMoved, Occasion
from kanban_hub.domain.fitting import fitting
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move
from kanban_hub.domain.outcome import Outcome, Verdict
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.scanning import Intent
from kanban_hub.labels.errors import NamesNothingError
from kanban_hub.labels.label import Label

_FILLS = (Move.SHIP, Move.RECEIVE)


def card_meant(floor: Floor, label: Label, intent: Intent, occasion: Occasion) -> str:
    """The number of the card that `label` means, whether or not there is such a card.

    Raises `NamesNothingError`, and a `DomainError` when it names something that means nothing here.
    """
    if label.card is not None:
        return label.card
    keys = [*label.container_keys, *label.item_keys]
    if not keys:
        raise NamesNothingError(label.text)
    binding = next((known for key in keys if (known := bound(floor, key))), None)
    if binding is not None and binding.card is not None:
        return binding.card
    loops = loops_of(floor, binding) if binding is not None else _own(floor, label)
    if not loops:
        raise UnknownError(Reason.UNKNOWN_CARD, f"nothing is bound to {keys[0]}")
    return fitting(floor, loops, intent, occasion).id


def counted(floor: Floor, label: Label, outcome: Outcome) -> Outcome:
    """`outcome`, and what the label says of the contents when the container was shipped or received.

    `floor` is as it was before. A signal loop's card counts its stock, not a container: there only the lot.
    """
    moves = [event for event in outcome.events if isinstance(event, CardMoved) and event.card == outcome.card]
    if outcome.verdict is not Verdict.ACCEPTED or not moves or moves[-1].move not in _FILLS:
        return outcome
    card = floor.cards[moves[-1].card]
    now = moves[-1].contents or Contents(card.quantity, card.lot)
    said = Contents(_quantity(floor.loop(card.loop), label, now.quantity), label.lot or now.lot)
    if said == now:
        return outcome
    check(said)
    return replace(outcome, events=(*outcome.events, CardCounted(card.loop, card.id, said)))


def _quantity(loop: KanbanLoop, label: Label, known: int | None) -> int | None:
    if loop.is_signal or label.quantity is None:
        return known
    return None if label.quantity == loop.container_quantity else label.quantity


def _own(floor: Floor, label: Label) -> list[KanbanLoop]:
    """The customer's item number on a supplier's label (data identifier P) needs no binding."""
    item = (label.item_code or "").lower()
    return [loop for loop in floor.plant.loops.values() if loop.item == item]
