"""How long the latest ways round took: from the request to the full container. By the moves alone."""

from collections import defaultdict, deque
from dataclasses import dataclass

from kanban_hub.domain.events import CardMoved
from kanban_hub.domain.moment import UNDATED, Moment
from kanban_hub.domain.moves import Move, State

# As for the rate: measured over so many, planned until there are so few.
MEASURED_MOST = 20
MEASURED_LEAST = 5
_ASKING = (Move.PULL, Move.TAKE, Move.RELEASE)


@dataclass(frozen=True)
class _Round:
    card: str
    asked_ms: int
    lead_ms: int


class LeadTimes:
    """The latest lead times of each loop, in milliseconds, oldest first."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._known: defaultdict[str, deque[_Round]] = defaultdict(lambda: deque(maxlen=MEASURED_MOST))

    def twin(self) -> "LeadTimes":
        """The same once more."""
        other = LeadTimes()
        other._asked = dict(self._asked)
        for loop, known in self._known.items():
            other._known[loop].extend(known)
        return other

    def add(self, move: CardMoved, moment: Moment) -> None:
        """Take in a move. One that was taken back, a container that failed, and a move of which nobody knows
        when it was measure nothing.
        """
        if moment.clock == UNDATED:
            self._asked.pop(move.card, None)
        elif move.move in _ASKING and move.after is State.REQUESTED and move.before is not State.REQUESTED:
            self._asked[move.card] = moment.at_ms
        elif move.move is Move.RECEIVE:
            asked_ms = self._asked.pop(move.card, None)
            if asked_ms is not None:
                lead_ms = max(0, moment.at_ms - asked_ms)
                self._known[move.loop or ""].append(_Round(move.card, asked_ms, lead_ms))
        elif move.move is Move.FAIL:
            self._asked.pop(move.card, None)
        elif move.move is Move.UNDO:
            self._take_back(move)

    def measured_s(self, loop: str) -> float | None:
        """The mean in seconds; `None` while there are fewer than `MEASURED_LEAST`."""
        known = self._known[loop]
        if len(known) < MEASURED_LEAST:
            return None
        return sum(one.lead_ms for one in known) / len(known) / 1000

    def _take_back(self, move: CardMoved) -> None:
        known = self._known[move.loop or ""]
        if move.before is State.FULL and known and known[-1].card == move.card:
            self._asked[move.card] = known.pop().asked_ms
        elif move.after is State.FULL:
            self._asked.pop(move.card, None)
