"""What follows by itself: from what has just happened, and from the passing of time. One table each."""

from collections.abc import Callable, Sequence

from kanban_hub.domain import calling, collecting, demanding, finding, levelling, onetime, promising
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.sizing import trial

# Each gives the next step that follows from the events just applied, or nothing.
AFTER: tuple[Callable[[Floor, Sequence[Event], Moment], list[Event]], ...] = (
    promising.kept,
    lambda floor, events, _: finding.decided(floor, events),
    lambda floor, _, moment: demanding.served(floor, moment),
    lambda floor, _, moment: calling.stopped(floor, moment.at_ms),
)

# Each gives what is due at a time.
DUE: tuple[Callable[[Floor, int], list[Event]], ...] = (
    lambda floor, now_ms: [
        event
        for loop in collecting.overdue_batches(floor, now_ms)
        for event in collecting.release(floor, loop)
    ],
    onetime.expired,
    trial.expired,
    levelling.levelled,
    calling.risen,
    calling.stopped,
)


def following(floor: Floor, events: Sequence[Event], moment: Moment) -> list[Event]:
    """The next step that follows from `events`, which are applied already. Ask again until nothing does."""
    return next((step for rule in AFTER if (step := rule(floor, events, moment))), [])


def due(floor: Floor, now_ms: int) -> list[Event]:
    """All that time alone brings by now."""
    return [event for rule in DUE for event in rule(floor, now_ms)]
