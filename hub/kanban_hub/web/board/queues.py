"""What a supplier has to serve, in order, with the sum that the order follows from."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.replenishment import QueueEntry, starves_before_promise
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.board.loops import station_name
from kanban_hub.web.queue.arithmetic import in_words
from kanban_hub.web.urgency import urgency

# The board shows the head of a queue, the page of the queue all of it.
ROWS_MOST = 5


@dataclass(frozen=True)
class QueueRow:
    place: int
    card: str
    name: str
    consumer: str
    word: str
    asked: str
    urgency: str
    spare: str
    is_replacement: bool
    arithmetic: str
    promise: str  # "ready in 40 min: oven cold", or empty
    is_promised_late: bool  # the promise is past starvation


@dataclass(frozen=True)
class QueuePicture:
    """`id` is the station's. `more` is how many rows are not shown."""

    id: str
    name: str
    rows: tuple[QueueRow, ...]
    more: int


def paint_queue(floor: Floor, station: str, entries: list[QueueEntry], now_ms: int) -> QueuePicture:
    rows = tuple(_row(floor, place, entry, now_ms) for place, entry in enumerate(entries[:ROWS_MOST], 1))
    return QueuePicture(station, station_name(floor, station), rows, len(entries) - len(rows))


def _row(floor: Floor, place: int, entry: QueueEntry, now_ms: int) -> QueueRow:
    loop = floor.plant.loops[entry.card.loop]
    return QueueRow(
        place,
        entry.card.id,
        floor.plant.item_name(loop),
        station_name(floor, loop.consumer),
        words.state(entry.card.state),
        words.age(entry.age_s),
        urgency(entry),
        words.spare(entry.minutes_to_starvation),
        entry.is_replacement,
        in_words(entry),
        _promise(entry, floor, now_ms),
        starves_before_promise(floor, loop, now_ms),
    )


def _promise(entry: QueueEntry, floor: Floor, now_ms: int) -> str:
    if entry.promise is None:
        return ""
    left_ms = entry.promise.ready_ms - now_ms
    ready = _("promise has passed")
    if left_ms > 0:
        ready = _("ready in %(time)s") % {"time": words.duration(left_ms / 60_000)}
    reason = entry.promise.reason
    return f"{ready}: {floor.plant.reason_name(reason)}" if reason else ready
