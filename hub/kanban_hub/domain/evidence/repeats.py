"""What comes again: the same trouble at the same place, though it was solved before."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.andon import CallState
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.calls import Story, stories

_SOLVED = (CallState.SOLVED, CallState.CLOSED)


@dataclass(frozen=True)
class RepeatRow:
    """`count` calls of one kind for the same at one station; `after_solved` of them followed a solved one."""

    station: str
    call_kind: str
    loop: str | None
    text: str | None
    count: int
    after_solved: int
    last_at_ms: int
    cause: str | None
    events: tuple[int, ...]


def repeats(basis: Basis) -> list[RepeatRow]:
    """Those that came twice at least, the most frequent first. Taken back or rejected ones count nowhere."""
    groups: defaultdict[tuple[str, str, str | None, str | None], list[Story]] = defaultdict(list)
    for story in stories(basis):
        raised = story.raised
        if story.is_call:
            groups[raised.station, str(raised.call_kind), raised.loop, raised.topic].append(story)
    rows = [_row(key, found) for key, found in groups.items() if len(found) > 1]
    return sorted(rows, key=lambda row: (-row.after_solved, -row.count, -row.last_at_ms))


def _row(key: tuple[str, str, str | None, str | None], found: list[Story]) -> RepeatRow:
    causes = [story.cause for story in found if story.cause]
    return RepeatRow(
        *key,
        count=len(found),
        after_solved=sum(_was_solved(found[:at], story) for at, story in enumerate(found)),
        last_at_ms=max(story.fact.at_ms for story in found),
        cause=causes[-1] if causes else None,
        events=tuple(story.fact.number for story in found),
    )


def _was_solved(before: list[Story], story: Story) -> bool:
    solved = [one.moves[state].at_ms for one in before for state in _SOLVED if state in one.moves]
    return any(at_ms <= story.fact.at_ms for at_ms in solved)
