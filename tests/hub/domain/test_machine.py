"""The whole floor as a state machine: anything in any order, and the rules hold after every step."""

from datetime import time
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kanban_hub.domain.andon import CALL_MOVES, CallKind, CallState
from kanban_hub.domain.balance import balance
from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.card import Contents
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.events import CallEscalated, CallMoved, CallRaised, LineStopped
from kanban_hub.domain.lamps import wanted
from kanban_hub.domain.moves import OPEN, STEPS, Move, Standing, State
from kanban_hub.domain.onetime import Occasional
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.pulling import pullable
from kanban_hub.domain.records.audit import Audit
from kanban_hub.domain.records.demand import Demand
from kanban_hub.domain.records.finding import Defect, Finding
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.stock import stock_pieces
from kanban_hub.execution import CALL_ORDERS, CARD_ORDERS, LOOP_ORDERS
from kanban_hub.orders import (
    AddCards,
    BeginAudit,
    Cannot,
    CountCard,
    EndAudit,
    MakePromise,
    MoveCall,
    MoveCard,
    MoveLoop,
    NoteDefect,
    PlaceDemand,
    See,
    SightCard,
    Supply,
)
from tests.hub.domain.shopfloor import (
    ALL_STEPS,
    CONSUMER,
    OTHER,
    SUPPLIER,
    Shopfloor,
    kanban_loop,
    plant_of,
)

KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "batch": {"batch": 3, "batch_max_wait_s": 600},
    "all": {"steps": ALL_STEPS, "duplicate_window_s": 0, "containment_window_s": 60},
    "none": {"steps": ()},
    "bins": {"kind": LoopKind.TWO_BIN, "cards": 2},
    "lot": {"kind": LoopKind.SIGNAL, "cards": 1, "lot_containers": 4, "reorder_containers": 2},
    "event": {"kind": LoopKind.EVENT, "cards": 0},
    "made": {"item": "panel", "supplier": OTHER, "consumer": SUPPLIER, "steps": (Move.FINISH,)},
    "panel": {"item": "panel", "pulls": "made", "cycle_time_s": 1},
}
LOOPS = tuple(KINDS)
STATIONS = st.sampled_from([CONSUMER, SUPPLIER, OTHER])
LOOP = st.sampled_from([*LOOPS, "unknown"])
CODES = st.builds("{}-{:04d}".format, st.sampled_from(LOOPS), st.integers(0, 9))
PEOPLE = tuple(CARD_ORDERS)
PLANT: dict[str, Any] = {
    "stations": {
        SUPPLIER: {"takt_s": 300, "stop_after_fails": 3, "stop_within_s": 900},
        OTHER: {"shifts": ("early",)},
    },
    "calendar": Calendar(shifts=(Shift("early", "Early", tuple(Weekday), time(0, 10), time(0, 30)),)),
    "escalation": (
        EscalationRule(1, 60, 120, ("team-lead",)),
        EscalationRule(2, 600, 700, ("manager",)),
        EscalationRule(1, 30, 40, ("quality",), (CallKind.QUALITY,)),
    ),
}


class FloorMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.changes = {name: {"cards": 4, **changes} for name, changes in KINDS.items()}
        self.shop = Shopfloor(*self._loops(), **PLANT)
        self.signals: list[str] = []

    def _loops(self) -> list[Any]:
        return [kanban_loop(name, **changes) for name, changes in self.changes.items()]

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

    @rule(item=st.sampled_from(["bracket", "panel"]), station=STATIONS, intent=st.sampled_from(list(Intent)))
    def scan_item(self, item: str, station: str, intent: Intent) -> None:
        self._try(lambda: self.shop.scan_item(item, station, intent))

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
        self._try(lambda: self.shop.ask(MoveCard(code, order, "doubt")))

    @rule(code=CODES, quantity=st.integers(0, 30), lot=st.sampled_from([None, "A", "B"]))
    def count(self, code: str, quantity: int, lot: str | None) -> None:
        self._try(lambda: self.shop.ask(CountCard(code, Contents(quantity, lot))))

    @rule(code=CODES, move=st.sampled_from(list(STEPS)), quantity=st.integers(1, 30))
    def supply(self, code: str, move: Move, quantity: int) -> None:
        self._try(lambda: self.shop.ask(Supply(code, move, Contents(quantity, "A"))))

    @rule(loop=LOOP, is_able=st.booleans())
    def answer_by_page(self, loop: str, is_able: bool) -> None:
        self._try(lambda: self.shop.ask(See(loop) if is_able else Cannot(loop, "no steel")))

    @rule(loop=LOOP, order=st.sampled_from(LOOP_ORDERS), reason=st.sampled_from([None, "doubt"]))
    def move_loop(self, loop: str, order: str, reason: str | None) -> None:
        self._try(lambda: self.shop.ask(MoveLoop(loop, order, reason)))

    @rule(lot=st.sampled_from([None, "A", "B"]))
    def note_defects(self, lot: str | None) -> None:
        for finding in self.shop.floor.records_of(Finding):
            self._try(lambda finding=finding: self.shop.ask(NoteDefect(finding.id, Defect(lot=lot))))

    @rule(loop=LOOP, minutes=st.integers(-1, 300))
    def promise(self, loop: str, minutes: int) -> None:
        self._try(lambda: self.shop.ask(MakePromise(loop, self.shop.now_ms + minutes * 60_000)))

    @rule(
        loop=LOOP, pieces=st.integers(0, 60), cycles=st.integers(0, 3), minutes=st.none() | st.integers(1, 20)
    )
    def add_cards(self, loop: str, pieces: int, cycles: int, minutes: int | None) -> None:
        until_ms = None if minutes is None else self.shop.now_ms + minutes * 60_000
        wanted = Occasional("fair", pieces=pieces, cycles=cycles, until_ms=until_ms)
        self._try(lambda: self.shop.ask(AddCards(loop, wanted)))

    @rule(loop=LOOP, demand=st.integers(1, 6), pieces=st.sampled_from([0, 1, 15, 20, 90]))
    def demand(self, loop: str, demand: int, pieces: int) -> None:
        self._try(lambda: self.shop.ask(PlaceDemand(loop, str(demand), pieces)))

    @rule(loop=st.none() | LOOP, code=CODES, is_over=st.booleans())
    def audit(self, loop: str | None, code: str, is_over: bool) -> None:
        self._try(lambda: self.shop.ask(BeginAudit(loop)))
        for audit in self.shop.floor.records_of(Audit):
            order = EndAudit(audit.id) if is_over else SightCard(audit.id, code)
            self._try(lambda order=order: self.shop.ask(order))

    @precondition(lambda self: self.shop.floor.calls)
    @rule(
        move=st.sampled_from(list(CALL_ORDERS)), back=st.integers(1, 4), cause=st.none() | st.just("nozzle")
    )
    def calls(self, move: str, back: int, cause: str | None) -> None:
        ids = list(self.shop.floor.calls)
        self._try(lambda: self.shop.ask(MoveCall(ids[-min(back, len(ids))], move, cause)))

    @rule(loop=st.sampled_from(LOOPS), cards=st.integers(3, 6), quantity=st.sampled_from([10, 20]))
    def replan(self, loop: str, cards: int, quantity: int) -> None:
        before = self.changes[loop]
        cards = before["cards"] if "kind" in before else cards
        self.changes[loop] = {**before, "cards": cards, "container_quantity": quantity}
        try:
            self.shop.replan(plant_of(*self._loops(), **PLANT))
        except DomainError:
            self.changes[loop] = before

    @rule(seconds=st.sampled_from([1, 5, 40, 700]))
    def time_passes(self, seconds: int) -> None:
        self.shop.wait(seconds)
        self.shop.come_due()

    @invariant()
    def every_loop_has_the_cards_that_it_defines(self) -> None:
        assert all(sheet.is_even for sheet in balance(self.shop.floor))

    @invariant()
    def the_events_alone_give_the_same_floor(self) -> None:
        again = self.shop.replayed()
        assert again.cards == self.shop.floor.cards
        assert again.calls == self.shop.floor.calls
        assert again.records == self.shop.floor.records
        assert {c.id: c.last for c in again.cards.values()} == {
            c.id: c.last for c in self.shop.floor.cards.values()
        }

    @invariant()
    def the_queues_are_exactly_what_is_asked_and_not_shipped(self) -> None:
        floor, now_ms = self.shop.floor, self.shop.now_ms
        suppliers = (SUPPLIER, OTHER)
        queue = [e.card.id for name in suppliers for e in replenishment_queue(floor, name, now_ms)]
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
            if loop.consumer == SUPPLIER:
                continue
            states = {c.state for c in floor.cards_of(loop.id) if c.standing is Standing.ACTIVE}
            is_lit = wanted(floor, SUPPLIER, self.shop.now_ms).slots[slot] != "off"
            assert is_lit == bool(states & OPEN), (loop.id, states)

    @invariant()
    def nothing_is_full_and_asked_for_at_once(self) -> None:
        for card in self.shop.floor.cards.values():
            assert (card.asked_ms is None) or card.state is not State.FULL or card.is_void
            last = card.last
            assert last is None or last.move is not Move.SCRAP or card.is_void

    @invariant()
    def every_bad_container_has_one_open_finding(self) -> None:
        floor = self.shop.floor
        bad = [c.id for c in floor.cards.values() if c.state is State.QUARANTINED and not c.is_void]
        assert sorted(bad) == sorted(
            f.card for f in floor.records_of(Finding) if not floor.cards[f.card].is_void
        )

    @invariant()
    def nothing_suspect_or_bad_can_be_used(self) -> None:
        for loop in self.shop.floor.plant.loops.values():
            card = pullable(self.shop.floor, loop)
            assert card is None or (card.suspect_of is None and card.state is not State.QUARANTINED)

    @invariant()
    def what_is_ordered_is_served_or_waits(self) -> None:
        floor = self.shop.floor
        for demand in floor.records_of(Demand):
            assert demand.served < demand.pieces
            assert pullable(floor, floor.loop(demand.loop)) is None

    @invariant()
    def a_call_moves_as_the_table_says_and_closes_with_a_cause(self) -> None:
        states: dict[str, str] = {}
        for event, _ in self.shop.log:
            if isinstance(event, CallRaised):
                states[event.call] = "raised"
            elif isinstance(event, CallMoved):
                assert states[event.call] in CALL_MOVES[CallState(event.state)]
                states[event.call] = event.state
        calls = self.shop.floor.calls.values()
        assert {call.id: call.state for call in calls} == states
        assert all(call.cause for call in calls if call.state is CallState.CLOSED)

    @invariant()
    def an_open_call_is_always_seen_on_a_lamp(self) -> None:
        floor = self.shop.floor
        for call in floor.open_calls():
            stack = wanted(floor, call.station, self.shop.now_ms).stack
            assert stack.green == "off"
            assert "fast" in (stack.red, stack.amber) or call.level == 0
            assert stack.red != "off" or call.stopped_ms is None
            assert (stack.red, stack.amber) != ("off", "off")

    @invariant()
    def each_level_is_told_once_on_each_clock_and_each_stop_once(self) -> None:
        told: list[tuple[str, str, int]] = []
        clocks: dict[str, int] = {}
        for event, _ in self.shop.log:
            if isinstance(event, CallMoved):
                clocks[event.call] = clocks.get(event.call, 0) + (event.state in ("taken", "arrived"))
            elif isinstance(event, CallEscalated):
                told.append((event.call, f"clock {clocks.get(event.call, 0) > 0}", event.level))
            elif isinstance(event, LineStopped):
                told.append((event.call, "stop", 0))
        assert len(told) == len(set(told))

    @invariant()
    def no_stock_is_less_than_nothing(self) -> None:
        floor = self.shop.floor
        assert all(stock_pieces(floor, loop) >= 0 for loop in floor.plant.loops.values())
        assert all(card.quantity is None or card.quantity >= 0 for card in floor.cards.values())


FloorMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestFloor = FloorMachine.TestCase
