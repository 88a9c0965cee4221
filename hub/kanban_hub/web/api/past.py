"""How far sizing and replay look back, and what they then see of a loop."""

from dataclasses import dataclass, replace
from typing import Annotated

from msgspec import Meta

from kanban_hub.courses import course_of
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.sizing.course import Course
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found

DAYS_MOST = 92
_DAY_MS = 86_400_000

Days = Annotated[int, Meta(ge=1, le=DAYS_MOST, description="How many days are looked back.")]


@dataclass(frozen=True)
class Past:
    """`loop` with the cards that it has now, a trial's included, and its course until `now_ms`."""

    loop: KanbanLoop
    course: Course
    now_ms: int


def past(parts: WebParts, loop: str, days: int) -> Past:
    """What happened to `loop` in the last `days`. Raises a 404 for a loop that is not of this plant."""
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _), parts.store.view() as view:
        if loop not in floor.plant.loops:
            raise not_found(f"no loop {loop[:80]!r}")
        known = replace(floor.plant.loops[loop], cards=floor.sizes[loop].cards)
        return Past(known, course_of(view, floor, loop, now_ms - days * _DAY_MS), now_ms)
