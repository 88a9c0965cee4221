"""What the rules look back to: the latest pulls and lead times, and which signal moved what."""

from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass

from kanban_hub.domain.events import CardMoved, Occasion
from kanban_hub.domain.leadtimes import LeadTimes
from kanban_hub.domain.moment import UNDATED, Moment
from kanban_hub.domain.moves import Move, State

# The rate is measured over this many pulls, and planned until there are so few.
RATE_PULLS = 20
RATE_PULLS_LEAST = 5
# Signals that an undo may still name; the undo time is far shorter than so many signals take.
SIGNALS_KEPT = 2_000
_PULLS = (Move.PULL, Move.TAKE)


@dataclass(frozen=True)
class Pulled:
    """One pull of a loop, for the duplicate window and the rate."""

    moment: Moment
    station: str | None
    card: str
    signal: str | None = None


class Recall:
    """`moved` is by signal: the cards that it moved and that were not taken back since."""

    def __init__(self) -> None:
        self.pulls: defaultdict[str, deque[Pulled]] = defaultdict(lambda: deque(maxlen=RATE_PULLS))
        self.lead_times = LeadTimes()
        self.signals: OrderedDict[str, Occasion] = OrderedDict()
        self.moved: defaultdict[str, set[str]] = defaultdict(set)

    def twin(self) -> "Recall":
        """The same once more: what is remembered is frozen and belongs to both."""
        other = Recall()
        for loop, pulls in self.pulls.items():
            other.pulls[loop].extend(pulls)
        for signal, cards in self.moved.items():
            other.moved[signal] = set(cards)
        other.signals = OrderedDict(self.signals)
        other.lead_times = self.lead_times.twin()
        return other

    def remember(self, event: CardMoved, occasion: Occasion) -> None:
        """Take in a move. A pull of which nobody knows when it was says nothing of the rate."""
        self.lead_times.add(event, occasion.moment)
        if event.move in _PULLS and occasion.moment.clock != UNDATED:
            pulled = Pulled(occasion.moment, occasion.station, event.card, occasion.signal)
            self.pulls[event.loop or ""].append(pulled)
        elif event.move is Move.UNDO:
            self._take_back(event)
        if occasion.signal is not None:
            self.moved[occasion.signal].add(event.card)
            self.keep(occasion.signal, occasion)

    def keep(self, signal: str, occasion: Occasion) -> None:
        """A signal that an undo may name."""
        self.signals[signal] = occasion
        while len(self.signals) > SIGNALS_KEPT:
            oldest, _ = self.signals.popitem(last=False)
            self.moved.pop(oldest, None)

    def _take_back(self, undo: CardMoved) -> None:
        """Forget the pull that was taken back, if it was one: it neither counts nor hides the next press."""
        signal = next((one for one, cards in reversed(self.moved.items()) if undo.card in cards), None)
        if signal is not None:
            self.moved[signal].discard(undo.card)
        elif undo.after is not State.FULL:
            return
        pulls = self.pulls[undo.loop or ""]
        latest = [one for one in pulls if (one.card, one.signal) == (undo.card, signal)][-1:]
        self.pulls[undo.loop or ""] = deque((one for one in pulls if one not in latest), RATE_PULLS)
