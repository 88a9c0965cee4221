"""What is committed, what is told, and what a failed commit leaves."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kanban_hub.domain.plant import Plant
from kanban_hub.errors import StoreError
from kanban_hub.loading import load_plant
from kanban_protocol.messages import LampPattern
from tests.fakes.store import InMemoryStore, InMemoryWork
from tests.hub.bench import BRACKET, CASTING, ITEMS, PLANT, STATIONS, started
from tests.hub.signals import payload, signal


class Brittle(InMemoryStore):
    """A store whose commits fail while it is told to."""

    is_full = False

    @contextmanager
    def transaction(self) -> Iterator[InMemoryWork]:
        with super().transaction() as work:
            yield work
            if self.is_full:
                raise StoreError("database or disk is full")


def test_a_failed_commit_confirms_nothing_and_leaves_nothing_half_done() -> None:
    store = Brittle()
    bench, probe = started(store)
    before = bench.lamps("paint")
    store.is_full = True
    bench.press(1)
    assert probe.receipts() == []
    assert bench.lamps("paint") == before

    store.is_full = False
    bench.press(1)

    assert [receipt.status for receipt in probe.receipts()] == ["accepted"]
    with store.view() as view:
        assert [str(c.state) for c in view.floor().cards_of("bracket")].count("requested") == 1


def test_the_receipt_goes_before_the_lamps_and_both_after_the_commit() -> None:
    bench, probe = started()
    probe.heard.clear()
    bench.press(1)

    assert probe.channels()[0] == "receipts"
    assert set(probe.channels()[1:]) == {"lamps"}


def test_the_lamps_name_the_press_and_rise_by_one() -> None:
    bench, _ = started()
    before = bench.lamps("paint")
    bench.press(1)
    after = bench.lamps("paint")

    assert after.revision == before.revision + 1
    assert after.because == [signal(1).id]
    assert after.slots["1"] is LampPattern.SLOW


def test_what_changes_no_card_changes_no_lamps() -> None:
    bench, _ = started()
    before = bench.lamps("paint")
    bench.press(1, "advance", "paint")

    assert bench.lamps("paint") == before


def test_a_plant_loaded_by_another_program_is_seen_within_a_second() -> None:
    bench, _ = started()
    more = Plant("plant", STATIONS, ITEMS, (BRACKET, CASTING.__class__(**{**vars(CASTING), "cards": 8})))
    load_plant(bench.store, more)

    bench.go_on(1.1)

    assert bench.ledger.floor is not None
    assert len(bench.ledger.floor.cards_of("casting")) == 8


def test_a_batch_that_has_waited_long_enough_is_released_by_the_clock() -> None:
    bench, _ = started()
    bench.press(1, "pull", "paint", body={"loop": "casting"})
    assert bench.lamps("castings-inc").slots["1"] is LampPattern.OFF

    bench.go_on(601)

    assert bench.lamps("castings-inc").slots["1"] is LampPattern.SLOW


def test_a_restart_remembers_the_press_for_the_duplicate_window() -> None:
    store = InMemoryStore()
    bench, _ = started(store)
    bench.press(1)
    again, probe = started(store)
    again.send("assembly", payload(2, mono_ms=60_000 + 1_500))
    again.writer.turn()

    assert [receipt.status for receipt in probe.receipts()] == ["already"]


def test_everything_retained_is_said_again_at_each_connection_the_status_last() -> None:
    bench, probe = started()
    bench.press(1)
    bench.broker.stop()
    bench.broker.restart()
    probe.link.reconnect()
    probe.heard.clear()
    bench.connect()

    said = probe.channels()
    assert said[-1] == "status"
    assert [said.count(channel) for channel in ("assignment", "sync", "lamps")] == [3, 3, 3]
    assert bench.lamps("paint").slots["1"] is LampPattern.SLOW


def test_the_heartbeat_stops_while_nothing_can_be_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = InMemoryStore()
    bench, probe = started(store)
    bench.go_on(6)
    assert probe.channels().count("heartbeat") >= 1

    def locked() -> None:
        raise StoreError("database is locked")

    monkeypatch.setattr(store, "probe", locked)
    probe.heard.clear()
    for _ in range(20):
        bench.go_on(1)
    assert "heartbeat" not in probe.channels()

    monkeypatch.undo()
    bench.go_on(6)
    assert "heartbeat" in probe.channels()


def test_the_queue_is_bounded_and_what_does_not_fit_is_counted() -> None:
    bench, _ = started()
    for seq in range(1, 2_101):
        bench.send("assembly", payload(seq))

    assert bench.writer.dropped == 100
    assert bench.writer.depth() == 2_000
    assert bench.presence.of("assembly").counts["hub_busy"] == 100
    assert PLANT.loops["bracket"] is BRACKET
