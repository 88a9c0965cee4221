"""Contact levels in, settled levels out. Pure: time is passed in.

gpiozero's own bounce_time drops or invents edges, differently in each back end (gpiozero #378, #550,
#697, #1039), so it is switched off and every raw edge comes here.
"""

from collections import deque
from dataclasses import dataclass

CHATTER_WINDOW_S = 1.0
CHATTER_EDGES = 32
"""Edges within the window without a settled level between them. A worn contact bounces ten or so times."""
CHATTER_CHANGES = 16
"""Settled levels within the window: eight presses a second, more than a hand does."""
QUIET_S = 0.5
"""How long a contact has to rest after chatter before it is believed again."""


@dataclass(frozen=True)
class Settled:
    """The contact has kept this level for the debounce time (or for QUIET_S after chatter)."""

    closed: bool
    at_s: float


@dataclass(frozen=True)
class Chatter:
    """The contact changes faster than a hand can; nothing settles until it has been quiet."""

    at_s: float


@dataclass(frozen=True)
class Doubt:
    """A level was read that no edge has told yet; one is waited for."""

    since_s: float
    until_s: float


class Debouncer:
    """One contact. An edge tells when the level changed, if late; a sample tells only what it is now.

    A program that is held up reads levels whose edges are still on the way to it. So a level that no edge has
    told is in doubt for a while: if the edge comes, its own time counts, and else the sample's.

    `level` is the raw level as told, `is_closed` the settled one.
    """

    def __init__(self, closed: bool, at_s: float, debounce_s: float = 0.02) -> None:
        self.is_closed = closed
        self._debounce_s = debounce_s
        self.level = closed
        self._level_since_s = at_s
        self._doubt: Doubt | None = None
        self._is_chattering = False
        self._edges: deque[float] = deque(maxlen=CHATTER_EDGES + 1)
        self._changes: deque[float] = deque(maxlen=CHATTER_CHANGES + 1)

    @property
    def is_in_doubt(self) -> bool:
        """Whether the level was last read as another than the edges have told."""
        return self._doubt is not None

    def edge(self, closed: bool, at_s: float) -> list[Settled | Chatter]:
        """Take a level that the contact took at `at_s`, and return what had settled by then.

        A time before the last change counts as that of the change: a sample may have found it first.
        """
        at_s = max(at_s, self._level_since_s)
        found = self.advance(at_s)
        if closed != self.level:
            self.level = closed
            self._level_since_s = at_s
            self._edges.append(at_s)
            found += self._chatter(self._edges, at_s)
        return found

    def sample(self, closed: bool, at_s: float, patience_s: float = 0.0) -> list[Settled | Chatter]:
        """Take the level as read at `at_s`, and return what has settled since the last call.

        Its edge is waited for as long as `patience_s`, and at least for the debounce time.
        """
        if closed == self.level:
            return self.advance(at_s)
        if self._doubt is None:
            self._doubt = Doubt(at_s, at_s + max(self._debounce_s, patience_s))
        if at_s < self._doubt.until_s:
            return []
        return self.edge(closed, self._doubt.since_s) + self.advance(at_s)

    def advance(self, at_s: float) -> list[Settled | Chatter]:
        """Let time pass without a change of the contact."""
        self._doubt = None
        due_s = self.due_s()
        if due_s is None or at_s < due_s:
            return []
        self._edges.clear()
        if self._is_chattering:
            self._is_chattering = False
            self._changes.clear()
        else:
            self._changes.append(due_s)
        self.is_closed = self.level
        found = self._chatter(self._changes, due_s)
        return found or [Settled(self.level, due_s)]

    def due_s(self) -> float | None:
        """When the present level settles, or is beyond doubt, if nothing changes; None if it already is."""
        if self._doubt is not None:
            return self._doubt.until_s
        if self._is_chattering:
            return self._level_since_s + QUIET_S
        if self.level != self.is_closed:
            return self._level_since_s + self._debounce_s
        return None

    def _chatter(self, times_s: deque[float], at_s: float) -> list[Settled | Chatter]:
        is_full = len(times_s) == times_s.maxlen
        if self._is_chattering or not is_full or at_s - times_s[0] > CHATTER_WINDOW_S:
            return []
        self._is_chattering = True
        return [Chatter(at_s)]
