"""Take back: within the undo time, by the same station, if nothing was built on it."""

from kanban_hub.domain.andon import AndonCall, CallState
from kanban_hub.domain.card import Card, Move, Role, Standing
from kanban_hub.domain.errors import Reason, UndoError, UnknownError
from kanban_hub.domain.events import CallMoved, CardStood, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, accepted, move

UNDO_S = 30


def undo(floor: Floor, signal: str, occasion: Occasion) -> Outcome:
    """Take the signal back: every card that it moved, the call and the replacement that it made."""
    first = floor.signals.get(signal)
    if first is None or first.station != occasion.station:
        raise UnknownError(Reason.UNKNOWN_SIGNAL, f"signal {signal} moved nothing at this station")
    if occasion.moment.apart_ms(first.moment) > UNDO_S * 1000:
        raise UndoError(Reason.TOO_LATE, f"signal {signal} is older than {UNDO_S} s")
    cards = [
        c for c in floor.cards.values() if c.last is not None and c.last.signal == signal and not c.is_void
    ]
    calls = [call for call in floor.calls.values() if call.signal == signal]
    return _taken_back(cards, calls, signal)


def undo_card(floor: Floor, card: Card, occasion: Occasion) -> Outcome:
    """Take back the last move of a scanned card."""
    if card.last is None or card.last.signal is None:
        raise UndoError(Reason.NOTHING_TO_UNDO, f"{card.id} was not moved by a station", card.id)
    return undo(floor, card.last.signal, occasion)


def _taken_back(cards: list[Card], calls: list[AndonCall], signal: str) -> Outcome:
    if not cards and not calls:
        raise UndoError(Reason.BUILT_ON, f"something was built on signal {signal}")
    if any(call.state is not CallState.RAISED for call in calls):
        raise UndoError(Reason.BUILT_ON, f"the call of signal {signal} was taken")
    has_failed = any(card.last is not None and card.last.move is Move.FAIL for card in cards)
    if calls and calls[0].card is not None and not (has_failed and len(cards) > 1):
        raise UndoError(Reason.BUILT_ON, f"the replacement of signal {signal} is on its way", calls[0].card)
    events: list[Event] = [CallMoved(call.loop, call.id, CallState.WITHDRAWN) for call in calls]
    events += [_card_taken_back(card) for card in cards]
    return accepted(events, cards[0] if cards else None, "Taken back")


def _card_taken_back(card: Card) -> Event:
    last = card.last
    if last is None or last.move is Move.UNDO:
        raise UndoError(Reason.NOTHING_TO_UNDO, f"{card.id} was taken back already", card.id)
    if card.is_temporary and last.before is card.state:
        return CardStood(card.loop, card.id, Standing.RETIRED, "its fail was taken back")
    card.check(Move.UNDO, Role.CONSUMER)
    return move(card, Move.UNDO, last.before)
