"""Whether calls were answered within the times that the plant has set itself."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.andon import CallKind, CallState
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.calls import Story, stories
from kanban_hub.domain.evidence.spread import spread

# Each clock by where it begins and where it ends; `None` is the raising.
_CLOCKS: dict[str, tuple[CallState | None, CallState]] = {
    "take": (None, CallState.TAKEN),
    "arrive": (None, CallState.ARRIVED),
    "solve": (CallState.TAKEN, CallState.SOLVED),
}


@dataclass(frozen=True)
class TargetRow:
    """`within` of `count` calls ended the clock within `target_s`; both are `None` without a target."""

    call_kind: str
    clock: str
    target_s: int | None
    count: int
    within: int | None
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    events: tuple[int, ...]


def targets(basis: Basis) -> list[TargetRow]:
    """By kind of call. The target is the time after which a call rises to the first level."""
    groups: defaultdict[str, list[Story]] = defaultdict(list)
    for story in stories(basis):
        if story.is_call:
            groups[str(story.raised.call_kind)].append(story)
    return [_row(basis, kind, clock, found) for kind, found in sorted(groups.items()) for clock in _CLOCKS]


def _row(basis: Basis, kind: str, clock: str, found: list[Story]) -> TargetRow:
    begins, ends = _CLOCKS[clock]
    ended = [(story, _begin_ms(story, begins), story.moves[ends]) for story in found if ends in story.moves]
    times_s = [_worked_s(basis, story, begin_ms, end.at_ms) for story, begin_ms, end in ended]
    target_s = _target_s(basis, CallKind(kind), clock)
    lie = spread(times_s)
    within = None if target_s is None else sum(time_s <= target_s for time_s in times_s)
    numbers = tuple(sorted(n for story, _, end in ended for n in (story.fact.number, end.number)))
    return TargetRow(kind, clock, target_s, lie.count, within, lie.mean_s, lie.median_s, lie.p90_s, numbers)


def _begin_ms(story: Story, begins: CallState | None) -> int:
    """Whoever arrives without having said so before has taken it thereby."""
    if begins is None:
        return story.fact.at_ms
    moves = [story.moves[state] for state in (begins, CallState.ARRIVED) if state in story.moves]
    return min((move.at_ms for move in moves), default=story.fact.at_ms)


def _worked_s(basis: Basis, story: Story, begin_ms: int, end_ms: int) -> float:
    return basis.floor.plant.worktime(story.raised.station).between_s(begin_ms, end_ms)


def _target_s(basis: Basis, kind: CallKind, clock: str) -> int | None:
    first = basis.floor.plant.tree(kind)[0]
    return {"take": first.take_within_s, "solve": first.solve_within_s}.get(clock)
