"""What goes wrong most often: the few causes behind most of it come first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from kanban_hub.domain.andon import CallKind, CallState
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.calls import Story, stories

NOT_TOLD = "not told"


@dataclass(frozen=True)
class ParetoRow:
    """`share` of all of its kind and the shares up to it, both between 0 and 1.

    `kind` is `defect` (told with a quality fail) or `cause` (told when a call was solved).
    """

    kind: str
    text: str
    count: int
    share: float
    cumulative_share: float
    events: tuple[int, ...]


def pareto(basis: Basis) -> list[ParetoRow]:
    """Defects, then causes, each by how often. Calls taken back or rejected count nowhere."""
    calls = [story for story in stories(basis) if story.is_call]
    fails = [story for story in calls if story.raised.call_kind == CallKind.QUALITY]
    defects = [(story.raised.topic, story.fact.number) for story in fails]
    return [*ranked("defect", defects), *ranked("cause", _causes(calls))]


def ranked(kind: str, found: Iterable[tuple[str | None, int]]) -> list[ParetoRow]:
    """The texts by how often each was found, with the numbers of the events."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for text, number in found:
        groups[text or NOT_TOLD].append(number)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    total = sum(len(numbers) for _, numbers in ordered)
    sums = accumulate(len(numbers) for _, numbers in ordered)
    return [
        ParetoRow(kind, text, len(numbers), len(numbers) / total, up_to / total, tuple(numbers))
        for (text, numbers), up_to in zip(ordered, sums, strict=True)
    ]


def _causes(calls: Iterable[Story]) -> Iterator[tuple[str | None, int]]:
    return (
        (story.cause, story.moves[CallState.SOLVED].number)
        for story in calls
        if CallState.SOLVED in story.moves
    )
