"""What a figure is asked about."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.evidence.chronicle import Chronicle
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.floor import Floor


@dataclass(frozen=True)
class Basis:
    """The events, the floor that they add up to, the time looked at, and what time it is.

    Loops that are no longer in the plant are left out of every figure.
    """

    chronicle: Chronicle
    floor: Floor
    window: Window
    now_ms: int

    def working_s(self, station: str, from_ms: int, to_ms: int) -> float | None:
        """Seconds of working time at `station`; `None` where nobody has said when the plant works."""
        plant = self.floor.plant
        return plant.worktime(station).between_s(from_ms, to_ms) if plant.calendar.shifts else None

    def steps_by_card(self) -> dict[str, list[Step]]:
        """The steps of every card of the plant's loops, in their order."""
        found: defaultdict[str, list[Step]] = defaultdict(list)
        for step in self.chronicle.steps():
            if step.loop in self.floor.plant.loops:
                found[step.card].append(step)
        return found

    def steps_by_loop(self) -> dict[str, list[Step]]:
        """The steps of each loop of the plant in the order in which they happened, not were told."""
        found: dict[str, list[Step]] = {loop: [] for loop in self.floor.plant.loops}
        for step in self.chronicle.steps():
            if step.loop in found:
                found[step.loop].append(step)
        return {loop: sorted(steps, key=lambda step: step.at_ms) for loop, steps in found.items()}
