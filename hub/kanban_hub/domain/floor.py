"""What stands where: all cards and calls of a plant, as its events add up. One owner, no I/O, no clock."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.card import Card, LastMove, Move, State
from kanban_hub.domain.errors import Reason, UnknownError
from kanban_hub.domain.events import (
    CallMoved,
    CallRaised,
    CardEnding,
    CardIssued,
    CardMadeRegular,
    CardMoved,
    CardStood,
    Event,
    LoopEnded,
    LoopSet,
    Occasion,
)
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import KanbanLoop, Plant

# The rate is measured over this many pulls, and planned until there are so few.
RATE_PULLS = 20
RATE_PULLS_LEAST = 5
# Signals that an undo may still name; the undo time is far shorter than so many signals take.
SIGNALS_KEPT = 2_000


@dataclass(frozen=True)
class Pulled:
    """The last pull of a loop, for the duplicate window."""

    moment: Moment
    station: str | None
    card: str


class Floor:
    """The state of the plant. `apply` is the only thing that changes it."""

    def __init__(self, plant: Plant, cards: Iterable[Card] = (), calls: Iterable[AndonCall] = ()) -> None:
        self.plant = plant
        self.cards: dict[str, Card] = {card.id: card for card in cards}
        self.calls: dict[str, AndonCall] = {call.id: call for call in calls}
        self.last_pull: dict[str, Pulled] = {}
        self.pull_times_ms: dict[str, deque[int]] = {}
        self.signals: OrderedDict[str, Occasion] = OrderedDict()
        self.regular: dict[str, int] = {}  # what each loop must have, by its events
        self._loops: dict[str, dict[str, None]] = {}
        for card in self.cards.values():
            self._loops.setdefault(card.loop, {})[card.id] = None

    def loop(self, loop: str) -> KanbanLoop:
        if loop not in self.plant.loops:
            raise UnknownError(Reason.UNKNOWN_LOOP, f"no loop {loop}")
        return self.plant.loops[loop]

    def card(self, card: str) -> Card:
        """The card of exactly this number: a part of a number matches nothing."""
        if card not in self.cards:
            raise UnknownError(Reason.UNKNOWN_CARD, f"no card {card}")
        return self.cards[card]

    def cards_of(self, loop: str) -> list[Card]:
        """All cards of a loop that are not void, by number."""
        cards = (self.cards[card] for card in self._loops.get(loop, ()))
        return sorted((card for card in cards if not card.is_void), key=lambda card: card.id)

    def next_card_id(self, loop: KanbanLoop, ahead: int = 0) -> str:
        """A number that was never given: void numbers stay void for ever."""
        numbers = (loop.number_of(self.cards[card]) for card in self._loops.get(loop.id, ()))
        return loop.card_id(max(numbers, default=0) + 1 + ahead)

    def open_calls(self, station: str | None = None) -> list[AndonCall]:
        calls = (call for call in self.calls.values() if call.is_open)
        return [call for call in calls if station in (None, call.station)]

    def apply(self, event: Event, occasion: Occasion) -> None:
        """Let `event` have happened. Never refuses: what may happen was decided before."""
        match event:
            case CardIssued():
                self._issue(event, occasion)
            case CardMoved():
                self._move(event, occasion)
            case CardStood() | CardMadeRegular() | CardEnding():
                self._change(event)
            case CallRaised():
                self._raise(event, occasion)
            case CallMoved():
                self._move_call(event, occasion)
            case LoopSet():
                self.regular[event.loop or ""] = event.cards
            case LoopEnded():
                del self.regular[event.loop or ""]

    def remember(self, event: CardMoved, occasion: Occasion) -> None:
        """Keep what the rate, the duplicate window and an undo look back to."""
        loop = event.loop or ""
        if event.move is Move.PULL:
            self.last_pull[loop] = Pulled(occasion.moment, occasion.station, event.card)
            times = self.pull_times_ms.setdefault(loop, deque(maxlen=RATE_PULLS))
            times.append(occasion.moment.at_ms)
        elif event.move is Move.UNDO and self.last_pull.get(loop, _NEVER).card == event.card:
            del self.last_pull[loop]
        if occasion.signal is not None:
            self.signals[occasion.signal] = occasion
            while len(self.signals) > SIGNALS_KEPT:
                self.signals.popitem(last=False)

    def _issue(self, event: CardIssued, occasion: Occasion) -> None:
        at_ms = occasion.moment.at_ms
        card = Card(
            id=event.card,
            loop=event.loop or "",
            state=event.state,
            since_ms=at_ms,
            asked_ms=None if event.state is State.FULL else at_ms,
            replaces=event.replaces,
            is_temporary=event.is_temporary,
        )
        if occasion.signal is not None:
            card = replace(card, last=_last(Move.RELEASE, event.state, occasion))
        self.cards[card.id] = card
        self._loops.setdefault(card.loop, {})[card.id] = None

    def _move(self, event: CardMoved, occasion: Occasion) -> None:
        last = _last(event.move, event.before, occasion)
        self.cards[event.card] = self.cards[event.card].moved(event.after, last)
        self.remember(event, occasion)

    def _change(self, event: CardStood | CardMadeRegular | CardEnding) -> None:
        card = self.cards[event.card]
        match event:
            case CardStood():
                card = replace(card, standing=event.standing, hold_reason=event.reason)
            case CardMadeRegular():
                card = replace(card, is_temporary=False, replaces=None)
            case CardEnding():
                card = replace(card, ends_at_pull=True)
        self.cards[card.id] = card

    def _move_call(self, event: CallMoved, occasion: Occasion) -> None:
        call = self.calls[event.call].moved(CallState(event.state), occasion.moment.at_ms, event.cause)
        self.calls[call.id] = call

    def _raise(self, event: CallRaised, occasion: Occasion) -> None:
        self.calls[event.call] = AndonCall(
            id=event.call,
            kind=CallKind(event.call_kind),
            station=event.station,
            raised_ms=occasion.moment.at_ms,
            loop=event.loop,
            card=event.card,
            topic=event.topic,
            raised_by=event.raised_by,
            signal=occasion.signal,
        )
        if occasion.signal is not None:
            self.signals[occasion.signal] = occasion


_NEVER = Pulled(Moment.at(0), None, "")


def _last(move: Move, before: State, occasion: Occasion) -> LastMove:
    return LastMove(move, before, occasion.moment, occasion.station, occasion.signal, occasion.how)
