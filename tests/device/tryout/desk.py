"""A desk whose person is a script: what is said calls forth what is done, on its own clock."""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

from kanban_device.tryout.desk import Event, Typed

Act = Callable[["ScriptedDesk"], None]


class ScriptedDesk:
    """Implements `Desk`. `script` has what the person does at the first words that contain its key."""

    def __init__(self, script: dict[str, Act | str]) -> None:
        self.said: list[str] = []
        self._script = dict(script)
        self._now_s = 100.0
        self._events: deque[Event] = deque()
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def say(self, text: str) -> None:
        self.said.append(text)
        for words, act in list(self._script.items()):
            if words in text:
                del self._script[words]
                self.type(act) if isinstance(act, str) else act(self)

    def type(self, *lines: str | None) -> None:
        for line in lines:
            self.put(Typed(line))

    def put(self, event: Event) -> None:
        self._events.append(event)

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Have something done when so much time has gone by."""
        heappush(self._later, (self._now_s + seconds, next(self._numbers), act))

    def take(self, until_s: float | None) -> Event | None:
        while not self._events:
            if self._later and (until_s is None or self._later[0][0] <= until_s):
                self._now_s, _, act = heappop(self._later)
                act()
            elif until_s is not None:
                self._now_s = max(self._now_s, until_s)
                return None
            else:
                raise AssertionError(f"nobody answers: {self.said[-1]}")
        return self._events.popleft()

    def now_s(self) -> float:
        return self._now_s
