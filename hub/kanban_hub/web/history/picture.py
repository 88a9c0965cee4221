"""The history as plain values: what happened, when, where, in words."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.moment import UNDATED, WRITTEN, Moment
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.ports import RecordedEvent
from kanban_hub.web import words
from kanban_hub.web.history.particulars import Particular, particulars
from kanban_hub.web.instant import instant
from kanban_hub.web.sentences import sentence

# What comes within it was known at once.
APART_MS = 5_000
_CLOCKS = {
    "held": N_("the station's clock ran on by itself"),
    "unset": N_("the station's clock was not set"),
    WRITTEN: N_("the time as written on paper"),
    UNDATED: N_("from paper, without a time"),
}


@dataclass(frozen=True)
class Told:
    """One event. `received_at` is there when the hub knew of it later; `clock` says a doubt of its time."""

    number: int
    at: datetime
    received_at: datetime | None
    clock: str
    text: str
    more: tuple[Particular, ...]
    card: str
    loop: str
    loop_name: str
    station: str
    station_name: str
    call: str
    role: str
    signal: str


def told(recorded: RecordedEvent, plant: Plant) -> Told:
    event, occasion = recorded.event, recorded.occasion
    loop, station = event.loop or "", occasion.station or ""
    known = plant.loops.get(loop)
    return Told(
        number=recorded.number,
        at=instant(occasion.moment.at_ms),
        received_at=_received_at(occasion.moment),
        clock=_(_CLOCKS[occasion.moment.clock]) if occasion.moment.clock in _CLOCKS else "",
        text=sentence(event, plant),
        more=particulars(event, plant),
        card=getattr(event, "card", None) or "",
        loop=loop,
        loop_name=plant.item_name(known) if known is not None else loop,
        station=station,
        station_name=plant.stations[station].name if station in plant.stations else station,
        call=getattr(event, "call", None) or "",
        role=words.role_of_event(occasion.role) if occasion.role else "",
        signal=occasion.signal or "",
    )


def _received_at(moment: Moment) -> datetime | None:
    is_later = abs(moment.received_ms - moment.at_ms) > APART_MS
    return instant(moment.received_ms) if is_later else None
