import json
import logging
from typing import Any

import pytest

from kanban_hub import inbox, usecases
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome
from kanban_hub.inbox import Delivery, Taken, keys_in, take
from kanban_hub.loading import load_plant
from kanban_hub.ports import EventFilter
from kanban_protocol.messages import ReceiptStatus
from kanban_protocol.refusals import Refusal
from tests.fakes.store import InMemoryStore
from tests.hub.bench import PLANT, HubBench, Probe, started
from tests.hub.signals import EPOCH, OTHER_EPOCH, payload
from tests.protocol.bad_payloads import GOOD, ROWS, Row, but


@pytest.fixture
def hub() -> tuple[HubBench, Probe]:
    return started()


def moves(bench: HubBench) -> list[tuple[str, str]]:
    """Every move that was committed, as (card, move)."""
    with bench.store.view() as view:
        recorded = view.events(EventFilter(limit=1_000))
    events = (one.event for one in recorded)
    return [(event.card, str(event.move)) for event in events if event.kind == "card_moved"]  # type: ignore[attr-defined]


def set_aside(bench: HubBench) -> list[tuple[str, str | None, object]]:
    with bench.store.view() as view:
        return [(message.reason, message.station, message.key) for _, message in view.set_aside()]


def test_a_pull_is_accepted_with_its_card_and_state(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    (receipt,) = probe.receipts()
    assert (receipt.seq, receipt.status, receipt.card, receipt.state) == (
        1, ReceiptStatus.ACCEPTED, "bracket-0001", "requested",
    )  # fmt: skip


def test_a_press_with_no_full_container_is_already_and_moves_nothing(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for seq in range(1, 6):
        bench.press(seq)
    assert probe.receipts()[-1].status is ReceiptStatus.ALREADY
    assert probe.receipts()[-1].text == "Already asked for: 4 of 4 on the way"
    assert len(moves(bench)) == 4


def test_an_unknown_card_is_refused_and_counted(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1, "scan", body={"code": "bracket-0099"})
    (receipt,) = probe.receipts()
    assert (receipt.status, receipt.reason) == (ReceiptStatus.REFUSED, Refusal.UNKNOWN_CARD)
    with bench.store.view() as view:
        assert view.counts()["refused"] == {"unknown_card": 1}


def test_a_station_that_is_not_of_the_plant_is_refused(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1, station="nowhere")
    assert probe.receipts()[0].reason is Refusal.UNKNOWN_STATION
    assert probe.heard[-1][0] == "kanban/v1/plant/down/nowhere/receipts"
    assert moves(bench) == []


def test_a_redelivery_gets_the_same_word_and_applies_nothing(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    before = len(moves(bench))
    bench.press(1, attempt=2, age_ms=9_000)
    first, second = probe.receipts()
    assert first == second
    assert len(moves(bench)) == before


@pytest.mark.parametrize("kind", ["already", "refused"])
def test_a_redelivery_of_what_moved_nothing_gets_the_same_word(
    hub: tuple[HubBench, Probe], kind: str
) -> None:
    bench, probe = hub
    for seq in range(1, 5):
        bench.press(seq)
    body = {"loop": "bracket"} if kind == "already" else {"loop": "nothing"}
    bench.press(5, body=body)
    with bench.store.view() as view:
        before = view.latest_event_number()
    bench.press(5, body=body, attempt=2)
    assert probe.receipts()[-1] == probe.receipts()[-2]
    assert probe.receipts()[-1].status == kind
    with bench.store.view() as view:
        assert view.latest_event_number() == before


def test_a_signal_twice_in_one_batch_is_taken_once(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.send("assembly", payload(1))
    bench.send("assembly", payload(1, attempt=2))
    bench.writer.turn()
    assert [receipt.status for receipt in probe.receipts()] == ["accepted", "accepted"]
    assert moves(bench) == [("bracket-0001", "pull")]


@pytest.mark.parametrize("is_one_batch", [True, False])
def test_the_same_key_with_other_content_is_set_aside_and_never_applied(
    hub: tuple[HubBench, Probe], is_one_batch: bool, caplog: pytest.LogCaptureFixture
) -> None:
    bench, probe = hub
    bench.send("assembly", payload(1))
    if not is_one_batch:
        bench.writer.turn()
    bench.press(1, mono_ms=1, id="00000000-0000-0000-0000-0000000000ff")
    assert [receipt.reason for receipt in probe.receipts()] == [None, Refusal.CONFLICT]
    assert set_aside(bench) == [("conflict", "assembly", ("assembly", EPOCH, 1))]
    assert moves(bench) == [("bracket-0001", "pull")]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_the_same_id_under_another_number_of_one_epoch_is_a_conflict(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.press(2, id="00000000-0000-0000-0000-000000000001")
    assert probe.receipts()[-1].reason is Refusal.CONFLICT


def test_the_same_id_of_another_station_is_a_conflict(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.press(1, "advance", station="paint")
    assert probe.receipts()[-1].reason is Refusal.CONFLICT
    assert moves(bench) == [("bracket-0001", "pull")]


def test_after_a_conflict_the_first_still_gets_its_word(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.press(1, mono_ms=1)
    bench.press(1, attempt=3)
    first, conflict, again = probe.receipts()
    assert again == first
    assert conflict.reason is Refusal.CONFLICT


def test_a_signal_saved_into_a_new_epoch_is_taken_once(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(7)
    saved: dict[str, Any] = {"id": "00000000-0000-0000-0000-000000000007", "mono_ms": 7 * 60_000}
    bench.press(1, epoch=OTHER_EPOCH, **saved)
    bench.press(1, epoch=OTHER_EPOCH, attempt=2, **saved)
    words = {(r.status, r.card, r.state) for r in probe.receipts()}
    assert words == {("accepted", "bracket-0001", "requested")}
    assert [r.seq for r in probe.receipts()] == [7, 1, 1]
    assert moves(bench) == [("bracket-0001", "pull")]
    assert bench.ledger.progress.of_station("assembly")[OTHER_EPOCH] == 1


def test_a_signal_so_old_that_it_was_pruned_is_not_applied_again_and_is_seen(
    hub: tuple[HubBench, Probe],
) -> None:
    bench, probe = hub
    bench.press(1)
    bench.store.prune(bench.clock.now_ms() + 1, 10)
    bench.press(1, attempt=2)
    assert probe.receipts()[-1].reason is Refusal.CONFLICT
    assert set_aside(bench) == [("conflict", "assembly", ("assembly", EPOCH, 1))]
    assert moves(bench) == [("bracket-0001", "pull")]


def test_a_retained_signal_is_set_aside_and_gets_no_word(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.link.drop()
    bench.broker.publish("kanban/v1/plant/up/assembly/signal", payload(1), retain=True)
    probe.heard.clear()
    bench.connect()
    assert set_aside(bench) == [("retained", "assembly", None)]
    assert probe.receipts() == []
    bench.press(1)
    assert probe.receipts()[-1].status is ReceiptStatus.ACCEPTED


@pytest.mark.parametrize("row", ROWS, ids=[name for name, _, _ in ROWS])
def test_rubbish_is_kept_and_counted_and_the_good_signal_after_it_is_taken(row: Row) -> None:
    bench, probe = started()
    _, rubbish, error = row
    bench.send("assembly", rubbish)
    bench.send("assembly", json.dumps(GOOD).encode())
    bench.writer.turn()
    assert [(found, station) for found, station, _ in set_aside(bench)] == [(error.reason, "assembly")]
    with bench.store.view() as view:
        assert view.counts()["set_aside"] == {error.reason: 1}
    assert probe.receipts()[-1].status is ReceiptStatus.ACCEPTED
    assert moves(bench) == [("bracket-0001", "pull")]


def test_rubbish_with_an_intact_key_is_refused_so_that_it_leaves_the_outbox(
    hub: tuple[HubBench, Probe],
) -> None:
    bench, probe = hub
    bench.send("assembly", but(kind="push", seq=1))
    bench.writer.turn()
    (receipt,) = probe.receipts()
    assert (receipt.seq, receipt.reason) == (1, Refusal.MALFORMED)
    assert bench.ledger.progress.of_station("assembly") == {EPOCH: 1}


def test_rubbish_without_a_key_is_only_counted(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.send("assembly", b"{")
    bench.writer.turn()
    assert probe.receipts() == []
    assert bench.ledger.progress.of_station("assembly") == {}


@pytest.mark.parametrize("station", ["ASSEMBLY", "", "..", "$SYS", "a b", "x" * 33])
def test_a_topic_that_names_no_station_is_set_aside(hub: tuple[HubBench, Probe], station: str) -> None:
    bench, probe = hub
    bench.broker.publish(f"kanban/v1/plant/up/{station}/signal", payload(1))
    bench.writer.turn()
    assert set_aside(bench) == [("unknown_topic", None, None)]
    assert probe.receipts() == []


def test_a_jump_in_the_numbers_is_taken_and_shown_as_a_gap(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1)
    bench.press(1_000_000_001)
    assert [r.status for r in probe.receipts()] == ["accepted", "accepted"]
    assert bench.ledger.progress.of_station("assembly") == {EPOCH: 1}


def broken(floor: Floor, signal: object, occasion: object) -> Outcome:
    raise ZeroDivisionError


def test_a_rule_that_breaks_sets_its_signal_aside_and_the_others_go_on(
    hub: tuple[HubBench, Probe], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bench, probe = hub

    def breaks_on_help(floor: Floor, signal: object, occasion: object) -> Outcome:
        kind = type(signal).__name__
        return (broken if kind == "Help" else usecases.answer)(floor, signal, occasion)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "answer", breaks_on_help)
    bench.send("assembly", payload(1))
    bench.send("assembly", payload(2, "help", {}))
    bench.send("assembly", payload(3))
    bench.writer.turn()
    assert sorted((r.seq, r.status) for r in probe.receipts()) == [
        (1, "accepted"), (2, "refused"), (3, "accepted"),
    ]  # fmt: skip
    assert set_aside(bench) == [("fault", "assembly", ("assembly", EPOCH, 2))]
    assert moves(bench) == [("bracket-0001", "pull"), ("bracket-0002", "pull")]
    assert "ZeroDivisionError" in caplog.text


def test_a_rule_that_breaks_half_way_leaves_nothing_half_applied(
    hub: tuple[HubBench, Probe], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, _ = hub
    for seq in (1, 2, 3):
        bench.press(seq)
    apply, calls = Floor.apply, iter(range(100))

    def breaks_at_the_second(self: Floor, event: object, occasion: object) -> None:
        if next(calls) == 1:
            raise KeyError
        apply(self, event, occasion)  # type: ignore[arg-type]

    monkeypatch.setattr(Floor, "apply", breaks_at_the_second)
    bench.press(4, "advance", station="paint")
    assert set_aside(bench) == [("fault", "paint", ("paint", EPOCH, 4))]
    assert bench.ledger.floor is not None
    assert {card.state.value for card in bench.ledger.floor.cards.values()} == {"full", "requested"}


def test_the_time_of_an_event_is_the_hub_s_less_the_signal_s_age(hub: tuple[HubBench, Probe]) -> None:
    bench, _ = hub
    bench.press(1, age_ms=90_000, wall_ms=0)
    with bench.store.view() as view:
        moment = view.events(EventFilter(after=view.latest_event_number() - 1))[0].occasion.moment
    assert moment.received_ms == bench.clock.now_ms()
    assert moment.at_ms == moment.received_ms - 90_000


def test_every_key_counts_for_the_progress() -> None:
    store = InMemoryStore()
    load_plant(store, PLANT)
    with store.transaction() as work:
        deliveries = [
            Delivery("assembly", "t", payload(1), 5),
            Delivery("assembly", "t", but(kind="push", seq=2), 5),
            Delivery("assembly", "t", b"{", 5),
        ]
        taken: Taken = take(work.floor(), work, deliveries)
    assert sorted(keys_in(taken)) == [("assembly", EPOCH, 1), ("assembly", EPOCH, 2)]
