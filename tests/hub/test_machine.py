"""The hub as a state machine on a database: anything from anybody, in any order, doubled, late; crashes."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import URL

from kanban_hub import orders
from kanban_hub.clock import SteadyClock
from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.events import CallRaised, CardIssued, CardMoved
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.records.audit import Audit
from kanban_hub.errors import PlantFileError
from kanban_hub.inbox import Delivery
from kanban_hub.ledger import Done, Ledger
from kanban_hub.loading import load_plant
from kanban_hub.ports import EventFilter, RecordedEvent
from kanban_hub.proof import rebuilt_faults
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, parse, url_of
from kanban_hub.store.work import DatabaseWork
from kanban_protocol.signals import KINDS as SIGNAL_KINDS
from kanban_protocol.signals import Advance, Body, Cannot, Pull, Scan, Signal
from tests.hub.anything import ORDERS, SIGNALS, START_S, STATIONS, Known, plant
from tests.hub.bench import HandClock
from tests.hub.domain.test_machine import KINDS as LOOPS
from tests.hub.signals import signal
from tests.postgresql import Postgresql

PULLS = (Move.PULL, Move.TAKE)
MAKING = (Move.START, Move.FINISH, Move.SHIP)
# What is pressed all day, and what now and then.
KIND = st.sampled_from([*SIGNALS, Pull, Pull, Pull, Advance, Advance, Advance, Scan, Scan])
SIDES: dict[type[Any], tuple[str, ...]] = {Pull: ("consumer",), Advance: ("supplier",), Cannot: ("supplier",)}
PLANT = plant({})


class CrashError(Exception):
    """The hub dies here."""


class MortalStore(DatabaseStore):
    """The hub dies `before` or `after` the next commit, when told so."""

    dies: str | None = None

    @contextmanager
    def transaction(self) -> Iterator[DatabaseWork]:
        dies, self.dies = self.dies, None
        with super().transaction() as work:
            yield work
            if dies == "before":
                raise CrashError
        if dies == "after":
            raise CrashError


class HubMachine(RuleBasedStateMachine):
    """`made` are the signals of all stations, in the order of the presses; any may come at any time."""

    def __init__(self, url: URL) -> None:
        super().__init__()
        self.store = MortalStore(url)
        self.hand = HandClock()
        self.cards: dict[str, int] = {}
        load_plant(self.store, plant(self.cards))
        self.known = Known(["plain"])
        self.made: list[tuple[str, Signal, int]] = []
        self.seqs: Counter[str] = Counter()
        self.words: dict[tuple[str, int], Any] = {}
        self.log: list[RecordedEvent] = []
        self.start()

    def start(self) -> None:
        """A new hub on what is stored."""
        with self.store.view() as view:
            latest_ms = view.latest_ms()
        self.clock = SteadyClock(latest_ms, wall=lambda: START_S + self.hand(), monotonic=self.hand)
        self.ledger = Ledger(self.store, self.clock)
        self.ledger.tick()

    def teardown(self) -> None:
        self.read()
        with closing(self.store), self.store.view() as view:
            assert list(rebuilt_faults(view)) == []
            assert [r.number for r in view.events(EventFilter(limit=100_000))] == [r.number for r in self.log]
            assert view.counts()["set_aside"] == {}, "a rule of the hub broke"

    @initialize(loops=st.lists(st.sampled_from([*LOOPS]), min_size=1, max_size=2, unique=True))
    def begin(self, loops: list[str]) -> None:
        """Most happens at few loops, so that much happens to each card."""
        self.known.loops = [*loops, *(LOOPS[loop]["pulls"] for loop in loops if "pulls" in LOOPS[loop])]

    @rule(
        data=st.data(),
        kinds=st.lists(KIND, min_size=2, max_size=8),
        comes=st.sampled_from([True, True, False]),
    )
    def press(self, data: st.DataObject, kinds: list[type[Any]], comes: bool) -> None:
        """Stations store signals. They come at once, or whenever `deliver` finds them."""
        batch = [self.make(data, kind) for kind in kinds]
        self.made += batch
        if comes:
            self.take(batch)

    def make(self, data: st.DataObject, kind: type[Any]) -> tuple[str, Signal, int]:
        body = SIGNALS[kind](data.draw, self.known)
        station = data.draw(stations_of(kind, body))
        self.seqs[station] += 1
        now_ms, tag = self.clock.now_ms(), str(kind.__struct_config__.tag)
        times = {"mono_ms": now_ms, "epoch": f"{STATIONS.index(station):016x}"}
        id_ = f"00000000-0000-0000-0000-{self.seqs.total():012x}"
        self.known.signals.append(id_)
        made = signal(self.seqs[station], tag, msgspec.to_builtins(body), id=id_, **times)
        return station, made, now_ms

    @precondition(lambda self: self.made)
    @rule(data=st.data(), dies=st.sampled_from([None, None, "before", "after"]))
    def deliver(self, data: st.DataObject, dies: str | None) -> None:
        """Some signals come, in any order, some for the second time."""
        back = st.integers(1, min(8, len(self.made)))
        batch = [self.made[-number] for number in data.draw(st.lists(back, min_size=1, max_size=5))]
        self.store.dies = dies
        self.take(batch)

    def take(self, batch: list[tuple[str, Signal, int]]) -> None:
        with self.store.view() as view:
            old = set(view.signals_by_id([one.id for _, one, _ in batch]))
        done = self.outlive(lambda: self.ledger.take([self.delivery(*one) for one in batch]))
        fresh = self.read()
        assert not {recorded.occasion.signal for recorded in fresh} & old, "a signal was applied twice"
        for word in done.receipts if done else ():
            assert self.words.setdefault((word.station, word.receipt.seq), word.receipt) == word.receipt

    def delivery(self, station: str, made: Signal, pressed_ms: int) -> Delivery:
        now_ms = self.clock.now_ms()
        # A hub that starts anew may count a millisecond less; a station's own clock never does.
        sent = msgspec.structs.replace(made, age_ms=max(0, now_ms - pressed_ms))
        return Delivery(station, "t", msgspec.json.encode(sent), now_ms)

    @rule(
        data=st.data(),
        kind=st.sampled_from([*ORDERS]),
        dies=st.sampled_from([None, None, None, "before", "after"]),
    )
    def order(self, data: st.DataObject, kind: type[Any], dies: str | None) -> None:
        order = ORDERS[kind](data.draw, self.known)
        self.store.dies = dies
        try:
            self.outlive(lambda: self.ledger.carry_out(order))
        except DomainError:
            self.store.dies = None
        self.read()

    @rule(seconds=st.sampled_from([1, 40, 700, 4_000]))
    def time_passes(self, seconds: int) -> None:
        self.hand.seconds += seconds
        self.ledger.tick()
        self.read()

    @rule(loop=st.sampled_from(["plain", "batch", "panel", "made"]), cards=st.integers(3, 6))
    def replan(self, loop: str, cards: int) -> None:
        """Another program loads another plant."""
        wanted = self.cards | {loop: cards}
        try:
            load_plant(self.store, plant(wanted))
        except PlantFileError:
            return
        self.cards = wanted
        self.read()

    def outlive(self, action: Callable[[], Done]) -> Done | None:
        try:
            return action()
        except CrashError:
            self.start()
            return None

    def read(self) -> list[RecordedEvent]:
        """The events since the last look, as any reader follows them."""
        after = self.log[-1].number if self.log else 0
        with self.store.view() as view:
            fresh = view.events(EventFilter(after=after, limit=10_000))
        self.log += fresh
        self.known.calls += [one.event.call for one in fresh if isinstance(one.event, CallRaised)]
        floor = self.ledger.floor
        self.known.audits[1:] = [audit.id for audit in floor.records_of(Audit)] if floor else []
        return fresh

    @invariant()
    def every_loop_has_the_cards_that_it_defines(self) -> None:
        with self.store.view() as view:
            assert [sheet for sheet in balance(view.floor()) if not sheet.is_even] == []

    @invariant()
    def what_the_hub_knows_is_what_is_stored(self) -> None:
        floor = self.ledger.floor
        if floor is None or self.ledger.is_behind():
            return
        with self.store.view() as view:
            stored = view.floor()
            assert stored.cards == floor.cards
            assert {call.id for call in stored.open_calls()} == {call.id for call in floor.open_calls()}
            assert view.lamps() == self.ledger.lamps
            assert view.contiguous() == self.ledger.progress.contiguous

    @invariant()
    def one_pull_is_one_card_and_no_other_word_moves_any(self) -> None:
        moves: dict[str, list[CardMoved]] = {}
        for recorded in self.log:
            if isinstance(recorded.event, CardMoved) and recorded.occasion.signal is not None:
                moves.setdefault(recorded.occasion.signal, []).append(recorded.event)
        for station, made, _ in self.made:
            word = self.words.get((station, made.seq))
            moved = [move.card for move in moves.get(made.id, []) if move.move in PULLS]
            if word is not None and word.status != "accepted":
                assert made.id not in moves
            elif word is not None and isinstance(made, Pull):
                assert moved == [word.card]

    @invariant()
    def nothing_is_made_without_a_card_that_asks(self) -> None:
        asks: dict[str, bool] = {}
        for recorded in self.log:
            event = recorded.event
            if isinstance(event, CardIssued):
                asks[event.card] = event.state is not State.FULL
            elif isinstance(event, CardMoved):
                assert event.move not in MAKING or asks[event.card], event
                asks[event.card] = event.after is not State.FULL


def stations_of(kind: type[Any], body: Body) -> st.SearchStrategy[str]:
    """Those whose business it is, and now and then any: some press what is somebody else's."""
    named = getattr(body, "loop", None) or (getattr(body, "code", None) or "").rsplit("-", 1)[0]
    loop = PLANT.loops.get(named)
    owners = [getattr(loop, side) for side in SIDES.get(kind, ("supplier", "consumer"))] if loop else []
    return st.sampled_from([*owners * 4, *STATIONS])


