"""Each signal is taken once, answered always, and nothing that is not a signal gets in."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_hub import usecases
from kanban_hub.domain.balance import balance
from kanban_hub.ports import EventFilter
from kanban_hub.proof import rebuilt_faults
from kanban_protocol.errors import ProtocolError
from kanban_protocol.signals import Pull
from kanban_protocol.topics import Up
from tests.hub.bench import TOPICS, HubBench, Probe, started
from tests.hub.signals import OTHER_EPOCH, payload
from tests.protocol.bad_payloads import ROWS


def words(probe: Probe) -> list[tuple[int, str, str | None]]:
    return [(receipt.seq, receipt.status.value, receipt.reason) for receipt in probe.receipts()]


def states(bench: HubBench, loop: str = "bracket") -> list[str]:
    with bench.store.view() as view:
        return [str(card.state) for card in view.floor().cards_of(loop)]


def test_a_pull_is_accepted_and_told_with_its_card() -> None:
    bench, probe = started()
    bench.press(1)

    (receipt,) = probe.receipts()
    assert (receipt.status, receipt.card, receipt.state) == ("accepted", "bracket-0001", "requested")


def test_a_redelivery_gets_the_same_word_and_applies_nothing() -> None:
    bench, probe = started()
    for attempt in (1, 2, 3):
        bench.send("assembly", payload(1, attempt=attempt, age_ms=attempt * 100))
        bench.writer.turn()

    first, second, third = probe.receipts()
    assert first == second == third
    assert states(bench) == ["requested", "full", "full", "full"]


def test_the_same_twice_in_one_batch_is_taken_once() -> None:
    bench, probe = started()
    for _ in range(3):
        bench.send("assembly", payload(1))
    bench.writer.turn()

    assert words(probe) == [(1, "accepted", None)] * 3
    assert states(bench).count("requested") == 1


@pytest.mark.parametrize(
    "other",
    [
        payload(1, body={"loop": "bracket", "slot": 2}),
        payload(1, id="0198f2c4-7c1e-7abc-8def-0123456789ab"),
        payload(2, id="00000000-0000-0000-0000-000000000001"),
    ],
    ids=["other body", "other id", "same id under another number"],
)
def test_a_key_or_id_with_other_content_is_set_aside_refused_and_never_applied(other: bytes) -> None:
    bench, probe = started()
    bench.press(1)
    bench.send("assembly", other)
    bench.writer.turn()

    assert words(probe)[1][1:] == ("refused", "conflict")
    with bench.store.view() as view:
        assert [message.reason for _, message in view.set_aside()] == ["conflict"]
    assert states(bench).count("requested") == 1


def test_a_signal_saved_into_a_new_epoch_is_taken_once() -> None:
    bench, probe = started()
    bench.press(1)
    bench.send("assembly", payload(1, epoch=OTHER_EPOCH))
    bench.writer.turn()

    assert words(probe) == [(1, "accepted", None)] * 2
    assert states(bench).count("requested") == 1


def test_a_stranger_is_refused() -> None:
    bench, probe = started()
    bench.press(1, station="stranger")

    assert words(probe) == [(1, "refused", "unknown_station")]


def test_a_retained_signal_is_set_aside() -> None:
    bench, _ = started()
    bench.broker.retained[TOPICS.up("assembly", Up.SIGNAL)] = payload(1)
    bench.link.drop()
    bench.connect()

    assert states(bench) == ["full"] * 4
    with bench.store.view() as view:
        assert [message.reason for _, message in view.set_aside()] == ["retained"]


@pytest.mark.parametrize(("bad", "fault"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_rubbish_is_counted_and_the_next_signal_goes_through(bad: bytes, fault: type[ProtocolError]) -> None:
    bench, probe = started()
    bench.send("assembly", bad)
    bench.writer.turn()
    bench.press(1)

    with bench.store.view() as view:
        assert view.counts()["set_aside"] == {fault.reason: 1}
    assert words(probe)[-1] == (1, "accepted", None)


def test_a_fault_in_one_rule_sets_its_signal_aside_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(floor: object, body: object, occasion: object) -> None:
        raise ZeroDivisionError

    bench, probe = started()
    with monkeypatch.context() as patched:
        patched.setitem(usecases.USE_CASES, Pull, faulty)  # type: ignore[misc]  # a rule with a bug
        bench.send("assembly", payload(1))
        bench.send("paint", payload(1, "help", {}, id="00000000-0000-0000-0000-0000000000ff"))
        bench.writer.turn()

    assert sorted(status for _, status, _ in words(probe)) == ["accepted", "refused"]
    assert states(bench) == ["full"] * 4


def test_every_refusal_is_an_event_with_its_reason() -> None:
    bench, _ = started()
    bench.press(1, "advance", "paint")

    with bench.store.view() as view:
        (event,) = [r.event for r in view.events(EventFilter()) if r.event.kind == "signal_refused"]
        assert getattr(event, "reason", None) == "over_production"
        assert view.counts()["refused"] == {"over_production": 1}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 25))
def test_any_interleaving_of_lost_doubled_and_late_deliveries_applies_each_signal_once(
    seed: int, count: int
) -> None:
    chance = random.Random(seed)
    bench, probe = started()
    kinds = [("assembly", "pull", {"loop": "bracket"}), ("paint", "advance", {"loop": "bracket"}),
             ("paint", "pull", {"loop": "casting"}), ("assembly", "fail", {"loop": "bracket"})]  # fmt: skip
    pending = {}
    for seq in range(1, count + 1):
        station, kind, body = chance.choice(kinds)
        pending[station, seq] = payload(seq, kind, body)
    while pending:
        for station, seq in chance.sample(sorted(pending), min(len(pending), 4)):
            if chance.random() < 0.7:  # the others are lost on the way
                bench.send(station, pending[station, seq])
        bench.writer.turn()
        if chance.random() < 0.6:  # the receipts so far arrive
            settled = {receipt.seq for receipt in probe.receipts()}
            pending = {key: signal for key, signal in pending.items() if key[1] not in settled}

    with bench.store.view() as view:
        assert list(rebuilt_faults(view)) == []
        assert all(sheet.is_even for sheet in balance(view.floor()))
        moves = [r for r in view.events(EventFilter(limit=1000)) if r.event.kind == "card_moved"]
        pulls = [r.occasion.signal for r in moves if getattr(r.event, "move", None) == "pull"]
        assert len(pulls) == len(set(pulls))
    by_seq: dict[tuple[int, str | None], object] = {}
    for receipt in probe.receipts():
        assert by_seq.setdefault((receipt.seq, receipt.card), receipt) == receipt
