"""The queue of a supplying station as plain values: what to serve in which order, and what else there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.card import Card
from kanban_hub.domain.collecting import collected
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, Station
from kanban_hub.domain.records.box import HeijunkaBox
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue, starves_before_promise
from kanban_hub.web import words
from kanban_hub.web.card.picture import sign_of
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.queue.arithmetic import in_words, meaning
from kanban_hub.web.urgency import urgency

# As many shapes tell groups apart; more groups share one, and have their names.
GROUP_SHAPES = 4
_URGENCY_SIGNS = {"out": "bad", "late": "bad", "soon": "asked", "calm": "calm"}


@dataclass(frozen=True)
class Promised:
    """`is_late`: the consumer runs dry before; `has_passed`: it should have been ready by now."""

    at: datetime
    reason: str
    is_late: bool
    has_passed: bool


@dataclass(frozen=True)
class Row:
    """One card to serve. `step` is the supplier's next step, empty when the loop names none."""

    place: int
    card: str
    since_ms: int
    loop: str
    name: str
    quantity: int
    is_whole: bool
    lot: str
    consumer: str
    consumer_name: str
    look: str
    sign: str
    word: str
    asked: str
    urgency: str
    urgency_sign: str
    spare: str
    sum: str
    sum_means: str
    is_replacement: bool
    group: str
    group_shape: str
    needs_changeover: bool
    promise: Promised | None
    pitch_at: datetime | None
    step: str
    is_unseen: bool


@dataclass(frozen=True)
class Filling:
    """A batch that is not complete yet."""

    loop: str
    name: str
    count: int
    batch: int


@dataclass(frozen=True)
class Apart:
    """A card that takes no part now: held, suspect, or in quarantine."""

    card: str
    name: str
    look: str
    sign: str
    word: str
    reason: str


@dataclass(frozen=True)
class PitchSign:
    """`ends_at` is when the pitch is over; `name` is what is made in it, empty for an empty one."""

    at: datetime
    ends_at: datetime
    card: str
    name: str
    is_now: bool


@dataclass(frozen=True)
class QueuePicture:
    station: str
    name: str
    is_external: bool
    rows: tuple[Row, ...]
    filling: tuple[Filling, ...]
    apart: tuple[Apart, ...]
    pitches: tuple[PitchSign, ...]
    loops: tuple[tuple[str, str], ...]

    @property
    def unseen(self) -> int:
        return sum(row.is_unseen for row in self.rows)

    @property
    def asked_loops(self) -> tuple[tuple[str, str], ...]:
        """The loops of which something is asked: of these something can be promised, or not delivered."""
        return tuple(dict.fromkeys((row.loop, row.name) for row in self.rows))

    @property
    def frozen(self) -> tuple[PitchSign, ...]:
        return tuple(pitch for pitch in self.pitches if pitch.card)


def picture(floor: Floor, station: Station, now_ms: int) -> QueuePicture:
    painter = _Painter(floor, station, now_ms)
    entries = replenishment_queue(floor, station.id, now_ms)
    return QueuePicture(
        station=station.id,
        name=station.name,
        is_external=station.external,
        rows=tuple(painter.row(place, entry) for place, entry in enumerate(entries, 1)),
        filling=tuple(painter.filling()),
        apart=tuple(painter.apart()),
        pitches=tuple(painter.pitches()),
        loops=tuple((loop.id, floor.plant.item_name(loop)) for loop in painter.loops),
    )


class _Painter:
    def __init__(self, floor: Floor, station: Station, now_ms: int) -> None:
        self._floor = floor
        self._plant = floor.plant
        self._station = station
        self._now_ms = now_ms
        self.loops = [loop for loop in self._plant.loops_at(station.id) if loop.supplier == station.id]
        groups = dict.fromkeys(loop.changeover_group for loop in self.loops if loop.changeover_group)
        self._groups = {group: f"group-{n % GROUP_SHAPES + 1}" for n, group in enumerate(groups)}

    def row(self, place: int, entry: QueueEntry) -> Row:
        card, loop = entry.card, self._plant.loops[entry.card.loop]
        look, sign, word = sign_of(card)
        step, urgent = loop.next_step(card.state), urgency(entry)
        return Row(
            place=place,
            card=card.id,
            since_ms=card.since_ms,
            loop=loop.id,
            name=self._plant.item_name(loop),
            quantity=entry.quantity,
            is_whole=loop.is_signal,
            lot=card.lot or "",
            consumer=loop.consumer,
            consumer_name=self._plant.stations[loop.consumer].name,
            look=look,
            sign=sign,
            word=word,
            asked=words.age(entry.age_s),
            urgency=urgent,
            urgency_sign=_URGENCY_SIGNS[urgent],
            spare=words.spare(entry.minutes_to_starvation),
            sum=in_words(entry),
            sum_means=meaning(entry),
            is_replacement=entry.is_replacement,
            group=entry.changeover_group or "",
            group_shape=self._groups.get(entry.changeover_group or "", ""),
            needs_changeover=entry.needs_changeover,
            promise=self._promise(entry, loop),
            pitch_at=instant_or_none(entry.pitch_ms),
            step=step.value if step is not None else "",
            is_unseen=card.state is State.REQUESTED,
        )

    def filling(self) -> Iterator[Filling]:
        for loop in self.loops:
            count = len(collected(self._floor, loop))
            if count:
                yield Filling(loop.id, self._plant.item_name(loop), count, loop.batch)

    def apart(self) -> Iterator[Apart]:
        for loop in self.loops:
            for card in self._floor.cards_of(loop.id):
                if card.standing is Standing.HELD or card.state is State.QUARANTINED:
                    yield self._apart(loop, card)

    def pitches(self) -> Iterator[PitchSign]:
        """The pitches of the frozen zone, with those that are empty, and what is late from before."""
        if not self._station.pitch_s:
            return
        box = self._floor.record(HeijunkaBox, self._station.id) or HeijunkaBox(self._station.id)
        pitch_ms = round(self._station.pitch_s * 1000)
        first = self._now_ms // pitch_ms * pitch_ms
        zone = range(first, first + self._station.frozen_pitches * pitch_ms, pitch_ms)
        filled = {pitch.at_ms: pitch.card for pitch in box.pitches}
        for at_ms in sorted({*zone, *filled}):
            card = self._floor.cards.get(filled.get(at_ms, ""))
            name = self._plant.item_name(self._plant.loops[card.loop]) if card is not None else ""
            ends_at = instant(at_ms + pitch_ms)
            yield PitchSign(
                instant(at_ms), ends_at, card.id if card is not None else "", name, at_ms == first
            )

    def _apart(self, loop: KanbanLoop, card: Card) -> Apart:
        look, sign, word = sign_of(card)
        reason = self._plant.reason_name(card.hold_reason) if card.hold_reason else ""
        return Apart(card.id, self._plant.item_name(loop), look, sign, word, reason)

    def _promise(self, entry: QueueEntry, loop: KanbanLoop) -> Promised | None:
        promise = entry.promise
        if promise is None:
            return None
        reason = self._plant.reason_name(promise.reason) if promise.reason else ""
        is_late = starves_before_promise(self._floor, loop, self._now_ms)
        return Promised(instant(promise.ready_ms), reason, is_late, promise.ready_ms < self._now_ms)
