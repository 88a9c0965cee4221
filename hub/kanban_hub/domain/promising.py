"""The supplier's word on when the next container is ready, and whether it kept it."""

from collections.abc import Iterable

from kanban_hub.domain.errors import DomainError, OverProductionError, Reason
from kanban_hub.domain.events import CardMoved, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import OPEN, State
from kanban_hub.domain.records.promise import Promise, PromiseEnded, PromiseMade

AHEAD_MOST_S = 365 * 86_400


def promise(floor: Floor, loop_id: str, ready_ms: int, reason: str | None, moment: Moment) -> list[Event]:
    """The supplier of `loop_id` promises the next container for `ready_ms`. A later word replaces it."""
    loop = floor.loop(loop_id)
    if not 0 <= ready_ms - moment.at_ms <= AHEAD_MOST_S * 1000:
        raise DomainError(Reason.NOT_ALLOWED, "promise a time ahead, at most a year")
    if not any(card.state in OPEN for card in floor.cards_of(loop.id)):
        raise OverProductionError(loop.id)
    return [PromiseMade(loop.id, ready_ms, reason, loop.supplier)]


def kept(floor: Floor, events: Iterable[Event], moment: Moment) -> list[Event]:
    """The promises that `events` end: a container of the loop has left the supplier."""
    ended: dict[str, Event] = {}
    for event in events:
        if not isinstance(event, CardMoved) or event.before not in OPEN:
            continue
        known = floor.record(Promise, event.loop or "")
        if known is not None and known.is_open and event.after in (State.IN_TRANSIT, State.FULL):
            late_s = (moment.at_ms - known.ready_ms) / 1000
            ended.setdefault(known.id, PromiseEnded(event.loop, known.ready_ms, late_s, event.card))
    return list(ended.values())
