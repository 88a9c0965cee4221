"""What a station's lamps should show, from what stands on the floor. Pure: the same floor, the same lamps."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.andon import AndonCall, CallState
from kanban_hub.domain.card import Card
from kanban_hub.domain.displayline import DisplayLine, line
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, Standing, State
from kanban_hub.domain.plant import SOURCE_LANGUAGE, KanbanLoop, Side
from kanban_hub.domain.replenishment import starves_before_promise
from kanban_hub.domain.stock import full_containers

BECAUSE_MOST = 32


class Pattern(StrEnum):
    OFF = "off"
    SLOW = "slow"
    ON = "on"
    FAST = "fast"


@dataclass(frozen=True)
class Stack:
    red: Pattern
    amber: Pattern
    green: Pattern


@dataclass(frozen=True)
class Lamps:
    """The wanted lamps of one station. Two are equal when they look equal: `because` is not seen.

    `language` is the one in which the display says its lines.
    """

    slots: dict[int, Pattern]
    stack: Stack
    display: tuple[DisplayLine, ...]
    language: str = SOURCE_LANGUAGE


def wanted(floor: Floor, station: str, now_ms: int) -> Lamps:
    """The lamps of `station` now."""
    slots = floor.plant.slots_at(station)
    patterns = {slot: _slot(floor, loop, station) for slot, loop in slots.items()}
    held = _suspects(floor, station)
    lines = tuple(
        line(floor, (slot, loop, station), sum(card.loop == loop.id for card in held), now_ms)
        for slot, loop in slots.items()
    )
    amber = _amber(floor, station, now_ms)
    red = _red(floor, station)
    is_quiet = amber is Pattern.OFF and red is Pattern.OFF
    stack = Stack(red, amber, Pattern.ON if is_quiet else Pattern.OFF)
    return Lamps(patterns, stack, lines, floor.plant.language_of(station))


def because(floor: Floor, station: str, latest: list[str]) -> list[str]:
    """The signals behind the lamps, newest first, at most 32: `latest`, then those of the open cards."""
    cards = [c for loop in floor.plant.loops_at(station) for c in floor.cards_of(loop.id)]
    moved = [c for c in cards if c.state is not State.FULL and c.last is not None and c.last.signal]
    moved.sort(key=lambda card: card.since_ms, reverse=True)
    called = [call.signal for call in floor.open_calls(station) if call.signal]
    signals = [*latest, *(c.last.signal for c in moved if c.last and c.last.signal), *called]
    return list(dict.fromkeys(signals))[:BECAUSE_MOST]


def _slot(floor: Floor, loop: KanbanLoop, station: str) -> Pattern:
    cards = [c for c in floor.cards_of(loop.id) if c.standing is Standing.ACTIVE]
    has_none_left = bool(floor.cards_of(loop.id)) and full_containers(floor, loop) == 0
    if loop.side_of(station) is Side.CONSUMER:
        away = [c for c in cards if c.state not in (State.FULL, State.QUARANTINED)]
        unseen = [c for c in away if c.state in (State.REQUESTED, State.COLLECTING)]
        return _pattern(away, unseen, has_none_left=has_none_left)
    asked = [c for c in cards if c.state in OPEN]
    unseen = [c for c in asked if c.state is State.REQUESTED]
    return _pattern(asked, unseen, has_none_left=has_none_left and bool(asked))


def _pattern(cards: list[Card], unseen: list[Card], *, has_none_left: bool) -> Pattern:
    if has_none_left:
        return Pattern.FAST
    if unseen:
        return Pattern.SLOW
    return Pattern.ON if cards else Pattern.OFF


def _amber(floor: Floor, station: str, now_ms: int) -> Pattern:
    """`fast` at the consumer: what is promised comes too late, said before anything is.

    A call at a station with a takt is amber until the takt is over.
    """
    consumed = [loop for loop in floor.plant.loops_at(station) if loop.consumer == station]
    if any(starves_before_promise(floor, loop, now_ms) for loop in consumed):
        return Pattern.FAST
    states = [
        card.state
        for loop in floor.plant.loops_at(station)
        if loop.supplier == station
        for card in floor.cards_of(loop.id)
        if card.standing is Standing.ACTIVE and card.state in OPEN
    ]
    calls = [call.state for call in floor.open_calls(station) if _is_within_takt(floor, call)]
    if State.REQUESTED in states or CallState.RAISED in calls:
        return Pattern.SLOW
    return Pattern.ON if states or calls else Pattern.OFF


def _red(floor: Floor, station: str) -> Pattern:
    calls = [call for call in floor.open_calls(station) if not _is_within_takt(floor, call)]
    raised = [call for call in calls if call.state is CallState.RAISED]
    if any(call.level > 0 for call in calls) or any(call.stopped_ms is not None for call in raised):
        return Pattern.FAST
    if raised:
        return Pattern.SLOW
    return Pattern.ON if calls or _suspects(floor, station) else Pattern.OFF


def _is_within_takt(floor: Floor, call: AndonCall) -> bool:
    """Whether the line still runs in spite of the call: it is amber and not yet red."""
    station = floor.plant.stations.get(call.station)
    has_takt = station is not None and station.takt_s is not None
    return has_takt and call.level == 0 and call.stopped_ms is None


def _suspects(floor: Floor, station: str) -> list[Card]:
    """The held sister cards of a failed one that stand at `station`, or are on the way to it."""
    return [
        card
        for loop in floor.plant.loops_at(station)
        for card in floor.cards_of(loop.id)
        if card.suspect_of is not None and (card.state is State.DONE) == (loop.supplier == station)
    ]
