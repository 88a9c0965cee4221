"""Calls as the pages show them, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.andon import CALL_MOVES, AndonCall, CallKind, CallState
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.quality.clocks import ClockPicture, Rise, clocks, rise
from kanban_hub.web.quality.places import item_of, station_name

# By the state that it leads to: the order, and the word on its button.
ORDERS: dict[CallState, tuple[str, str]] = {
    CallState.TAKEN: ("take", N_("I take it")),
    CallState.ARRIVED: ("arrive", N_("I am there")),
    CallState.SOLVED: ("solve", N_("Solved")),
    CallState.CLOSED: ("close", N_("Close")),
    CallState.REJECTED: ("reject", N_("It was none")),
}
_LOOKS = {
    CallState.RAISED: "bad",
    CallState.TAKEN: "work",
    CallState.ARRIVED: "work",
    CallState.SOLVED: "asked",
    CallState.CLOSED: "calm",
}


@dataclass(frozen=True)
class Mark:
    """One of the four that a call is given; `at` is empty until then."""

    word: str
    at: datetime | None


@dataclass(frozen=True)
class CallPicture:
    """`look` is the sign of its state. `about` names item, card and defect; `orders` are possible now."""

    id: str
    kind: str
    is_quality: bool
    look: str
    word: str
    is_stopping: bool
    level: int
    station: str
    station_id: str
    raised_by: str
    loop: str
    item: str
    card: str
    topic: str
    raised_at: datetime
    ended_at: datetime | None
    cause: str
    is_open: bool
    is_solved: bool
    clocks: tuple[ClockPicture, ...]
    rise: Rise | None
    marks: tuple[Mark, ...]
    orders: tuple[tuple[str, str], ...]


def call_picture(call: AndonCall, plant: Plant, now_ms: int) -> CallPicture:
    return CallPicture(
        id=call.id,
        kind=words.kind(call.kind),
        is_quality=call.kind is CallKind.QUALITY,
        look=_LOOKS.get(call.state, "quiet"),
        word=words.call_state(call.state),
        is_stopping=call.stopped_ms is not None and call.is_open,
        level=call.level if call.is_open else 0,
        station=station_name(plant, call.station),
        station_id=call.station,
        raised_by=station_name(plant, call.raised_by) if call.raised_by != call.station else "",
        loop=call.loop or "",
        item=item_of(plant, call.loop),
        card=call.card or "",
        topic=plant.reason_name(call.topic) if call.topic else "",
        raised_at=instant(call.raised_ms),
        ended_at=instant_or_none(call.ended_ms),
        cause=plant.reason_name(call.cause) if call.cause else "",
        is_open=call.is_open,
        is_solved=call.state is CallState.SOLVED,
        clocks=clocks(call, plant, now_ms),
        rise=rise(call, plant, now_ms),
        marks=_marks(call),
        orders=tuple(
            (order, _(word)) for state, (order, word) in ORDERS.items() if call.state in CALL_MOVES[state]
        ),
    )


def open_calls(floor: Floor, now_ms: int) -> tuple[CallPicture, ...]:
    """What stops the line, what nobody has taken, what has risen; then the oldest."""
    return tuple(call_picture(c, floor.plant, now_ms) for c in sorted(floor.open_calls(), key=_urgency))


def solved_calls(floor: Floor, now_ms: int) -> tuple[CallPicture, ...]:
    """Those whose cause is not settled yet, the newest first."""
    found = [call for call in floor.calls.values() if call.state is CallState.SOLVED]
    return tuple(
        call_picture(call, floor.plant, now_ms)
        for call in sorted(found, key=lambda call: (-(call.ended_ms or 0), call.id))
    )


def _urgency(call: AndonCall) -> tuple[bool, bool, int, int, str]:
    return (call.stopped_ms is None, call.taken_ms is not None, -call.level, call.raised_ms, call.id)


def _marks(call: AndonCall) -> tuple[Mark, ...]:
    solved_ms = None if call.state in (CallState.REJECTED, CallState.WITHDRAWN) else call.ended_ms
    return (
        Mark(_("taken"), instant_or_none(call.taken_ms)),
        Mark(_("help is there"), instant_or_none(call.arrived_ms)),
        Mark(_("solved"), instant_or_none(solved_ms)),
        Mark(_("closed"), instant_or_none(call.closed_ms)),
    )
