"""The scripted shift: all people of a plant. Pure: what they see and the time in, what they do out."""

from random import Random

from kanban_hub.domain.plant import Plant
from kanban_simulator.operator import Operator
from kanban_simulator.pace import Pace
from kanban_simulator.script import Foreman, Script
from kanban_simulator.supervisor import Supervisor
from kanban_simulator.transport import Transport
from kanban_simulator.world import Action, World


class Shift:
    """One operator at each station, and a supervisor. The same seed and the same sights: the same deeds."""

    def __init__(self, plant: Plant, pace: Pace, seed: int, script: Script | None = None) -> None:
        """Without a `script` nothing goes wrong but containers."""
        self._script = script
        self._foreman = Foreman(plant, script) if script else None
        chance = Random(seed)  # noqa: S311 nothing secret hangs on it
        self._transport = Transport(pace.travel_s, pace.rescan_s)
        self._operators = [
            Operator(plant, station, self._transport, pace, chance) for station in plant.stations
        ]
        self._supervisor = Supervisor(pace, chance)

    def decide(self, world: World, now_s: float) -> list[Action]:
        """What everybody does at `now_s`, seconds of the shift."""
        self._transport.look(world, now_s)
        actions: list[Action] = []
        for operator in self._operators:
            is_standing = self._script is not None and self._script.is_standing(operator.station, now_s)
            actions += operator.act(world, now_s, is_standing=is_standing)
        if self._foreman is not None:
            actions += self._foreman.act(world, now_s)
        if self._script is None or self._script.is_supervised(now_s):
            actions += self._supervisor.act(world, now_s)
        return actions
