"""Heijunka: the work of a station dealt out evenly over pitches, with a frozen zone ahead.

The pitches of the frozen zone are filled as they come into it. Next comes the loop that has had the least of
its share so far, the rule of goal chasing (Monden, Toyota Production System, ch. 17): with w the share of the
loop in the consumption, n the pitches dealt out and d those of them for the loop, the one with the greatest
w (n + 1) - d. A card whose consumer starves before it could be there goes first.
"""

from collections import Counter
from dataclasses import dataclass

from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, Standing
from kanban_hub.domain.plant import Station
from kanban_hub.domain.records.box import HeijunkaBox, Pitch, PitchCleared, PitchFilled
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue
from kanban_hub.domain.stock import rate


@dataclass(frozen=True)
class Resequence:
    """Exchange what is made in two pitches. Inside the frozen zone that needs a reason."""

    station: str
    card: str
    other: str
    reason: str


def levelled(floor: Floor, now_ms: int) -> list[Event]:
    """Clear the pitches whose cards were served, and fill those that come into the frozen zone."""
    return [
        event for station in floor.plant.stations.values() for event in _of_station(floor, station, now_ms)
    ]


def resequence(floor: Floor, wanted: Resequence) -> list[Event]:
    """Exchange two frozen pitches. Raises a `DomainError` without a reason, or where a card has no pitch."""
    box = floor.record(HeijunkaBox, wanted.station)
    first = box.pitch_of(wanted.card) if box else None
    second = box.pitch_of(wanted.other) if box else None
    if first is None or second is None:
        raise DomainError(Reason.NOT_ALLOWED, "only cards in the frozen zone change places", wanted.card)
    if not wanted.reason.strip():
        raise DomainError(Reason.NOT_ALLOWED, "a change in the frozen zone needs a reason", wanted.card)
    return [
        *(_cleared(floor, wanted.station, pitch, wanted.reason) for pitch in (first, second)),
        _filled(floor, wanted.station, first.at_ms, second.card),
        _filled(floor, wanted.station, second.at_ms, first.card),
    ]


def _of_station(floor: Floor, station: Station, now_ms: int) -> list[Event]:
    box = floor.record(HeijunkaBox, station.id) or HeijunkaBox(station.id)
    served = [pitch for pitch in box.pitches if not station.pitch_s or not _is_waiting(floor, pitch.card)]
    events: list[Event] = [_cleared(floor, station.id, pitch) for pitch in served]
    if not station.pitch_s:
        return events
    kept = [pitch for pitch in box.pitches if pitch not in served]
    free = _free(station, kept, now_ms)
    taken = {pitch.card for pitch in kept}
    waiting = [
        entry for entry in replenishment_queue(floor, station.id, now_ms) if entry.card.id not in taken
    ]
    dealt = list(box.dealt)
    for at_ms in free:
        entry = _next(floor, waiting, dealt)
        if entry is None:
            break
        waiting.remove(entry)
        dealt.append(entry.card.loop)
        events.append(_filled(floor, station.id, at_ms, entry.card.id))
    return events


def _free(station: Station, kept: list[Pitch], now_ms: int) -> list[int]:
    """The starts of the frozen zone's empty pitches: whole multiples of their length."""
    pitch_ms = round(station.pitch_s * 1000)
    first = now_ms // pitch_ms * pitch_ms
    taken = {pitch.at_ms for pitch in kept}
    zone = range(first, first + station.frozen_pitches * pitch_ms, pitch_ms)
    return [at_ms for at_ms in zone if at_ms not in taken]


def _next(floor: Floor, waiting: list[QueueEntry], dealt: list[str]) -> QueueEntry | None:
    """The first card, in the queue's order, of the loop whose turn it is."""
    urgent = [entry for entry in waiting if entry.is_replacement or entry.minutes_to_starvation < 0]
    if urgent or not waiting:
        return urgent[0] if urgent else None
    had = Counter(dealt)
    loops = dict.fromkeys(entry.card.loop for entry in waiting)
    shares = {loop: _containers_per_hour(floor, loop) for loop in loops}
    total = sum(shares.values())
    due = {loop: share / total * (len(dealt) + 1) - had[loop] for loop, share in shares.items()}
    turn = max(due, key=lambda loop: due[loop])
    return next(entry for entry in waiting if entry.card.loop == turn)


def _containers_per_hour(floor: Floor, loop_id: str) -> float:
    loop = floor.loop(loop_id)
    return rate(floor, loop).per_hour / loop.lot_quantity


def _is_waiting(floor: Floor, card_id: str) -> bool:
    card = floor.cards.get(card_id)
    return card is not None and card.state in OPEN and card.standing is Standing.ACTIVE


def _cleared(floor: Floor, station: str, pitch: Pitch, reason: str | None = None) -> Event:
    return PitchCleared(floor.cards[pitch.card].loop, station, pitch.at_ms, pitch.card, reason)


def _filled(floor: Floor, station: str, at_ms: int, card: str) -> Event:
    return PitchFilled(floor.cards[card].loop, station, at_ms, card)
