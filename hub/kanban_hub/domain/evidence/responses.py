"""How long calls wait for somebody."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.calls import Story, stories
from kanban_hub.domain.evidence.spread import spread


@dataclass(frozen=True)
class ResponseRow:
    """From the raising of a call until it was taken, until somebody arrived, or until it was solved.

    In working time at the station, where it is known when the plant works.

    `excluded` calls were taken back or rejected: they are in no mean.
    """

    station: str
    call_kind: str
    until: str
    calls: int
    excluded: int
    count: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    events: tuple[int, ...]


UNTIL = ("taken", "arrived", "solved")


def responses(basis: Basis) -> list[ResponseRow]:
    """By the station where help was needed and the kind of the call."""
    groups: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
    for story in stories(basis):
        groups[story.raised.station, str(story.raised.call_kind)].append(story)
    return [_row(basis, key, until, found) for key, found in sorted(groups.items()) for until in UNTIL]


def _row(basis: Basis, key: tuple[str, str], until: str, found: list[Story]) -> ResponseRow:
    calls = [story for story in found if story.is_call]
    reached = [story for story in calls if until in story.moves]
    times = spread([_waited_s(basis, story, until) for story in reached])
    numbers = [n for story in reached for n in (story.fact.number, story.moves[until].number)]
    return ResponseRow(
        *key, until, len(calls), len(found) - len(calls), times.count, times.mean_s, times.median_s,
        times.p90_s, tuple(sorted(numbers)),
    )  # fmt: skip


def _waited_s(basis: Basis, story: Story, until: str) -> float:
    raised_ms, moved_ms = story.fact.at_ms, story.moves[until].at_ms
    working_s = basis.working_s(story.raised.station, raised_ms, moved_ms)
    return max(0, moved_ms - raised_ms) / 1000 if working_s is None else working_s