def run(url: Callable[[], URL], examples: int) -> None:
    run_state_machine_as_test(
        lambda: HubMachine(url()),  # type: ignore[arg-type]  # "a class or a function", says its docstring
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            derandomize="CI" in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_anything_from_anybody_keeps_the_rules_on_sqlite(tmp_path: Path) -> None:
    """Each example begins with a copy of a migrated file: the migrations take longer than the steps."""
    DatabaseStore(url_of(tmp_path)).close()

    def fresh() -> URL:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        shutil.copy(tmp_path / FILE_NAME, folder)
        return url_of(folder)

    run(fresh, examples=25)


@pytest.mark.postgresql
def test_anything_from_anybody_keeps_the_rules_on_postgresql(server: Postgresql) -> None:
    migrated = parse(server.database())
    DatabaseStore(migrated).close()
    run(lambda: parse(server.database(f"TEMPLATE {migrated.database}")), examples=8)


def test_every_signal_order_and_kind_of_loop_is_tried() -> None:
    assert set(SIGNALS) == set(SIGNAL_KINDS.values())
    assert set(ORDERS) == set(get_args(orders.Order))
    kinds = {changes.get("kind", LoopKind.CARD) for changes in LOOPS.values()}
    assert kinds == set(LoopKind)
    assert any("pulls" in changes for changes in LOOPS.values())
