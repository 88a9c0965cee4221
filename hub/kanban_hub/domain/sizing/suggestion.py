"""What the recorded pulls say of a loop's number of cards: some are never needed, or some are missing."""

from bisect import bisect_left
from dataclasses import dataclass

from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.sizing.course import Course
from kanban_hub.domain.sizing.measurement import MEASURED_LEAST
from kanban_hub.domain.sizing.proposal import is_by_cards
from kanban_hub.domain.sizing.replay import Replay, Size, replay

# One container always stays, for the day that is worse than all recorded ones.
RESERVE = 1


@dataclass(frozen=True)
class Suggestion:
    """`then` is how the recorded time would have gone, `now` how it went; equal cards are: keep them."""

    now: Replay
    then: Replay

    @property
    def change(self) -> int:
        """How many cards more; below zero, fewer."""
        return self.then.cards - self.now.cards


def suggest(course: Course, loop: KanbanLoop, now_ms: int) -> Suggestion | None:
    """The fewest cards with which the consumer would never have run out; at most twice those there are.

    Fewer than there are only while `RESERVE` containers would always have stood there. `None` where too
    few pulls are recorded, no number that may be tried is enough, or cards do not size the loop.
    """
    if not is_by_cards(loop) or course.cards < loop.batch:
        return None
    now = _with(course, loop, course.cards, now_ms)
    if now.pulls < MEASURED_LEAST:
        return None
    is_short = bool(now.stock_outs)
    numbers = range(course.cards, 2 * course.cards + 1) if is_short else range(loop.batch, course.cards + 1)
    reserve = 0 if is_short else RESERVE

    def would_do(cards: int) -> bool:
        return _is_enough(_with(course, loop, cards, now_ms), reserve)

    at = bisect_left(numbers, 1, key=would_do)  # more cards are never worse: found by halving
    if at == len(numbers):
        return None if is_short else Suggestion(now, now)
    return Suggestion(now, _with(course, loop, numbers[at], now_ms))


def _with(course: Course, loop: KanbanLoop, cards: int, now_ms: int) -> Replay:
    return replay(course, loop, Size(cards, loop.container_quantity), now_ms)


def _is_enough(run: Replay, reserve: int) -> bool:
    return not run.stock_outs and run.lowest >= reserve
