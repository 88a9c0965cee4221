"""Where quality fails come from: by item, maker, finder and shift, the most frequent first."""

from collections.abc import Callable, Iterator

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.calls import Story, stories
from kanban_hub.domain.evidence.pareto import ParetoRow, ranked
from kanban_hub.domain.evidence.walking import OUTSIDE_SHIFTS


def fails(basis: Basis) -> list[ParetoRow]:
    """Every fail stands once in each kind of row. Calls taken back or rejected count nowhere."""
    told = list(_told(basis))
    return [
        row
        for kind, text in _BY.items()
        if kind != "shift" or basis.floor.plant.calendar.shifts
        for row in ranked(kind, [(text(basis, story), story.fact.number) for story in told])
    ]


def _told(basis: Basis) -> Iterator[Story]:
    return (story for story in stories(basis) if story.is_call and story.raised.call_kind == CallKind.QUALITY)


def _item(basis: Basis, story: Story) -> str | None:
    loop = basis.floor.plant.loops.get(story.raised.loop or "")
    return loop.item if loop is not None else None


def _shift(basis: Basis, story: Story) -> str:
    """The shift that is there where it was found."""
    station = story.raised.raised_by or story.raised.station
    return basis.floor.plant.worktime(station).shift_at(story.fact.at_ms) or OUTSIDE_SHIFTS


_BY: dict[str, Callable[[Basis, Story], str | None]] = {
    "item": _item,
    "maker": lambda _, story: story.raised.station,
    "finder": lambda _, story: story.raised.raised_by,
    "shift": _shift,
}
