"""How far people walk with full containers: the ways of the floor map, as often as they were gone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.floormap import way_units
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import KanbanLoop, Plant

# No id of a shift holds a blank.
OUTSIDE_SHIFTS = "outside shifts"
THERE_AND_BACK = 2


@dataclass(frozen=True)
class WalkingRow:
    """The trips of a loop in one shift, or at all times (`shift` is `None`).

    `metres` = `trips` x `metres_per_trip`; both are `None` where a station has no place on the map or nobody
    has said how large the map is.
    """

    loop: str
    supplier: str
    consumer: str
    shift: str | None
    trips: int
    metres_per_trip: float | None
    metres: float | None
    events: tuple[int, ...]


def walking(basis: Basis) -> list[WalkingRow]:
    """Each loop inside the plant, at all times and then by shift; the longest ways first."""
    plant = basis.floor.plant
    found: list[tuple[WalkingRow, list[WalkingRow]]] = []
    for loop_id, steps in basis.steps_by_loop().items():
        loop = plant.loops[loop_id]
        if plant.stations[loop.supplier].external:
            continue
        trips = [step for step in steps if step.move is Move.RECEIVE and step.at_ms in basis.window]
        by_shift = [_row(plant, loop, shift, some) for shift, some in _by_shift(plant, loop, trips).items()]
        found.append((_row(plant, loop, None, trips), by_shift))
    found.sort(key=lambda pair: (-(pair[0].metres or 0), -pair[0].trips, pair[0].loop))
    return [row for total, by_shift in found for row in (total, *by_shift)]


def metres_per_trip(plant: Plant, loop: KanbanLoop) -> float | None:
    """There with the full container and back with the empty one; `None` where it cannot be known."""
    ends = [plant.stations[station].position for station in (loop.supplier, loop.consumer)]
    scale = plant.floor_map.metres_per_unit
    if scale is None or ends[0] is None or ends[1] is None:
        return None
    return THERE_AND_BACK * way_units(ends[0], ends[1]) * scale


def _by_shift(plant: Plant, loop: KanbanLoop, trips: Sequence[Step]) -> dict[str, list[Step]]:
    """In the order of the plant's shifts; nothing where it has none."""
    if not plant.calendar.shifts:
        return {}
    found: defaultdict[str, list[Step]] = defaultdict(list)
    worktime = plant.worktime(loop.consumer)
    for step in trips:
        found[worktime.shift_at(step.at_ms) or OUTSIDE_SHIFTS].append(step)
    order = [*(shift.id for shift in plant.calendar.shifts), OUTSIDE_SHIFTS]
    return {shift: found[shift] for shift in order if shift in found}


def _row(plant: Plant, loop: KanbanLoop, shift: str | None, trips: Sequence[Step]) -> WalkingRow:
    each = metres_per_trip(plant, loop)
    return WalkingRow(
        loop=loop.id,
        supplier=loop.supplier,
        consumer=loop.consumer,
        shift=shift,
        trips=len(trips),
        metres_per_trip=each,
        metres=None if each is None else len(trips) * each,
        events=tuple(sorted(step.number for step in trips)),
    )
