"""The supervisor and the quality role: take and solve calls, and judge bad containers. Pure."""

from random import Random

from kanban_simulator.pace import Pace
from kanban_simulator.world import MoveCall, MoveCard, World

CAUSES = ("tool worn", "wrong setting", "damaged in transport", "mixed up", "dirt in the coil")
SCRAP, CLEAR = "scrap", "clear"


class Supervisor:
    """Each thing is done some time after it was seen first, and tried again when it has not helped."""

    def __init__(self, pace: Pace, chance: Random) -> None:
        self._pace = pace
        self._chance = chance
        self._due_s: dict[tuple[str, str], float] = {}

    def act(self, world: World, now_s: float) -> list[MoveCall | MoveCard]:
        """What is ordered at the hub now."""
        waits_s = {(call.id, call.state): self._wait_s(call.state) for call in world.calls}
        called = {call.card for call in world.calls}
        bad = [card.id for card in world.cards if card.state == "quarantined" and card.id not in called]
        waits_s |= {(card, SCRAP): self._pace.judge_s for card in bad}
        self._due_s = {
            thing: self._due_s.get(thing, now_s + wait_s) for thing, wait_s in sorted(waits_s.items())
        }
        due = [thing for thing, due_s in self._due_s.items() if now_s >= due_s]
        self._due_s |= {thing: now_s + waits_s[thing] for thing in due}
        return [self._order(*thing) for thing in due]

    def _wait_s(self, state: str) -> float:
        return self._pace.take_s if state == "raised" else self._pace.solve_s

    def _order(self, thing: str, what: str) -> MoveCall | MoveCard:
        if what == "raised":
            return MoveCall(thing, "take")
        if what == "taken":
            return MoveCall(thing, "solve", self._chance.choice(CAUSES))
        return MoveCard(thing, SCRAP if self._chance.random() < self._pace.scrap_share else CLEAR)
