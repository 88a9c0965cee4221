"""Bad containers and those held because of them, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.card import Card
from kanban_hub.domain.containment import suspects_of
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lamps import Pattern
from kanban_hub.domain.moves import State
from kanban_hub.domain.quality import replacement_of
from kanban_hub.domain.records.finding import Finding
from kanban_hub.language import _
from kanban_hub.ports import WantedLamps
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.quality.decisions import DECIDED, Decision, decisions
from kanban_hub.web.quality.places import Standing, item_of, place, standing, station_name, station_of


@dataclass(frozen=True)
class RedStation:
    id: str
    name: str
    word: str


@dataclass(frozen=True)
class FindingPicture:
    """What is known of a bad container. `defect` is as people read it, `decided` what became of it."""

    call: str
    defect: str
    quantity: int | None
    lot: str
    notes: tuple[str, ...]
    photos: tuple[str, ...]
    decided: str


@dataclass(frozen=True)
class BadContainer:
    """A container in quarantine. `call` is empty when nobody knows any more how it came there."""

    card: str
    item: str
    call: str
    place: str
    since: datetime
    replacement: str
    finding: FindingPicture | None
    suspects: tuple[Standing, ...]
    red: tuple[RedStation, ...]
    decisions: tuple[Decision, ...]


def bad_containers(floor: Floor, lamps: Mapping[str, WantedLamps]) -> tuple[BadContainer, ...]:
    """All that wait for a decision, the oldest first."""
    found = [c for loop in floor.plant.loops for c in floor.cards_of(loop) if c.state is State.QUARANTINED]
    return tuple(container(floor, card, lamps) for card in sorted(found, key=lambda c: (c.since_ms, c.id)))


def container(floor: Floor, card: Card, lamps: Mapping[str, WantedLamps]) -> BadContainer:
    finding = next((one for one in floor.records_of(Finding) if one.card == card.id), None)
    suspects = suspects_of(floor, card)
    call = floor.calls.get(finding.id) if finding is not None else None
    stations = [call.station if call else None, *(station_of(floor, one) for one in (card, *suspects))]
    return BadContainer(
        card.id,
        item_of(floor.plant, card.loop),
        finding.id if finding is not None else "",
        place(floor, card),
        instant(card.since_ms),
        _replacement(floor, card),
        finding_picture(floor, finding) if finding is not None else None,
        tuple(standing(floor, one) for one in suspects),
        _red(floor, stations, lamps),
        decisions(floor, card),
    )


def lone_suspects(floor: Floor) -> tuple[Standing, ...]:
    """Those whose failed sister has been decided about: each is decided by itself."""
    waiting = {c.id for c in floor.cards.values() if c.state is State.QUARANTINED and not c.is_void}
    return tuple(
        standing(floor, card)
        for loop in floor.plant.loops
        for card in floor.cards_of(loop)
        if card.suspect_of is not None and card.suspect_of not in waiting
    )


def finding_picture(floor: Floor, finding: Finding) -> FindingPicture:
    decided = _("the fail was taken back") if finding.decided_ms is not None else ""
    return FindingPicture(
        finding.id,
        floor.plant.reason_name(finding.defect) if finding.defect else "",
        finding.quantity,
        finding.lot or "",
        finding.notes,
        finding.photos,
        _(DECIDED[finding.disposition]) if finding.disposition is not None else decided,
    )


def _replacement(floor: Floor, card: Card) -> str:
    stand_in = replacement_of(floor, card)
    if stand_in is None:
        return ""
    return _("%(card)s, %(state)s") % {"card": stand_in.id, "state": words.state(stand_in.state)}


def _red(
    floor: Floor, stations: list[str | None], lamps: Mapping[str, WantedLamps]
) -> tuple[RedStation, ...]:
    """Those of `stations` whose red lamp is wanted lit."""
    known = [station for station in dict.fromkeys(stations) if station is not None and station in lamps]
    patterns = [(station, lamps[station].lamps.stack.red) for station in known]
    return tuple(
        RedStation(station, station_name(floor.plant, station), words.pattern(red))
        for station, red in patterns
        if red is not Pattern.OFF
    )
