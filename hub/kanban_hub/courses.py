"""The course of a loop out of the store: what sizing and replay look back to."""

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.sizing.course import Course, Happened, course
from kanban_hub.ports import EventFilter, View

_PAGE = 1_000


def course_of(view: View, floor: Floor, loop: str, since_ms: int) -> Course:
    """The course of `loop` from `since_ms` on. `floor` is as new as `view`."""
    cards = [card for card in floor.cards.values() if card.loop == loop]
    return course(_events(view, loop, since_ms), cards)


def _events(view: View, loop: str, since_ms: int) -> list[Happened]:
    found: list[Happened] = []
    after = 0
    while page := view.events(EventFilter(after=after, limit=_PAGE, loop=loop, since_ms=since_ms)):
        found += [(recorded.event, recorded.occasion) for recorded in page]
        after = page[-1].number
    return found
