"""The material on one station's bench: the open container of each item that it consumes. Pure."""

from collections.abc import Iterable

from kanban_hub.domain.plant import KanbanLoop
from kanban_simulator.world import World

FULL = "full"


class Bench:
    """Counts the pieces left in each open container."""

    def __init__(self, loops: Iterable[KanbanLoop]) -> None:
        self._loops = {loop.id: loop for loop in loops}
        self._left = dict.fromkeys(self._loops, 0)

    def has_all(self, world: World, waiting: int) -> bool:
        """Whether there is something of every item; `waiting` pulls are not known at the hub yet."""
        return all(left > 0 or self.has_full(world, loop, waiting) for loop, left in self._left.items())

    def has_full(self, world: World, loop: str, waiting: int) -> bool:
        """Whether a full container of this loop stands here."""
        return len(world.cards_in(loop, FULL)) > waiting

    def use(self, pieces: int) -> list[str]:
        """Take `pieces` of every item, and return the loops whose container is now empty."""
        emptied = []
        for loop_id, loop in self._loops.items():
            self._left[loop_id] = (self._left[loop_id] or loop.container_quantity) - pieces
            if self._left[loop_id] <= 0:
                self._left[loop_id] = 0
                emptied.append(loop_id)
        return emptied

    def lose(self, loop: str) -> None:
        """The open container has been set aside."""
        self._left[loop] = 0
