"""What an event means for its card."""

from typing import Protocol

from kanban_hub.domain.events import (
    CardCounted,
    CardIssued,
    CardMoved,
    CardStood,
    CardSuspected,
    Event,
    Occasion,
)
from kanban_hub.domain.evidence.step import Place, Step, place
from kanban_hub.domain.moves import Move, Standing, State

CardEvent = CardIssued | CardMoved | CardStood | CardSuspected | CardCounted


class Recorded(Protocol):
    """An event as it was recorded; `number` is higher than those of all events before."""

    @property
    def number(self) -> int: ...
    @property
    def event(self) -> Event: ...
    @property
    def occasion(self) -> Occasion: ...


def takes_back(event: CardEvent, occasion: Occasion, last: Step) -> bool:
    """Whether `event` takes `last` back: an undo of the move, or the end of a replacement never moved.

    A station ends a replacement unmoved only by taking the fail back that it was issued for.
    """
    match event:
        case CardMoved(move=Move.UNDO) if last.before is not None:
            return (event.before, event.after) == (last.after.state, last.before.state)
        case CardStood(standing=Standing.RETIRED):
            return last.before is None and last.is_request and occasion.signal is not None
    return False


def ends_at_pull(recorded: Recorded, event: CardEvent, last: Step | None) -> bool:
    """Whether the card went for ever with its pull: then the pull asked for nothing."""
    is_retired = isinstance(event, CardStood) and event.standing is Standing.RETIRED
    return is_retired and last is not None and last.number + 1 == recorded.number


def after(event: CardEvent, before: Place | None) -> Place:
    """Where the card is then."""
    known = before or place(State.FULL)
    match event:
        case CardIssued():
            return place(event.state)
        case CardMoved():
            return place(event.after, known.standing)
        case CardStood():
            return place(known.state, event.standing)
        case CardSuspected():
            return place(known.state, Standing.HELD)
    return known


def is_request(event: CardEvent) -> bool:
    """Whether the supplier was asked for a container: by a move, or by a card that begins as a request."""
    match event:
        case CardIssued():
            return event.state is State.REQUESTED
        case CardMoved():
            is_new = event.move is not Move.UNDO and event.before is not State.REQUESTED
            return is_new and event.after is State.REQUESTED
    return False


def pieces(event: CardEvent) -> int | None:
    """What is in the container then, where the event says so."""
    match event:
        case CardIssued():
            return event.quantity
        case CardMoved() | CardCounted():
            return event.contents.quantity if event.contents else None
    return None
