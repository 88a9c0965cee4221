"""Take back: within the undo time, by the same station, if nothing was built on it."""

from kanban_hub.domain.andon import AndonCall, CallState
from kanban_hub.domain.card import Card
from kanban_hub.domain.containment import absolved
from kanban_hub.domain.errors import Reason, UndoError, UnknownError
from kanban_hub.domain.events import CallMoved, CardStood, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, Role, Standing, State
from kanban_hub.domain.outcome import Outcome, accepted, move, says

UNDO_S = 30


def undo(floor: Floor, signal: str, occasion: Occasion) -> Outcome:
    """Take the signal back: every card that it moved, the call and the replacement that it made."""
    first = floor.recall.signals.get(signal)
    if first is None or first.station != occasion.station:
        raise UnknownError(Reason.UNKNOWN_SIGNAL, f"signal {signal} moved nothing at this station")
    if occasion.moment.apart_ms(first.moment) > UNDO_S * 1000:
        raise UndoError(Reason.TOO_LATE, f"signal {signal} is older than {UNDO_S} s")
    cards = list(floor.by_signal.under(signal))
    calls = [call for call in floor.calls.values() if call.signal == signal]
    moved = floor.recall.moved.get(signal, set())
    _check_not_taken_back(signal, moved, cards, calls)
    _check_not_built_on(signal, moved, cards, calls)
    events: list[Event] = [CallMoved(call.loop, call.id, CallState.WITHDRAWN) for call in calls]
    events += [_taken_back(card, is_issued=card.id not in moved) for card in cards]
    events += [free for card in cards if card.state is State.QUARANTINED for free in absolved(floor, card)]
    return accepted(events, next((card for card in cards if card.id in moved), None), says("Taken back"))


def undo_card(floor: Floor, card: Card, occasion: Occasion) -> Outcome:
    """Take back the last move of a scanned card."""
    card.check_not_void()
    if card.last is None or card.last.signal is None:
        raise UndoError(Reason.NOTHING_TO_UNDO, f"{card.id} was not moved by a station", card.id)
    return undo(floor, card.last.signal, occasion)


def _check_not_taken_back(signal: str, moved: set[str], cards: list[Card], calls: list[AndonCall]) -> None:
    is_called = any(call.state is not CallState.WITHDRAWN for call in calls)
    is_undo = any(card.last is not None and card.last.move is Move.UNDO for card in cards)
    if is_undo or not (moved or is_called):
        raise UndoError(Reason.NOTHING_TO_UNDO, f"signal {signal} was taken back already")


def _check_not_built_on(signal: str, moved: set[str], cards: list[Card], calls: list[AndonCall]) -> None:
    """All that the signal moved, issued or raised must stand as the signal left it."""
    for card in cards:
        card.check_not_void()
    issued = [card for card in cards if card.id not in moved]
    has_failed = any(card.last is not None and card.last.move is Move.FAIL for card in cards)
    has_replacement = any(card.is_temporary and not card.ends_at_pull for card in issued)
    if len(cards) - len(issued) < len(moved) or (has_failed and not has_replacement):
        raise UndoError(Reason.BUILT_ON, f"something was built on signal {signal}")
    if any(call.state is not CallState.RAISED for call in calls):
        raise UndoError(Reason.BUILT_ON, f"the call of signal {signal} was taken")


def _taken_back(card: Card, *, is_issued: bool) -> Event:
    card.check(Move.UNDO, Role.CONSUMER)
    if is_issued or card.last is None:
        return CardStood(card.loop, card.id, Standing.RETIRED, "its fail was taken back")
    return move(card, Move.UNDO, card.last.before)
