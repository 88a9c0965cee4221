"""What the board shows, as plain values: the template only draws, and equal pictures look equal."""

from dataclasses import dataclass

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card
from kanban_hub.domain.collecting import collected
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue, starves_before_promise
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.signs import StationSign

# Less than this to spare is due soon.
SOON_MINUTES = 30.0


@dataclass(frozen=True)
class CardPicture:
    """`look` is the state, or `held`: it names shape and colour."""

    id: str
    number: str
    look: str
    word: str
    is_temporary: bool


@dataclass(frozen=True)
class LoopPicture:
    """`urgency` is one of `calm`, `soon`, `late`, `out`; `out` is: no full container is left."""

    id: str
    name: str
    supplier: str
    consumer: str
    full: int
    cards: tuple[CardPicture, ...]
    urgency: str
    lasts: str
    collected: str  # "2 of 3 collected", or empty


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
    station: str
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True)
class CallPicture:
    """`is_urgent` is one that nobody has taken, that has risen, or that stops the line."""

    id: str
    kind: str
    word: str
    station: str
    about: str
    age: str
    is_urgent: bool


@dataclass(frozen=True)
class Picture:
    site: str
    calls: tuple[CallPicture, ...]
    loops: tuple[LoopPicture, ...]
    queues: tuple[QueuePicture, ...]
    stations: tuple[StationSign, ...]
    warning: str | None

    @property
    def silent(self) -> int:
        return sum(station.is_silent for station in self.stations)

    @property
    def out(self) -> int:
        return sum(loop.urgency == "out" for loop in self.loops)


class Painter:
    """Paints parts of the picture from a floor at one moment."""

    def __init__(self, floor: Floor, now_ms: int) -> None:
        self._floor = floor
        self._plant = floor.plant
        self._now_ms = now_ms
        self._queues = {
            station: replenishment_queue(floor, station, now_ms)
            for station in floor.plant.stations
            if any(loop.supplier == station for loop in floor.plant.loops_at(station))
        }

    def loops(self) -> tuple[LoopPicture, ...]:
        return tuple(self._loop(loop) for loop in self._plant.loops.values())

    def queues(self) -> tuple[QueuePicture, ...]:
        return tuple(
            QueuePicture(
                self._name(station), tuple(self._row(n, entry) for n, entry in enumerate(entries, 1))
            )
            for station, entries in self._queues.items()
        )

    def calls(self) -> tuple[CallPicture, ...]:
        """The open calls: what stops the line, what nobody has taken, what has risen; the oldest first."""
        return tuple(self._call(call) for call in sorted(self._floor.open_calls(), key=_urgency_of_call))

    def _loop(self, loop: KanbanLoop) -> LoopPicture:
        full = full_containers(self._floor, loop)
        asked = [e for e in self._queues[loop.supplier] if e.card.loop == loop.id]
        minutes = stock_pieces(self._floor, loop) / rate(self._floor, loop).per_hour * 60
        urgency = min((_urgency(entry) for entry in asked), key=_URGENCIES.index, default="calm")
        return LoopPicture(
            loop.id,
            self._plant.item_name(loop),
            self._name(loop.supplier),
            self._name(loop.consumer),
            full,
            tuple(_card(card) for card in self._floor.cards_of(loop.id)),
            urgency if full or not self._floor.cards_of(loop.id) else "out",
            _("lasts %(time)s") % {"time": words.duration(minutes)} if full else _("none left"),
            self._collected(loop),
        )

    def _row(self, place: int, entry: QueueEntry) -> QueueRow:
        loop = self._plant.loops[entry.card.loop]
        return QueueRow(
            place,
            entry.card.id,
            self._plant.item_name(loop),
            self._name(loop.consumer),
            words.state(entry.card.state),
            words.age(entry.age_s),
            _urgency(entry),
            words.spare(entry.minutes_to_starvation),
            entry.is_replacement,
            entry.arithmetic,
            self._promise(entry),
            starves_before_promise(self._floor, loop, self._now_ms),
        )

    def _collected(self, loop: KanbanLoop) -> str:
        waiting = len(collected(self._floor, loop))
        if not waiting:
            return ""
        return _("%(count)s of %(batch)s collected") % {"count": waiting, "batch": loop.batch}

    def _promise(self, entry: QueueEntry) -> str:
        if entry.promise is None:
            return ""
        reason = f": {entry.promise.reason}" if entry.promise.reason else ""
        left_ms = entry.promise.ready_ms - self._now_ms
        ready = _("promise has passed")
        if left_ms > 0:
            ready = _("ready in %(time)s") % {"time": words.duration(left_ms / 60_000)}
        return f"{ready}{reason}"

    def _call(self, call: AndonCall) -> CallPicture:
        loop = self._plant.loops.get(call.loop or "")
        item = self._plant.item_name(loop) if loop else None
        raised_by = self._name(call.raised_by) if call.raised_by else None
        is_from_elsewhere = raised_by and call.raised_by != call.station
        by = _("from %(station)s") % {"station": raised_by} if is_from_elsewhere else None
        return CallPicture(
            call.id,
            words.kind(call.kind),
            words.call(call),
            self._name(call.station),
            ", ".join(part for part in (item, call.card, call.topic, by) if part),
            words.age((self._now_ms - call.raised_ms) / 1000),
            call.taken_ms is None or call.level > 0 or call.stopped_ms is not None,
        )

    def _name(self, station: str) -> str:
        known = self._plant.stations.get(station)
        return known.name if known else station


def _urgency_of_call(call: AndonCall) -> tuple[bool, bool, int, int, str]:
    return (call.stopped_ms is None, call.taken_ms is not None, -call.level, call.raised_ms, call.id)


_URGENCIES = ("out", "late", "soon", "calm")


def _urgency(entry: QueueEntry) -> str:
    if not entry.full_containers:
        return "out"
    if entry.minutes_to_starvation < 0:
        return "late"
    return "soon" if entry.minutes_to_starvation < SOON_MINUTES else "calm"


def _card(card: Card) -> CardPicture:
    is_held = card.standing is Standing.HELD and card.state is not State.QUARANTINED
    look = "held" if is_held else card.state.value
    word = _("held") if is_held else words.state(card.state)
    return CardPicture(card.id, card.id.rsplit("-", 1)[1], look, word, card.is_temporary)
