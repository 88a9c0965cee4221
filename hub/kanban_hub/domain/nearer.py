"""Which station would save the most walking if it stood elsewhere, and where that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.domain.floormap import Point, way_units
from kanban_hub.domain.plant import Plant


@dataclass(frozen=True)
class Nearer:
    """Units of the map walked one way over all trips of `station`: where it stands, and at `place`."""

    station: str
    place: Point
    units_now: float
    units_then: float

    @property
    def units_saved(self) -> float:
        return self.units_now - self.units_then


def nearer(plant: Plant, trips: Mapping[str, int]) -> list[Nearer]:
    """The stations inside the plant that a better place is known for, the greatest saving first.

    `trips` are those of each loop. One station at a time is moved, the others stay. On ways square to the
    map the best place is the weighted median of its neighbours' in each direction (Francis, McGinnis and
    White, "Facility Layout and Location", 1992, chapter 4). Every place between two medians is as good: the
    one nearest to where the station stands is named.
    """
    found = [
        one
        for station in plant.stations.values()
        if station.position is not None and not station.external
        for one in _of_station(plant, station.id, station.position, trips)
    ]
    return sorted(
        (one for one in found if one.units_saved > 0), key=lambda one: (-one.units_saved, one.station)
    )


def _of_station(plant: Plant, station: str, stands: Point, trips: Mapping[str, int]) -> list[Nearer]:
    ends = [
        (end, trips.get(loop.id, 0))
        for loop in plant.loops_at(station)
        if (end := _other_end(plant, loop.supplier if loop.consumer == station else loop.consumer))
    ]
    weighed = [(end, count) for end, count in ends if count]
    if not weighed:
        return []
    place = (
        _median([(end[0], count) for end, count in weighed], stands[0]),
        _median([(end[1], count) for end, count in weighed], stands[1]),
    )
    return [Nearer(station, place, _units(stands, weighed), _units(place, weighed))]


def _other_end(plant: Plant, station: str) -> Point | None:
    known = plant.stations[station]
    return None if known.external else known.position


def _units(place: Point, weighed: Sequence[tuple[Point, int]]) -> float:
    return sum(way_units(place, end) * count for end, count in weighed)


def _median(weighed: Sequence[tuple[float, int]], stands: float) -> float:
    """The place nearest to `stands` with at most half of the weight on either side."""
    half = sum(count for _, count in weighed) / 2
    low = next(at for at, _ in sorted(weighed) if sum(c for a, c in weighed if a <= at) >= half)
    high = next(
        at for at, _ in sorted(weighed, reverse=True) if sum(c for a, c in weighed if a >= at) >= half
    )
    return min(max(stands, low), high)
