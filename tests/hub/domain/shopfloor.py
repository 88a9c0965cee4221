"""A floor with a clock of its own, driven as stations and people drive it. Every event is kept."""

from typing import Any

from kanban_hub.domain import helping, planning, pulling, quality, scanning, supplying, undoing
from kanban_hub.domain.card import Card
from kanban_hub.domain.consequences import due, following
from kanban_hub.domain.events import Event, Occasion, SignalRefused
from kanban_hub.domain.fitting import fitting
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move
from kanban_hub.domain.outcome import Outcome
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Slot, Station
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.scanning import Intent
from kanban_hub.execution import carry_out, occasion_of
from kanban_hub.orders import Order

CONSUMER, SUPPLIER, OTHER = "assembly", "paint", "packing"
ALL_STEPS = (Move.ACCEPT, Move.START, Move.FINISH, Move.SHIP)


def kanban_loop(loop_id: str = "bracket", **changes: Any) -> KanbanLoop:
    """Four cards of 20 pieces, seen and shipped, as the example plant has it."""
    values: dict[str, Any] = {
        "item": "bracket",
        "supplier": SUPPLIER,
        "consumer": CONSUMER,
        "container_quantity": 20,
        "cards": 4,
        "steps": (Move.ACCEPT, Move.SHIP),
        "lead_time_s": 7200,
        "rate_per_hour": 30.0,
    }
    return KanbanLoop(loop_id, **(values | changes))


def plant_of(
    *loops: KanbanLoop,
    slots: tuple[Slot, ...] = (),
    stations: dict[str, dict[str, Any]] | None = None,
    **rest: Any,
) -> Plant:
    """`stations` are settings of stations by their id, `rest` further tables of the plant."""
    settings = stations or {}
    found = [Station(name, name.title(), **settings.get(name, {})) for name in (CONSUMER, SUPPLIER, OTHER)]
    items = {loop.item: Item(loop.item, f"{loop.item.title()}, left") for loop in loops}
    return Plant("plant", found, items.values(), loops, slots, **rest)


class Shopfloor:
    def __init__(self, *loops: KanbanLoop, **plant: Any) -> None:
        """`plant` is what `plant_of` takes beside the loops."""
        self.floor = Floor(plant_of())
        self.log: list[tuple[Event, Occasion]] = []
        self.now_ms = 1_000_000
        self.signal = "signal-0"
        self.replan(plant_of(*(loops or [kanban_loop()]), **plant))

    def wait(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1000)

    def replan(self, plant: Plant) -> list[Event]:
        events = planning.change(self.floor, plant)
        self.floor.plant = plant
        return self.order(events)

    def ask(self, order: Order) -> list[Event]:
        """What people order."""
        occasion = occasion_of(self.floor, order, self.now_ms)
        events = carry_out(self.floor, order, occasion)
        self._apply(tuple(events), occasion)
        return events

    def come_due(self) -> list[Event]:
        """What time alone brings."""
        return self.order(due(self.floor, self.now_ms))

    def order(self, events: list[Event]) -> list[Event]:
        """What people or the hub itself do: no station, no signal."""
        self._apply(tuple(events), Occasion(Moment.at(self.now_ms)))
        return events

    def pull(self, loop: str = "bracket", station: str = CONSUMER) -> Outcome:
        occasion = self._occasion(station, "pull")
        return self._told(pulling.pull(self.floor, loop, occasion), occasion)

    def pulls(self, count: int, loop: str = "bracket") -> list[str | None]:
        """Pull `count` times, ten seconds apart."""
        cards = []
        for _ in range(count):
            self.wait(10)
            cards.append(self.pull(loop).card)
        return cards

    def advance(self, loop: str = "bracket", station: str = SUPPLIER) -> Outcome:
        occasion = self._occasion(station, "advance")
        return self._told(supplying.advance(self.floor, loop, occasion), occasion)

    def scan(self, code: str, station: str = CONSUMER, intent: Intent = Intent.NEXT) -> Outcome:
        occasion = self._occasion(station, "scan")
        return self._told(scanning.scan(self.floor, code, intent, occasion), occasion)

    def scan_item(
        self, item: str = "bracket", station: str = CONSUMER, intent: Intent = Intent.NEXT
    ) -> Outcome:
        """Scan what is on every container of an item."""
        occasion = self._occasion(station, "scan")
        loops = [loop for loop in self.floor.plant.loops.values() if loop.item == item]
        card = fitting(self.floor, loops, intent, occasion)
        return self._told(scanning.scan(self.floor, card.id, intent, occasion), occasion)

    def fail(
        self,
        loop: str = "bracket",
        station: str = CONSUMER,
        defect: str | None = None,
        lot: str | None = None,
    ) -> Outcome:
        occasion = self._occasion(station, "fail")
        return self._told(quality.fail(self.floor, loop, Defect(defect, lot), occasion), occasion)

    def fail_code(self, code: str, station: str = CONSUMER) -> Outcome:
        occasion = self._occasion(station, "fail")
        return self._told(scanning.scan_fail(self.floor, code, Defect(), occasion), occasion)

    def cannot(self, loop: str = "bracket", station: str = SUPPLIER) -> Outcome:
        occasion = self._occasion(station, "cannot")
        return self._told(supplying.cannot(self.floor, loop, "no paint", occasion), occasion)

    def call_help(self, station: str = CONSUMER, topic: str | None = None) -> Outcome:
        occasion = self._occasion(station, "help")
        return self._told(helping.call_help(self.floor, topic, occasion), occasion)

    def undo(self, signal: str, station: str = CONSUMER) -> Outcome:
        occasion = self._occasion(station, "undo")
        return self._told(undoing.undo(self.floor, signal, occasion), occasion)

    def refuse(self, station: str, reason: str, loop: str = "bracket") -> None:
        """What the hub writes down when it refuses a signal of `station`."""
        self._apply((SignalRefused(loop, None, reason, reason),), self._occasion(station, "advance"))

    def card(self, number: int, loop: str = "bracket") -> Card:
        return self.floor.cards[f"{loop}-{number:04d}"]

    def states(self, loop: str = "bracket") -> list[str]:
        """The states of all cards of `loop` that are not void, by number."""
        return [str(card.state) for card in self.floor.cards_of(loop)]

    def replayed(self) -> Floor:
        """A fresh floor that only knows the events."""
        floor = Floor(self.floor.plant)
        for event, occasion in self.log:
            floor.apply(event, occasion)
        return floor

    def _occasion(self, station: str, how: str) -> Occasion:
        self.signal = f"signal-{int(self.signal.split('-')[1]) + 1}"
        moment = Moment(self.now_ms, self.now_ms, f"boot-{station}", self.now_ms)
        return Occasion(moment, station, self.signal, how)

    def _told(self, outcome: Outcome, occasion: Occasion) -> Outcome:
        self._apply(outcome.events, occasion)
        return outcome

    def _apply(self, events: tuple[Event, ...], occasion: Occasion) -> None:
        """Let `events` happen, and all that follows from them."""
        step = list(events)
        while step:
            for event in step:
                self.floor.apply(event, occasion)
                self.log.append((event, occasion))
            occasion = Occasion(Moment.at(self.now_ms))
            step = following(self.floor, step, occasion.moment)
