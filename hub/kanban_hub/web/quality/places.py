"""Where containers stand, and how their cards are said."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web.instant import instant_or_none

_AT_CONSUMER = frozenset({State.FULL, State.COLLECTING})
_AT_SUPPLIER = frozenset({State.IN_PROCESS, State.DONE})
_WAYS = {
    State.REQUESTED: N_("asked of %(station)s"),
    State.ACCEPTED: N_("asked of %(station)s"),
}


@dataclass(frozen=True)
class Standing:
    """A container that is held, and where."""

    card: str
    item: str
    place: str
    lot: str
    filled: datetime | None


def station_name(plant: Plant, station: str | None) -> str:
    known = plant.stations.get(station or "")
    return known.name if known is not None else station or ""


def item_of(plant: Plant, loop: str | None) -> str:
    known = plant.loops.get(loop or "")
    return plant.item_name(known) if known is not None else ""


def station_of(floor: Floor, card: Card) -> str | None:
    """At which station the container stands, or to which it is on its way; `None` while there is none."""
    loop = floor.plant.loops.get(card.loop)
    state = card.failed_from or State.FULL if card.state is State.QUARANTINED else card.state
    if loop is None or state in _WAYS:
        return None
    return loop.supplier if state in _AT_SUPPLIER else loop.consumer


def place(floor: Floor, card: Card) -> str:
    """Where it stands, in words."""
    loop = floor.plant.loops.get(card.loop)
    state = card.failed_from or State.FULL if card.state is State.QUARANTINED else card.state
    if loop is None:
        return ""
    if state is State.IN_TRANSIT:
        text, station = _("on the way to %(station)s"), loop.consumer
    elif state in _AT_CONSUMER or state in _AT_SUPPLIER:
        text, station = _("at %(station)s"), loop.consumer if state in _AT_CONSUMER else loop.supplier
    else:
        text, station = _(_WAYS[state]), loop.supplier
    return text % {"station": station_name(floor.plant, station)}


def standing(floor: Floor, card: Card) -> Standing:
    return Standing(
        card.id,
        item_of(floor.plant, card.loop),
        place(floor, card),
        card.lot or "",
        instant_or_none(card.filled_ms),
    )
