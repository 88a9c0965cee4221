"""Faults that were found in other systems of this kind, each shown not to be one of this."""

import pytest

from kanban_hub.domain.moves import State
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.loading import load_plant
from tests.fakes.link import InMemoryBroker
from tests.fakes.store import InMemoryStore
from tests.hub.bench import PLANT, HandClock, HubBench, Probe, started

ASSEMBLY, PAINT = "assembly", "paint"


@pytest.fixture
def hub() -> tuple[HubBench, Probe]:
    return started()


def requested(bench: HubBench) -> list[str]:
    assert bench.ledger.floor is not None
    now_ms = bench.clock.now_ms()
    return [entry.card.id for entry in replenishment_queue(bench.ledger.floor, PAINT, now_ms)]


def test_the_same_card_scanned_again_and_again_is_one_open_replenishment(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for seq in (1, 2, 3):
        bench.press(seq, "scan", body={"code": "bracket-0001"})
    assert requested(bench) == ["bracket-0001"]
    assert [receipt.status for receipt in probe.receipts()] == ["accepted", "already", "already"]


@pytest.mark.parametrize("code", ["bracket-000", "bracket-00011", "racket-0001", "bracket", "%", "bracket-%"])
def test_a_number_never_matches_another_that_contains_it(hub: tuple[HubBench, Probe], code: str) -> None:
    bench, probe = hub
    bench.press(1, "scan", body={"code": code})
    assert requested(bench) == []
    assert [receipt.status for receipt in probe.receipts()] == ["refused"]


def test_the_server_trusts_no_clients_word_on_what_is_allowed(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    bench.press(1, "advance", station=PAINT)  # made without a card
    bench.press(2, "pull", station=PAINT)  # the wrong side of the loop
    bench.press(3, "scan", station=PAINT, body={"code": "bracket-0001", "intent": "receive"})
    assert {receipt.reason for receipt in probe.receipts()} == {"over_production", "not_your_loop"}
    assert bench.ledger.floor is not None
    assert {card.state for card in bench.ledger.floor.cards.values()} == {State.FULL}


def test_an_escalation_outlives_the_hub() -> None:
    store = InMemoryStore()
    load_plant(store, PLANT)
    # The wall clock goes on while no hub runs, and is ahead of what is stored.
    bench = HubBench(InMemoryBroker(), store, HandClock(2e9))
    bench.connect()
    bench.press(1, "help", body={})
    bench.go_on(200)
    again = HubBench(bench.broker, bench.store, bench.hand)  # killed and started between call and due time
    again.connect()
    again.go_on(101)
    again.go_on(1)
    assert again.ledger.floor is not None
    assert [call.level for call in again.ledger.floor.open_calls()] == [1]
    assert again.lamps(ASSEMBLY).stack.red == "fast"


def test_a_second_call_of_the_same_kind_is_the_same_call(hub: tuple[HubBench, Probe]) -> None:
    bench, probe = hub
    for seq in (1, 2):
        bench.press(seq, "cannot", station=PAINT, body={"loop": "bracket"})
    assert [receipt.status for receipt in probe.receipts()] == ["accepted", "already"]
