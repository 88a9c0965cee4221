"""How far people walk, as the map tells it: the longest ways, the shifts, and what would stand better."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.walking import OUTSIDE_SHIFTS, WalkingRow, walking
from kanban_hub.domain.nearer import nearer
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.web.loop.past import seen
from kanban_hub.web.numerals import numeral, percent
from kanban_hub.web.parts import WebParts

WAYS_MOST = 8
_KM = 1_000


@dataclass(frozen=True)
class WalkedWay:
    """`each` and `metres` are empty where the map does not know them."""

    loop: str
    name: str
    supplier: str
    consumer: str
    trips: int
    each: str
    metres: str
    share: str


@dataclass(frozen=True)
class Better:
    """One station at another place: what it saves of what is walked to and from it."""

    station: str
    saved: str
    walked: str
    place: str


@dataclass(frozen=True)
class WalkPicture:
    """`shifts` are pairs of name and distance. `unknown` counts the loops that only have trips."""

    is_scaled: bool
    total: str
    trips: int
    ways: tuple[WalkedWay, ...]
    shifts: tuple[tuple[str, str], ...]
    unknown: int
    better: Better | None


def walk(parts: WebParts) -> WalkPicture:
    """Over the last 30 days."""
    rows, plant = seen(parts, "walking", _rows)
    totals = [row for row in rows if row.shift is None]
    return WalkPicture(
        is_scaled=plant.floor_map.metres_per_unit is not None,
        total=distance(sum(row.metres or 0 for row in totals)),
        trips=sum(row.trips for row in totals),
        ways=_ways(plant, totals),
        shifts=_shifts(plant, rows),
        unknown=sum(row.metres is None for row in totals),
        better=_better(plant, totals),
    )


def distance(metres: float) -> str:
    """In metres, or in kilometres where there are many."""
    if metres < _KM:
        return _("%(count)s m") % {"count": numeral(metres, 0)}
    return _("%(count)s km") % {"count": numeral(metres / _KM)}


def _rows(basis: Basis) -> tuple[list[WalkingRow], Plant]:
    return walking(basis), basis.floor.plant


def _ways(plant: Plant, totals: Sequence[WalkingRow]) -> tuple[WalkedWay, ...]:
    walked = sum(row.metres or 0 for row in totals)
    return tuple(
        WalkedWay(
            row.loop,
            plant.item_name(plant.loops[row.loop]),
            plant.stations[row.supplier].name,
            plant.stations[row.consumer].name,
            row.trips,
            "" if row.metres_per_trip is None else distance(row.metres_per_trip),
            "" if row.metres is None else distance(row.metres),
            percent(row.metres / walked) if row.metres and walked else "",
        )
        for row in totals[:WAYS_MOST]
        if row.trips
    )


def _shifts(plant: Plant, rows: Sequence[WalkingRow]) -> tuple[tuple[str, str], ...]:
    if plant.floor_map.metres_per_unit is None:
        return ()
    names = {shift.id: shift.name for shift in plant.calendar.shifts} | {OUTSIDE_SHIFTS: _("outside shifts")}
    found = {shift: sum(row.metres or 0 for row in rows if row.shift == shift) for shift in names}
    return tuple((names[shift], distance(metres)) for shift, metres in found.items() if metres)


def _better(plant: Plant, totals: Sequence[WalkingRow]) -> Better | None:
    """The station whose other place would save most; none where nothing is counted in metres."""
    scale = plant.floor_map.metres_per_unit
    found = nearer(plant, {row.loop: row.trips for row in totals if row.metres is not None})
    if scale is None or not found:
        return None
    best = found[0]
    there_and_back = 2 * scale
    return Better(
        plant.stations[best.station].name,
        distance(best.units_saved * there_and_back),
        distance(best.units_now * there_and_back),
        f"{numeral(best.place[0])}; {numeral(best.place[1])}",
    )
