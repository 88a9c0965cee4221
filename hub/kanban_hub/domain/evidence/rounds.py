"""Each container on its way round: asked for, seen, made, shipped, received, emptied."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.moves import Move, State

_SUPPLIERS = (Move.ACCEPT, Move.START, Move.FINISH, Move.SHIP)
_JUDGING = (Move.FINISH, Move.SHIP, Move.RECEIVE, Move.FAIL)


@dataclass(slots=True)
class Round:
    """One container of a card, by the steps that mark its way. `None`: not yet, or nobody marked it.

    `asked` is the pull, or the issue of a card that asks; `requested` when the supplier got to know, which is
    later where a batch was collected. `made` is the finish, without one the shipping. `fails` are those
    that nobody cleared. `judged` is the first step by which it counts as good or bad.
    """

    loop: str
    card: str
    asked: Step | None = None
    requested: Step | None = None
    seen: Step | None = None
    finished: Step | None = None
    shipped: Step | None = None
    received: Step | None = None
    emptied: Step | None = None
    judged: Step | None = None
    is_rework: bool = False  # begun by a rework of what was here already: nobody asked, no first pass
    fails: list[Step] = field(default_factory=list)
    clears: list[Step] = field(default_factory=list)

    @property
    def made(self) -> Step | None:
        return self.finished or self.shipped

    def events(self) -> tuple[int, ...]:
        """The numbers of the marks of its lead time."""
        marks = (self.asked, self.requested, self.seen, self.made, self.shipped, self.received)
        return tuple(sorted({mark.number for mark in marks if mark is not None}))


def rounds(basis: Basis) -> list[Round]:
    """All rounds, whole and broken off, card by card."""
    return [one for steps in basis.steps_by_card().values() for one in of_card(steps)]


def of_card(steps: Iterable[Step]) -> list[Round]:
    """The rounds of one card, from all its steps in order."""
    found: list[Round] = []
    for step in steps:
        if not found:
            found.append(Round(step.loop, step.card))
        if _begins(step):
            found[-1].emptied = step
            found[-1].judged = found[-1].judged or step
            found.append(Round(step.loop, step.card, asked=step))
        if step.move is Move.REWORK and found[-1].received is not None:
            found.append(Round(step.loop, step.card, is_rework=True))
        _mark(found[-1], step)
    return found


def _begins(step: Step) -> bool:
    """A pull, the take that brings a signal loop to its reorder point, or a return: a good one is owed."""
    return step.move in (Move.PULL, Move.RETURN) or (step.move is Move.TAKE and step.is_request)


def _mark(one: Round, step: Step) -> None:
    if step.before is None and step.after.state is State.COLLECTING:
        one.asked = step  # in the place of a card of another quantity
    if step.is_request and one.requested is None:
        one.asked, one.requested = one.asked or step, step
    if step.move in _SUPPLIERS:
        one.seen = one.seen or step
    if step.move in _JUDGING:
        one.judged = one.judged or step
    if step.move in _MARKS:
        _MARKS[step.move](one, step)


def _finish(one: Round, step: Step) -> None:
    one.finished = step


def _ship(one: Round, step: Step) -> None:
    one.shipped = step


def _receive(one: Round, step: Step) -> None:
    one.received = step


def _fail(one: Round, step: Step) -> None:
    one.fails.append(step)


def _clear(one: Round, step: Step) -> None:
    one.clears += [one.fails.pop(), step] if one.fails else [step]


def _rework(one: Round, _: Step) -> None:
    """It has to be made and shipped once more."""
    one.finished = one.shipped = None


_MARKS: dict[Move, Callable[[Round, Step], None]] = {
    Move.FINISH: _finish,
    Move.SHIP: _ship,
    Move.RECEIVE: _receive,
    Move.FAIL: _fail,
    Move.CLEAR: _clear,
    Move.REWORK: _rework,
}
