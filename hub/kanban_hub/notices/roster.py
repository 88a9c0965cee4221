"""The plant's shifts, as the choice of recipients asks for them."""

from collections.abc import Collection
from dataclasses import dataclass

from kanban_hub.domain.plant import Plant
from kanban_hub.domain.worktime import worktime_of
from kanban_hub.notices.recipients import Roster


@dataclass(frozen=True)
class PlantRoster:
    """A `Roster` of the plant. Shifts that it does not know keep nobody from being told."""

    plant: Plant

    def is_on_shift(self, shifts: Collection[str], at_ms: int) -> bool:
        known = tuple(shift.id for shift in self.plant.calendar.shifts if shift.id in shifts)
        return not known or worktime_of(self.plant.calendar, known).shift_at(at_ms) is not None


def roster_of(plant: Plant) -> Roster:
    return PlantRoster(plant)
