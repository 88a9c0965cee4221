"""Some weeks in the life of the seeded hub, by its hand-turned clock: the same ones every time.

Containers are emptied by day, seen, shipped and received after times that vary; some are late, some fail,
calls are raised and solved, promises made and broken. What pages of figures show is made from it.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from typing import Any

from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.orders import MakePromise, MoveCall, MoveCard
from kanban_hub.ports import Work
from tests.hub.web.site import Site

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
PULL_EVERY_S = {"bracket": 55 * MINUTE_S, "casting": 130 * MINUTE_S}
DEFECTS = ("scratch", "scratch", "scratch", "dent", "dent", "wrong colour", "hole missing")
CAUSES = ("tool worn", "tool worn", "tool worn", "material wet", "mixed up", "oven cold")
WORK_HOURS = (6, 22)


class _Going:
    """A store in the middle of its one transaction, with the floor kept: weeks pass in seconds."""

    def __init__(self, work: Work) -> None:
        self._work, self._floor = work, work.floor()

    def transaction(self) -> Any:
        return nullcontext(self)

    view = transaction

    def floor(self) -> Floor:
        return self._floor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._work, name)


@contextmanager
def _at_one_go(site: Site) -> Iterator[None]:
    """Let all that happens inside the block be one transaction."""
    store = site.store
    with store.transaction() as work:
        site.store = _Going(work)  # type: ignore[assignment]  # as much of a store as a site needs
        try:
            yield
        finally:
            site.store = store


@dataclass
class Weeks:
    """What is to happen, by the time at which it does."""

    site: Site
    chance: Random = field(default_factory=lambda: Random(7))  # no secret is made of it
    _plan: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def live(self, days: float) -> None:
        """Let `days` go by."""
        end_s = self.site.hand.seconds + days * DAY_S
        for loop, every_s in PULL_EVERY_S.items():
            self._after(self.chance.uniform(0, every_s), partial(self._pull, loop, every_s))
        self._after(5 * HOUR_S, self._help)
        with _at_one_go(self.site):
            while self._plan and self._plan[0][0] <= end_s:
                at_s, _, happen = heapq.heappop(self._plan)
                self.site.hand.seconds = at_s
                with suppress(DomainError):
                    happen()
        self.site.hand.seconds = end_s

    def _after(self, wait_s: float, happen: Callable[[], object]) -> None:
        heapq.heappush(self._plan, (self.site.hand.seconds + wait_s, next(self._numbers), happen))

    def _pull(self, loop: str, every_s: float) -> None:
        self._after(self.chance.gammavariate(4, every_s / 4), lambda: self._pull(loop, every_s))
        hour = self.site.hand.seconds / HOUR_S % 24
        if not WORK_HOURS[0] <= hour < WORK_HOURS[1]:
            return
        consumer, supplier = ("assembly", "paint") if loop == "bracket" else ("paint", "castings")
        if self.chance.random() < 0.04:
            self.site.signal(consumer, "fail", loop=loop, defect=self.chance.choice(DEFECTS))
            self._after(self.chance.uniform(0.5, 3) * HOUR_S, lambda: self._decide(loop))
        self.site.signal(consumer, "pull", loop=loop)
        seen_s = self.chance.gammavariate(2, 6 * MINUTE_S)
        made_s = seen_s + self.chance.gammavariate(6, (8 if loop == "bracket" else 30) * MINUTE_S)
        self._after(seen_s, lambda: self.site.signal(supplier, "advance", loop=loop))
        self._after(made_s, lambda: self.site.signal(supplier, "advance", loop=loop))
        self._after(made_s + self.chance.uniform(8, 25) * MINUTE_S, lambda: self._receive(loop, consumer))
        if self.chance.random() < 0.15:
            ready_ms = self.site.clock.now_ms() + round(made_s * self.chance.uniform(0.8, 1.4) * 1000)
            self._after(seen_s, lambda: self.site.ask(MakePromise(loop, ready_ms, "oven")))

    def _receive(self, loop: str, consumer: str) -> None:
        away = [
            card for card in self._floor().cards_of(loop) if card.state not in (State.FULL, State.QUARANTINED)
        ]
        away = [card for card in away if card.standing is Standing.ACTIVE]
        if away:
            furthest = max(away, key=lambda card: (card.progress, -card.waits_since_ms))
            self.site.signal(consumer, "scan", code=furthest.id, intent="receive")

    def _decide(self, loop: str) -> None:
        for card in self._floor().cards_of(loop):
            if card.state is State.QUARANTINED:
                order = self.chance.choice(("clear", "rework", "scrap"))
                self.site.ask(MoveCard(card.id, order))
        self._solve()

    def _help(self) -> None:
        self._after(self.chance.uniform(10, 30) * HOUR_S, self._help)
        self.site.signal("assembly", "help", topic="machine")
        self._after(self.chance.uniform(2, 20) * MINUTE_S, lambda: self._answer("take"))
        self._after(self.chance.uniform(25, 90) * MINUTE_S, self._solve)

    def _answer(self, order: str, cause: str | None = None) -> None:
        for call in self._floor().open_calls():
            with suppress(DomainError):
                self.site.ask(MoveCall(call.id, order, cause))

    def _solve(self) -> None:
        self._answer("take")
        self._answer("solve", self.chance.choice(CAUSES))

    def _floor(self) -> Floor:
        with self.site.store.view() as view:
            return view.floor()
