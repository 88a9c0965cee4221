"""One person at one station: looks at the own panel and the own containers, presses, scans, makes. Pure."""

from collections import deque
from dataclasses import dataclass
from random import Random

from kanban_hub.domain.plant import KanbanLoop, Plant
from kanban_protocol.codes import FAIL
from kanban_simulator.bench import Bench
from kanban_simulator.pace import Pace
from kanban_simulator.sight import PanelState
from kanban_simulator.transport import Transport
from kanban_simulator.world import CardSeen, HandAction, PressQuality, PressSlot, ScanCode, World

UNSEEN = "requested"
# Furthest along first: the hub's rule for which card a supplier's press moves.
IN_WORK = ("done", "in_process", "accepted")


@dataclass
class Job:
    """One container being made; `card` is known when it is ready to go."""

    loop: KanbanLoop
    done_s: float
    card: str | None = None


class Operator:
    """Does one thing at a time with the hands, while at most one container is being made."""

    def __init__(self, plant: Plant, station: str, transport: Transport, pace: Pace, chance: Random) -> None:
        self.station = station
        self._transport = transport
        self._pace = pace
        self._chance = chance
        self._slots = {loop.id: slot for slot, loop in plant.slots_at(station).items()}
        self._supplied = [loop for loop in plant.loops_at(station) if loop.supplier == station]
        self._consumed = [loop for loop in plant.loops_at(station) if loop.consumer == station]
        self._bench = Bench(self._consumed)
        self._todo: deque[HandAction] = deque()
        self._job: Job | None = None
        self._free_s = 0.0
        self._customer_s = 0.0

    def act(self, world: World, now_s: float, *, is_standing: bool = False) -> list[HandAction]:
        """What the hands do now: one thing or nothing. Where the machine stands, nothing is made."""
        panel = world.panels[self.station]
        if not panel.power or now_s < self._free_s:
            return []
        action = self._next(world, panel, now_s, is_standing=is_standing)
        if action is None:
            return []
        self._free_s = now_s + self._pace.hands_s
        return [action]

    def _next(self, world: World, panel: PanelState, now_s: float, *, is_standing: bool) -> HandAction | None:
        if self._todo:
            return self._todo.popleft()
        if _is_armed(panel):
            return None  # somebody else is about to report a fail
        action = self._receive(world, now_s) or self._accept(world, panel)
        if action is not None or is_standing:
            return action
        return (
            self._deliver(world, panel, now_s)
            or self._make(world, panel, now_s)
            or self._serve_customer(world, panel, now_s)
        )

    def _receive(self, world: World, now_s: float) -> HandAction | None:
        for loop in self._consumed:
            card = self._transport.arrived(world, loop.id, now_s)
            if card is not None:
                self._transport.scanned(card, now_s)
                if self._chance.random() < self._pace.fail_share:
                    self._todo.extend(self._fail(loop, card))
                return ScanCode(self.station, card.id)
        return None

    def _fail(self, loop: KanbanLoop, card: CardSeen) -> list[HandAction]:
        """Report the container that has come by its card, or the one in use by its button."""
        if self._chance.random() < 0.5:  # noqa: PLR2004 one way as often as the other
            return [ScanCode(self.station, FAIL), ScanCode(self.station, card.id)]
        self._bench.lose(loop.id)
        quality = PressQuality(self.station)
        return [quality] if len(self._slots) == 1 else [quality, self._press(loop)]

    def _accept(self, world: World, panel: PanelState) -> HandAction | None:
        for loop in self._supplied:
            if self._lamp(panel, loop) in ("slow", "fast") and world.cards_in(loop.id, UNSEEN):
                return self._press(loop)
        return None

    def _deliver(self, world: World, panel: PanelState, now_s: float) -> HandAction | None:
        """Press until the container that is made is on its way."""
        job = self._job
        if job is None or now_s < job.done_s or self._lamp(panel, job.loop) == "double":
            return None
        ready = _furthest_first(world, job.loop)
        job.card = job.card or next((card.id for card in ready), None)
        if job.card not in [card.id for card in ready]:
            self._job = None
            return None
        return self._press(job.loop)

    def _make(self, world: World, panel: PanelState, now_s: float) -> HandAction | None:
        """Start the container that is wanted most, if there is material for it."""
        if self._job is not None or not self._bench.has_all(world, panel.outbox):
            return None
        wanted = [loop for loop in self._supplied if world.cards_in(loop.id, *IN_WORK)]
        wanted = [loop for loop in wanted if self._lamp(panel, loop) in ("on", "fast")]
        if not wanted:
            return None
        loop = min(wanted, key=lambda one: (self._lamp(panel, one) != "fast", _oldest(world, one)))
        self._job = Job(loop, now_s + self._pace.piece_s * loop.container_quantity)
        emptied = self._bench.use(loop.container_quantity)
        self._todo.extend(self._press(one) for one in self._consumed if one.id in emptied)
        return self._press(loop) if _is_to_be_started(world, loop) else None

    def _serve_customer(self, world: World, panel: PanelState, now_s: float) -> HandAction | None:
        """Where nothing is made, the customer empties the containers."""
        full = [loop for loop in self._consumed if self._bench.has_full(world, loop.id, panel.outbox)]
        if self._supplied or not full or now_s < self._customer_s:
            return None
        self._customer_s = now_s + self._pace.customer_s
        return self._press(self._chance.choice(full))

    def _press(self, loop: KanbanLoop) -> PressSlot:
        return PressSlot(self.station, self._slots[loop.id])

    def _lamp(self, panel: PanelState, loop: KanbanLoop) -> str:
        return panel.slots.get(str(self._slots[loop.id]), "off")


def _is_armed(panel: PanelState) -> bool:
    """Whether the quality button has been pressed: every slot and the red lamp blink fast."""
    return panel.stack.get("red") == "fast" and set(panel.slots.values()) == {"fast"}


def _furthest_first(world: World, loop: KanbanLoop) -> list[CardSeen]:
    return [card for state in IN_WORK for card in world.cards_in(loop.id, state)]


def _oldest(world: World, loop: KanbanLoop) -> str:
    return min(card.asked_at for card in world.cards_in(loop.id, *IN_WORK))


def _is_to_be_started(world: World, loop: KanbanLoop) -> bool:
    """Whether the next press is the step that tells the start; a container already begun goes on untold."""
    return "start" in loop.steps and world.cards_in(loop.id, "done", "in_process") == []
