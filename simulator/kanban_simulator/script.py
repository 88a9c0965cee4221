"""What goes wrong on a scripted day, so that the floor shows how it is dealt with. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.plant import Plant
from kanban_simulator.world import MakePromise, World

ASKED = ("requested", "accepted", "in_process", "done")


@dataclass(frozen=True)
class Script:
    """The same every `period_s`, in seconds of the shift.

    From `standstill_at_s` on `station` makes nothing for `standstill_s` and promises its containers for when
    it is over; from `absent_at_s` on nobody takes a call for `absent_s`.
    """

    station: str
    reason: str = "oven cold"
    period_s: float = 420.0
    standstill_at_s: float = 60.0
    standstill_s: float = 80.0
    absent_at_s: float = 180.0
    absent_s: float = 100.0

    def is_standing(self, station: str, now_s: float) -> bool:
        """Whether `station` makes nothing now."""
        return station == self.station and 0 <= self._since_s(now_s) < self.standstill_s

    def is_supervised(self, now_s: float) -> bool:
        """Whether anybody takes calls now."""
        return not 0 <= now_s % self.period_s - self.absent_at_s < self.absent_s

    def remaining_s(self, now_s: float) -> float:
        """How long the standstill still lasts."""
        return self.standstill_s - self._since_s(now_s)

    def _since_s(self, now_s: float) -> float:
        return now_s % self.period_s - self.standstill_at_s


class Foreman:
    """Says, once in each standstill, when the containers of the station that stands will be ready."""

    def __init__(self, plant: Plant, script: Script) -> None:
        self._script = script
        self._loops = [loop.id for loop in plant.loops_at(script.station) if loop.supplier == script.station]
        self._told: set[str] = set()

    def act(self, world: World, now_s: float) -> Iterator[MakePromise]:
        """What is promised now."""
        if not self._script.is_standing(self._script.station, now_s):
            self._told.clear()
            return
        for loop in self._loops:
            if loop not in self._told and world.cards_in(loop, *ASKED):
                self._told.add(loop)
                yield MakePromise(loop, self._script.remaining_s(now_s), self._script.reason)
