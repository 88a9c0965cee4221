"""The whole floor as a state machine: anything in any order, and the rules hold after every step."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kanban_hub.domain import collecting, helping, quality, standing
from kanban_hub.domain.balance import balance
from kanban_hub.domain.card import OPEN, Card, Move, Standing, State
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.lamps import wanted
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import (
    ALL_STEPS,
    CONSUMER,
    OTHER,
    SUPPLIER,
    Shopfloor,
    kanban_loop,
    plant_of,
)

LOOPS = ("plain", "batch", "all", "none")
STATIONS = st.sampled_from([CONSUMER, SUPPLIER, OTHER])
LOOP = st.sampled_from([*LOOPS, "unknown"])
CODES = st.builds("{}-{:04d}".format, st.sampled_from(LOOPS), st.integers(0, 9))
PEOPLE = ("clear", "rework", "scrap", "hold", "resume", "lose")


class FloorMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.cards = dict.fromkeys(LOOPS, 4)
        self.shop = Shopfloor(*self._loops())
        self.signals: list[str] = []

    def _loops(self) -> list[Any]:
        changes: dict[str, dict[str, Any]] = {
            "plain": {},
            "batch": {"batch": 3, "batch_max_wait_s": 600},
            "all": {"steps": ALL_STEPS, "duplicate_window_s": 0},
            "none": {"steps": ()},
        }
        return [kanban_loop(name, cards=self.cards[name], **changes[name]) for name in LOOPS]

    def _try(self, action: Any) -> None:
        before = (dict(self.shop.floor.cards), dict(self.shop.floor.calls), len(self.shop.log))
        try:
            outcome = action()
        except DomainError:
            floor = self.shop.floor
            assert (dict(floor.cards), dict(floor.calls), len(self.shop.log)) == before
            return
        if getattr(outcome, "verdict", None) == "already":
            assert (dict(self.shop.floor.cards), dict(self.shop.floor.calls)) == before[:2]
        self.signals.append(self.shop.signal)

    @rule(loop=LOOP, station=STATIONS)
    def pull(self, loop: str, station: str) -> None:
        self._try(lambda: self.shop.pull(loop, station))

    @rule(loop=LOOP, station=STATIONS)
    def advance(self, loop: str, station: str) -> None:
        self._try(lambda: self.shop.advance(loop, station))

    @rule(code=CODES, station=STATIONS, intent=st.sampled_from(list(Intent)))
    def scan(self, code: str, station: str, intent: Intent) -> None:
        self._try(lambda: self.shop.scan(code, station, intent))

    @rule(loop=LOOP, station=STATIONS)
    def fail(self, loop: str, station: str) -> None:
        self._try(lambda: self.shop.fail(loop, station))

    @rule(station=STATIONS, loop=LOOP)
    def call(self, station: str, loop: str) -> None:
        self._try(lambda: self.shop.call_help(station))
        self._try(lambda: self.shop.cannot(loop, station))

    @precondition(lambda self: self.signals)
    @rule(back=st.integers(1, 6), station=STATIONS)
    def undo(self, back: int, station: str) -> None:
        self._try(lambda: self.shop.undo(self.signals[-min(back, len(self.signals))], station))

    @rule(code=CODES, order=st.sampled_from(PEOPLE))
    def people(self, code: str, order: str) -> None:
        card = self.shop.floor.cards.get(code)
        if card is not None:
            self._try(lambda: self.shop.order(self._ordered(card, order)))

    def _ordered(self, card: Card, order: str) -> Any:
        floor = self.shop.floor
        orders: dict[str, Any] = {
            "clear": lambda: quality.clear(floor, card),
            "rework": lambda: quality.rework(floor, card),
            "scrap": lambda: quality.scrap(floor, card),
            "hold": lambda: standing.hold(card, "doubt"),
            "resume": lambda: standing.resume(card),
            "lose": lambda: standing.lose(floor, card),
        }
        return orders[order]()

    @rule(move=st.sampled_from(["take", "solve"]))
    def calls(self, move: str) -> None:
        for call in self.shop.floor.open_calls()[:1]:
            events = helping.take if move == "take" else lambda call: helping.solve(call, None)
            self._try(lambda call=call, events=events: self.shop.order(events(call)))

    @rule(loop=st.sampled_from(LOOPS), cards=st.integers(3, 6))
    def replan(self, loop: str, cards: int) -> None:
        before, self.cards[loop] = self.cards[loop], cards
        try:
            self.shop.replan(plant_of(*self._loops()))
        except DomainError:
            self.cards[loop] = before

    @rule(seconds=st.sampled_from([1, 5, 40, 700]))
    def time_passes(self, seconds: int) -> None:
        self.shop.wait(seconds)
        for loop in collecting.overdue_batches(self.shop.floor, self.shop.now_ms):
            self.shop.order(collecting.release(self.shop.floor, loop))

    @invariant()
    def every_loop_has_the_cards_that_it_defines(self) -> None:
        assert all(sheet.is_even for sheet in balance(self.shop.floor))

    @invariant()
    def the_events_alone_give_the_same_floor(self) -> None:
        again = self.shop.replayed()
        assert again.cards == self.shop.floor.cards
        assert again.calls == self.shop.floor.calls
        assert {c.id: c.last for c in again.cards.values()} == {
            c.id: c.last for c in self.shop.floor.cards.values()
        }

    @invariant()
    def the_queue_is_exactly_what_is_asked_and_not_shipped(self) -> None:
        floor = self.shop.floor
        queue = [entry.card.id for entry in replenishment_queue(floor, SUPPLIER, self.shop.now_ms)]
        asked = [
            c.id
            for c in floor.cards.values()
            if c.state in OPEN and c.standing is Standing.ACTIVE and not c.is_void
        ]
        assert sorted(queue) == sorted(asked)

    @invariant()
    def a_dark_lamp_never_hides_a_request(self) -> None:
        floor = self.shop.floor
        for slot, loop in floor.plant.slots_at(SUPPLIER).items():
            states = {c.state for c in floor.cards_of(loop.id) if c.standing is Standing.ACTIVE}
            is_lit = wanted(floor, SUPPLIER, self.shop.now_ms).slots[slot] != "off"
            assert is_lit == bool(states & OPEN), (loop.id, states)

    @invariant()
    def nothing_is_full_and_asked_for_at_once(self) -> None:
        for card in self.shop.floor.cards.values():
            assert (card.asked_ms is None) or card.state is not State.FULL or card.is_void
            last = card.last
            assert last is None or last.move is not Move.SCRAP or card.is_void


FloorMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestFloor = FloorMachine.TestCase
