"""A floor on paper: the hub's own rules in memory, with panels that show what they say. No processes."""

from importlib import resources
from itertools import count

from msgspec import structs

from kanban_hub import plantfile
from kanban_hub.domain import andon, lamps, planning, promising, pulling, quality, scanning, supplying
from kanban_hub.domain.consequences import due, following
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.events import CallMoved, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import State
from kanban_hub.domain.outcome import Outcome
from kanban_hub.domain.plant import Plant, Side
from kanban_hub.domain.records.finding import Defect
from kanban_simulator.sight import PanelState
from kanban_simulator.world import (
    Action,
    CallSeen,
    CardSeen,
    MakePromise,
    MoveCall,
    MoveCard,
    PressQuality,
    PressSlot,
    ScanCode,
    World,
)


def demo_plant() -> Plant:
    with resources.as_file(resources.files("kanban_simulator") / "demo.toml") as path:
        return plantfile.load(path)


class PaperFloor:
    """`refused` are the actions that the rules did not allow."""

    def __init__(self, plant: Plant) -> None:
        self.floor = Floor(plant)
        self.refused: list[tuple[Action, str]] = []
        self.panels: dict[str, PanelState] = {}
        self._armed: set[str] = set()
        self._signals = count(1)
        for event in planning.change(self.floor, plant):
            self.floor.apply(event, Occasion(Moment.at(0)))

    def world(self, now_s: float) -> World:
        cards = [card for card in self.floor.cards.values() if not card.is_void]
        return World(
            panels={name: self._panel(name, now_s) for name in self.floor.plant.stations},
            cards=tuple(CardSeen(c.id, c.loop, c.state, f"{c.asked_ms or 0:012}") for c in cards),
            calls=tuple(CallSeen(c.id, c.state, c.card) for c in self.floor.open_calls()),
        )

    def show(self, station: str, **changed: object) -> None:
        """From now on this panel differs from what the rules say."""
        state = self.panels.get(station) or self._panel(station, 0)
        self.panels[station] = structs.replace(state, **changed)

    def come_due(self, now_s: float) -> None:
        """What time alone brings."""
        now_ms = round(now_s * 1000)
        self._apply(due(self.floor, now_ms), Occasion(Moment.at(now_ms)))

    def do(self, action: Action, now_s: float) -> None:
        station = getattr(action, "station", None)
        how = "scan" if isinstance(action, ScanCode) else "press"
        occasion = Occasion(Moment.at(round(now_s * 1000)), station, f"signal-{next(self._signals)}", how)
        try:
            self._apply(self._events(action, occasion), occasion)
        except DomainError as error:
            self.refused.append((action, str(error)))

    def _apply(self, step: list[Event], occasion: Occasion) -> None:
        while step:
            for event in step:
                self.floor.apply(event, occasion)
            step = following(self.floor, step, occasion.moment)

    def _events(self, action: Action, occasion: Occasion) -> list[Event]:
        match action:
            case PressQuality(station) | ScanCode(station, "KSS:FAIL"):
                self._armed.add(station)
                return []
            case PressSlot(station, slot):
                return list(self._press(station, slot, occasion).events)
            case ScanCode(station, code):
                intent = scanning.Intent.FAIL if self._disarm(station) else scanning.Intent.NEXT
                return list(scanning.scan(self.floor, code, intent, occasion).events)
            case MoveCall(call, move):
                return [self._move_call(call, move)]
            case MoveCard(card, move):
                judge = quality.scrap if move == "scrap" else quality.clear
                return judge(self.floor, self.floor.card(card))
            case MakePromise(loop, ready_in_s, reason):
                moment = occasion.moment
                ready_ms = moment.at_ms + round(ready_in_s * 1000)
                return promising.promise(self.floor, loop, ready_ms, reason, moment)

    def _move_call(self, call: str, move: str) -> Event:
        target = {"take": andon.CallState.TAKEN, "solve": andon.CallState.SOLVED}[move]
        found = self.floor.calls[call]
        found.check(target)
        return CallMoved(found.loop, call, target, None)

    def _press(self, station: str, slot: int, occasion: Occasion) -> Outcome:
        loop = self.floor.plant.slots_at(station)[slot]
        if self._disarm(station):
            return quality.fail(self.floor, loop.id, Defect(), occasion)
        if loop.side_of(station) is Side.CONSUMER:
            return pulling.pull(self.floor, loop.id, occasion)
        return supplying.advance(self.floor, loop.id, occasion)

    def _disarm(self, station: str) -> bool:
        was_armed = station in self._armed
        self._armed.discard(station)
        return was_armed

    def _panel(self, station: str, now_s: float) -> PanelState:
        if station in self.panels:
            return self.panels[station]
        wanted = lamps.wanted(self.floor, station, round(now_s * 1000))
        slots = {str(slot): str(pattern) for slot, pattern in wanted.slots.items()}
        stack = {colour: str(getattr(wanted.stack, colour)) for colour in ("red", "amber", "green")}
        if station in self._armed:
            slots, stack["red"] = dict.fromkeys(slots, "fast"), "fast"
        return PanelState(slots, stack, 0, [], power=True, network=True)

    def count(self, *states: State) -> int:
        return sum(card.state in states and not card.is_void for card in self.floor.cards.values())
