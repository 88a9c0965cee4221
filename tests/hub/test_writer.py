import queue
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from kanban_hub import writer as writer_module
from kanban_hub.domain.errors import UnknownError
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import StoreError
from kanban_hub.handed import Handed
from kanban_hub.inbox import Delivery, Word
from kanban_hub.loading import load_plant
from kanban_hub.orders import MoveCard
from kanban_hub.store import engine
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from kanban_hub.writer import QUEUE_MOST, Joined
from kanban_protocol.messages import Assignment, HubHeartbeat, HubStatus, LampState, ShownLamps, Sync
from kanban_protocol.topics import Down
from tests.hub.bench import BRACKET, ITEMS, STATIONS, TOPICS, HubBench, Probe, started
from tests.hub.signals import EPOCH, payload

SECONDS = 10


@pytest.fixture
def hub() -> tuple[HubBench, Probe]:
    bench, probe = started()
    bench.go_on(1)
    probe.heard.clear()
    return bench, probe


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[HubBench, Probe]]:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    store = DatabaseStore(url_of(tmp_path))
    bench, probe = started(store)
    probe.heard.clear()
    yield bench, probe
    store.close()


def test_receipts_go_out_after_the_commit_and_before_the_lamps(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    with bench.store.view() as view:
        before = view.revision()
    bench.press(1)
    assert probe.channels() == ["receipts", "lamps", "lamps"]
    with bench.store.view() as view:
        assert view.revision() == before + 1


def test_a_batch_is_one_commit_and_one_message_of_receipts(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for seq in (1, 2, 3):
        bench.send("assembly", payload(seq))
    bench.writer.turn()
    assert probe.channels() == ["receipts", "lamps", "lamps"]
    assert [receipt.seq for receipt in probe.receipts()] == [1, 2, 3]


def test_a_full_queue_drops_and_counts_and_takes_what_is_sent_again(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for _ in range(QUEUE_MOST):
        bench.send("assembly", b"{")
    assert bench.writer.depth() == QUEUE_MOST
    bench.send("assembly", payload(1))
    assert bench.writer.dropped == 1
    assert bench.presence.of("assembly").counts == {"hub_busy": 1}
    while bench.writer.depth():
        bench.writer.turn()
    bench.press(1, attempt=2)
    assert [receipt.status for receipt in probe.receipts()] == ["accepted"]


def test_a_new_connection_is_not_lost_in_a_full_queue(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for _ in range(QUEUE_MOST):
        bench.send("assembly", b"{")
    bench.writer.put(Joined())
    assert bench.writer.dropped == 0
    bench.writer.turn()
    assert probe.all("status", HubStatus)[-1].online


def test_an_order_on_a_full_queue_is_refused(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    for _ in range(QUEUE_MOST):
        bench.send("assembly", b"{")
    with pytest.raises(StoreError, match="more to do"):
        bench.writer.ask(MoveCard("bracket-0001", "hold", "bent"))


def locked(bench: HubBench) -> sqlite3.Connection:
    """Another process's lock on the database."""
    store = bench.store
    assert isinstance(store, DatabaseStore)
    other = sqlite3.connect(str(store._writer.url.database), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


def test_a_locked_database_gives_no_receipt_and_no_heartbeat_and_then_recovers(
    on_disk: tuple[HubBench, Probe], caplog: pytest.LogCaptureFixture
) -> None:
    bench, probe = on_disk
    other = locked(bench)
    bench.press(1)
    for _ in range(20):
        bench.go_on(1)
    assert probe.heard == []
    assert bench.writer.dropped == 1
    assert "hub.db: database is locked" in caplog.text
    other.execute("ROLLBACK")
    other.close()
    bench.press(1, attempt=2)
    bench.go_on(1)
    assert [receipt.status for receipt in probe.receipts()] == ["accepted"]
    assert [beat.count for beat in probe.all("heartbeat", HubHeartbeat)] == [2]


def test_the_heartbeat_tells_how_long_no_commit_was_possible(on_disk: tuple[HubBench, Probe]) -> None:
    bench, probe = on_disk
    other = locked(bench)
    for _ in range(20):
        bench.go_on(1)
    other.close()
    bench.go_on(1)
    assert [beat.commit_age_ms for beat in probe.all("heartbeat", HubHeartbeat)] == [21_000]


def test_a_heartbeat_is_sent_every_five_seconds(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for _ in range(10):
        bench.go_on(1)
    assert [beat.count for beat in probe.all("heartbeat", HubHeartbeat)] == [2, 3]


def test_the_thread_that_commits_sends_the_heartbeat() -> None:
    bench, _ = started()
    threads: queue.Queue[str] = queue.Queue()
    publish = bench.link.publish

    def noted(topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        if topic.endswith("/heartbeat"):
            threads.put(threading.current_thread().name)
        return publish(topic, payload, qos=qos, retain=retain)

    bench.link.publish = noted  # type: ignore[method-assign]
    bench.hand.seconds += 5
    bench.writer.start()
    assert threads.get(timeout=SECONDS) == "writer"
    assert bench.writer.is_alive()
    bench.writer.stop()
    assert not bench.writer.is_alive()


def test_the_progress_of_each_outbox_is_said_after_a_change(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.go_on(5)
    bench.go_on(5)
    assert [sync.epochs for sync in probe.all("sync", Sync) if sync.epochs] == [{EPOCH: 1}]


def test_a_plant_loaded_while_the_hub_runs_reaches_its_stations_within_a_second(
    hub: tuple[HubBench, Probe],
) -> None:
    bench, probe = hub
    load_plant(bench.store, Plant("plant", STATIONS, ITEMS, (BRACKET,)))
    version = bench.changes.version
    bench.go_on(1)
    heard = dict(probe.heard)
    assert TOPICS.down("castings-inc", Down.ASSIGNMENT) in heard
    assert probe.all("assignment", Assignment)[-1].slots == []
    assert [state.slots for state in probe.all("lamps", LampState)][-1] == {}
    assert bench.changes.version > version


def test_a_station_that_left_the_plant_loses_its_buttons(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    load_plant(bench.store, Plant("plant", STATIONS[:2], ITEMS, (BRACKET,)))
    bench.go_on(1)
    gone = [payload for topic, payload in probe.heard if topic.endswith("castings-inc/assignment")]
    assert gone == [b'{"v":1,"slots":[]}']


def shown(bench: HubBench, revision: int) -> ShownLamps:
    return ShownLamps(v=1, epoch=bench.ledger.epoch, revision=revision, lamps={})


def test_lamps_are_said_again_to_a_station_that_shows_others(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.presence.hear("paint", shown(bench, 1))
    bench.presence.hear("assembly", shown(bench, 2))
    probe.heard.clear()
    bench.go_on(5)
    topics = [topic for topic, _ in probe.heard if topic.endswith("/lamps")]
    assert topics == ["kanban/v1/plant/down/paint/lamps"]
    bench.presence.hear("paint", shown(bench, 2))
    probe.heard.clear()
    bench.go_on(5)
    assert "lamps" not in probe.channels()


def test_a_silent_station_is_not_told_its_lamps_again(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.presence.hear("paint", shown(bench, 0))
    bench.go_on(31)
    bench.go_on(5)
    assert "lamps" not in probe.channels()


@pytest.fixture
def running() -> Iterator[HubBench]:
    bench, _ = started()
    bench.writer.start()
    yield bench
    bench.writer.stop()


def test_an_order_returns_when_it_is_committed(running: HubBench) -> None:
    running.writer.ask(MoveCard("bracket-0001", "hold", "bent"))
    with running.store.view() as view:
        assert view.floor().card("bracket-0001").standing.value == "held"


def test_an_order_that_is_not_possible_raises_why(running: HubBench) -> None:
    with pytest.raises(UnknownError, match="no card bracket-9999"):
        running.writer.ask(MoveCard("bracket-9999", "hold", "bent"))


def test_a_fault_of_ours_in_an_order_stops_no_signal(
    running: HubBench, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(KeyError):
        running.writer.ask(MoveCard("bracket-0001", "no such order"))
    running.writer.ask(MoveCard("bracket-0001", "hold", "bent"))
    assert running.writer.is_alive()
    assert "could not be carried out" in caplog.text


def test_an_order_that_came_too_late_is_not_carried_out(
    hub: tuple[HubBench, Probe], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, _ = hub
    monkeypatch.setattr(writer_module, "ASK_TIMEOUT_S", 0.0)
    with pytest.raises(StoreError, match="nothing was done"):
        bench.writer.ask(MoveCard("bracket-0001", "hold", "bent"))
    bench.writer.turn()
    with bench.store.view() as view:
        assert view.floor().card("bracket-0001").standing.value == "active"


def test_a_change_is_told_with_its_loops(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    version = bench.changes.version
    bench.press(1)
    assert bench.changes.wait(version, 0.0) == (version + 1, frozenset({"bracket"}))


def handed(seq: int, station: str = "assembly") -> Delivery:
    return Delivery(station, "/signals", payload(seq), 0)


def test_the_words_on_handed_signals_come_back_after_the_commit_and_go_nowhere_else(
    running: HubBench,
) -> None:
    probe = Probe(running.broker, ("kanban/v1/plant/down/+/receipts",))

    words = running.writer.hand([handed(1), handed(2)])

    assert [(word.epoch, word.receipt.seq, word.receipt.status.value) for word in words] == [
        (EPOCH, 1, "accepted"), (EPOCH, 2, "accepted"),
    ]  # fmt: skip
    with running.store.view() as view:
        assert len(view.signals_by_key([("assembly", EPOCH, 1), ("assembly", EPOCH, 2)])) == 2
    assert probe.receipts() == []


def test_one_commit_answers_those_who_wait_and_the_stations(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    answers: list[Future[list[Word]]] = [Future(), Future()]
    same = handed(2)  # handed over twice, as by two tabs of one browser
    bench.writer.put(Handed((handed(1), same), answers[0]))
    bench.send("assembly", payload(3))
    bench.writer.put(Handed((Delivery(*vars(same).values()),), answers[1]))

    bench.writer.turn()

    assert [[word.receipt.seq for word in answer.result(0)] for answer in answers] == [[1, 2], [2]]
    assert [receipt.seq for receipt in probe.receipts()] == [3]


def test_handed_signals_without_a_commit_have_no_word_and_can_be_sent_again(
    on_disk: tuple[HubBench, Probe],
) -> None:
    bench, _ = on_disk
    other, answer = locked(bench), Future[list[Word]]()
    bench.writer.put(Handed((handed(1),), answer))
    bench.writer.turn()
    with pytest.raises(StoreError, match="locked"):
        answer.result(0)
    assert bench.writer.dropped == 1
    other.close()
    again = Future[list[Word]]()
    bench.writer.put(Handed((handed(1),), again))
    bench.writer.turn()
    assert [word.receipt.status for word in again.result(0)] == ["accepted"]


def test_signals_are_not_taken_for_somebody_who_has_given_up(
    hub: tuple[HubBench, Probe], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, _ = hub
    monkeypatch.setattr(writer_module, "HAND_TIMEOUT_S", 0.0)
    with pytest.raises(StoreError, match="send again"):
        bench.writer.hand([handed(1)])
    bench.writer.turn()
    with bench.store.view() as view:
        assert view.signals_by_key([("assembly", EPOCH, 1)]) == {}


def test_signals_on_a_full_queue_are_told_to_come_again(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    for _ in range(QUEUE_MOST):
        bench.send("assembly", b"{")
    with pytest.raises(StoreError, match="send again"):
        bench.writer.hand([handed(1), handed(2)])
    assert bench.writer.dropped == 2
