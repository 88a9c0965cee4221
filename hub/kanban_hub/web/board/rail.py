"""The latest events beside the board, newest first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.ports import RecordedEvent
from kanban_hub.web.board.loops import station_name
from kanban_hub.web.instant import instant
from kanban_hub.web.sentences import sentence

EVENTS_SHOWN = 20


@dataclass(frozen=True)
class Happening:
    """`card` is empty when the event is about none."""

    number: int
    at: datetime
    text: str
    station: str
    card: str


def paint_rail(
    floor: Floor, latest: Iterable[RecordedEvent], loops: Collection[KanbanLoop] | None
) -> tuple[Happening, ...]:
    """The newest `EVENTS_SHOWN` of `loops` and of what belongs to no loop; of all when it is `None`."""
    wanted = None if loops is None else {None, *(loop.id for loop in loops)}
    found = [one for one in latest if wanted is None or one.event.loop in wanted]
    return tuple(_happening(floor, one) for one in found[: -EVENTS_SHOWN - 1 : -1])


def _happening(floor: Floor, one: RecordedEvent) -> Happening:
    station = one.occasion.station or getattr(one.event, "station", None)
    return Happening(
        one.number,
        instant(one.occasion.moment.at_ms),
        sentence(one.event, floor.plant),
        station_name(floor, station) if station else "",
        getattr(one.event, "card", None) or "",
    )
