"""The recorded pulls once more, with another number of cards: would the consumer have run out?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.sizing.course import Course, Step, Want
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.proposal import check

_ROUND = 1e-9  # a share of a container that is only floating point


@dataclass(frozen=True)
class StockOut:
    """A time in which no full container stood at the consumer. It is open while `to_ms` is none.

    `unmet` counts the pulls in it that found nothing.
    """

    from_ms: int
    to_ms: int | None
    unmet: int


@dataclass(frozen=True)
class Replay:
    """How a loop would have done with `cards` of `container_quantity` from `from_ms` to `to_ms`.

    `lowest` is the least number of full containers that there was for any time. `levels` are all of them,
    each with the time in ms since when there were so many.
    """

    cards: int
    container_quantity: int
    from_ms: int
    to_ms: int
    pulls: int
    unmet: int
    lowest: int
    stock_outs: tuple[StockOut, ...]
    levels: tuple[tuple[int, int], ...] = ()

    @property
    def out_ms(self) -> int:
        """How long all stock-outs lasted together."""
        return sum((one.to_ms or self.to_ms) - one.from_ms for one in self.stock_outs)


@dataclass(frozen=True)
class Size:
    """What is tried: how many cards, of how many pieces."""

    cards: int
    container_quantity: int


def replay(course: Course, loop: KanbanLoop, size: Size, now_ms: int) -> Replay:
    """Let every pull of `course` happen again at its time, each with the time that its card was away then.

    With the loop's own size it gives what was recorded. More cards never give more unmet pulls nor more time
    without stock. A pull that found nothing then is one more that a greater loop serves; as long as the one
    before it, its card is away. Holds, fails and other changes happen as they did. With another quantity the
    pulls come when the pieces of so many containers were used up, evenly in between.
    Raises `SizingError` where a loop cannot have so many.
    """
    check(loop, size.cards)
    if size.container_quantity < 1:
        raise SizingError("a container has one piece at least")
    to_ms = max([now_ms, course.from_ms, *(step.at_ms for step in course.steps)])
    wants = _with_returns(course, loop.lead_time_s * 1000)
    is_own = size.container_quantity == loop.container_quantity
    last = frozenset(n for n, want in enumerate(course.wants) if want.is_last and is_own)
    run = _Run(course.full + size.cards - course.cards, course.from_ms, last)
    for step in _in_order(course, wants, size.container_quantity / loop.container_quantity):
        if step.at_ms <= to_ms:
            run.take(step)
    return Replay(
        size.cards, size.container_quantity, course.from_ms, to_ms,
        run.pulls, run.unmet, run.lowest_until(to_ms), tuple(run.stock_outs(to_ms)), tuple(run.levels),
    )  # fmt: skip


def _with_returns(course: Course, planned_ms: int) -> list[Want]:
    """Each want with the time of its return: an unmet one is given the way of the one before it."""
    away_ms, found = planned_ms, []
    for want in course.wants:
        if want.is_met and want.back_ms is not None:
            away_ms = want.back_ms - want.at_ms
        found.append(want if want.is_met else replace(want, back_ms=want.at_ms + away_ms))
    return found


def _in_order(course: Course, wants: Sequence[Want], factor: float) -> list[Step]:
    """The steps to take. Where nothing is assumed they stand in their recorded order."""
    if factor == 1:
        steps = list(course.steps)
        back = [(n, want) for n, want in enumerate(wants) if not want.is_met]
    else:
        steps = [step for step in course.steps if step.want is None]
        wanted = [want for want in wants if not want.is_undone]
        back = list(enumerate(_stretched(wanted, factor, course.from_ms)))
        steps += [Step(want.at_ms, -1, number) for number, want in back]
    steps += [Step(want.back_ms, 1, number) for number, want in back if want.back_ms is not None]
    return sorted(steps, key=lambda step: step.at_ms)


def _stretched(wants: Sequence[Want], factor: float, from_ms: int) -> Iterator[Want]:
    """The wants of containers `factor` times as large, of the same consumption."""
    times_ms = [from_ms, *(want.at_ms for want in wants)]
    for number in range(1, floor(len(wants) / factor + _ROUND) + 1):
        used = number * factor
        index = ceil(used - _ROUND)
        want, share = wants[index - 1], min(1.0, used - (index - 1))
        at_ms = round(times_ms[index - 1] + share * (times_ms[index] - times_ms[index - 1]))
        away_ms = None if want.back_ms is None else want.back_ms - want.at_ms
        yield Want(at_ms, want.is_met, None if away_ms is None else at_ms + away_ms)


class _Run:
    """Full containers as the steps change them. Below zero are containers that others still wait for.

    `last` are the wants with which a card ended. Where one of them finds nothing, that card is still there
    and ends with the next want that is met.
    """

    def __init__(self, full: int, from_ms: int, last: frozenset[int]) -> None:
        self._last = last
        self._overdue = 0  # cards that are still to end
        self.pulls = 0
        self.unmet = 0
        self._full = full
        self._since_ms = from_ms
        self._lowest: int | None = None
        self._served: set[int] = set()
        self._out = StockOut(from_ms, None, 0) if full <= 0 else None
        self._outs: list[StockOut] = []
        self.levels = [(from_ms, max(0, full))]

    def take(self, step: Step) -> None:
        if step.want is None:
            self._change(step.at_ms, step.change)
        elif step.change < 0:
            self._pull(step.at_ms, step.want)
        elif step.want in self._served:
            self._change(step.at_ms, 1)

    def lowest_until(self, to_ms: int) -> int:
        self._pass(to_ms)
        return max(0, self._full if self._lowest is None else self._lowest)

    def stock_outs(self, to_ms: int) -> list[StockOut]:
        still = [self._out] if self._out and (self._out.unmet or self._out.from_ms < to_ms) else []
        return [*self._outs, *still]

    def _pull(self, at_ms: int, want: int) -> None:
        self.pulls += 1
        if self._full > 0:
            if self._overdue and want not in self._last:
                self._overdue -= 1
            else:
                self._served.add(want)
            self._change(at_ms, -1)
        else:
            self.unmet += 1
            self._overdue += want in self._last
            self._pass(at_ms)
            self._out = replace(
                self._out or StockOut(at_ms, None, 0), unmet=1 + (self._out.unmet if self._out else 0)
            )

    def _change(self, at_ms: int, change: int) -> None:
        self._pass(at_ms)
        self._full += change
        self.levels.append((at_ms, max(0, self._full)))
        if self._full <= 0:
            self._out = self._out or self._reopened(at_ms) or StockOut(at_ms, None, 0)
        elif self._out is not None:
            if self._out.unmet or at_ms > self._out.from_ms:  # out for no time is not out
                self._outs.append(replace(self._out, to_ms=at_ms))
            self._out = None

    def _reopened(self, at_ms: int) -> StockOut | None:
        """A stock-out that ended at this very moment has not ended."""
        if self._outs and self._outs[-1].to_ms == at_ms:
            return replace(self._outs.pop(), to_ms=None)
        return None

    def _pass(self, at_ms: int) -> None:
        if at_ms > self._since_ms:
            self._lowest = self._full if self._lowest is None else min(self._lowest, self._full)
            self._since_ms = at_ms
