import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from kanban_hub.clock import SteadyClock
from kanban_hub.displaytext import texts
from kanban_hub.domain.errors import PlantChangeError, PlantMovedError
from kanban_hub.domain.escalation import TAKE_WITHIN_S
from kanban_hub.domain.events import CallEscalated, CardIssued, Occasion
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import NotLoadedError, StoreError
from kanban_hub.inbox import Delivery
from kanban_hub.ledger import KEEP_SIGNALS_MS, Ledger
from kanban_hub.loading import load_plant
from kanban_hub.orders import ChangePlant, KeepTrial, MoveCall, MoveCard, StartTrial
from kanban_hub.ports import EventFilter
from kanban_hub.proof import rebuilt_faults
from tests.fakes.store import InMemoryStore, InMemoryWork
from tests.hub.bench import BRACKET, CASTING, ITEMS, STATIONS, HubBench, started
from tests.hub.signals import EPOCH, payload, signal


class FailingStore(InMemoryStore):
    """Refuses the commit, after all was written, while `is_broken`."""

    is_broken = False

    @contextmanager
    def transaction(self) -> Iterator[InMemoryWork]:
        with super().transaction() as work:
            yield work
            if self.is_broken:
                raise StoreError("disk full")


@pytest.fixture
def bench() -> HubBench:
    return started(FailingStore())[0]


def pulls(bench: HubBench, *seqs: int) -> list[Delivery]:
    return [Delivery("assembly", "t", payload(seq), bench.clock.now_ms()) for seq in seqs]


def content(bench: HubBench) -> tuple[object, ...]:
    with bench.store.view() as view:
        events = view.events(EventFilter(limit=1_000))
        return (view.revision(), events, view.floor().cards, view.lamps(), view.contiguous())


def test_a_failed_commit_leaves_nothing_half_applied(bench: HubBench) -> None:
    store = bench.store
    assert isinstance(store, FailingStore)
    before, lamps = content(bench), dict(bench.ledger.lamps)
    store.is_broken = True
    with pytest.raises(StoreError):
        bench.ledger.take(pulls(bench, 1, 2))
    assert content(bench) == before
    assert bench.ledger.lamps == lamps
    store.is_broken = False
    done = bench.ledger.take(pulls(bench, 1))
    assert [word.receipt.card for word in done.receipts] == ["bracket-0001"]
    assert bench.ledger.progress.of_station("assembly") == {EPOCH: 1}
    with bench.store.view() as view:
        assert list(rebuilt_faults(view)) == []


def test_a_batch_is_one_commit(bench: HubBench) -> None:
    with bench.store.view() as view:
        before = view.revision()
    bench.ledger.take(pulls(bench, 1, 2, 3))
    with bench.store.view() as view:
        assert view.revision() == before + 1


def test_nothing_is_done_before_a_plant_is_loaded() -> None:
    ledger = Ledger(InMemoryStore(), SteadyClock())
    with pytest.raises(NotLoadedError):
        ledger.tick()


def test_a_plant_loaded_by_another_program_is_seen_at_the_next_tick(bench: HubBench) -> None:
    ended = Plant("plant", STATIONS, ITEMS, (BRACKET,))
    load_plant(bench.store, ended)
    done = bench.ledger.tick()
    assert bench.ledger.floor is not None
    assert list(bench.ledger.floor.plant.loops) == ["bracket"]
    assert {wanted.station for wanted in done.lamps} == {"paint", "castings-inc"}


def test_a_plant_loaded_by_another_program_is_seen_by_the_next_signal(bench: HubBench) -> None:
    load_plant(bench.store, Plant("plant", STATIONS, ITEMS, (CASTING,)))
    (word,) = bench.ledger.take(pulls(bench, 1)).receipts
    assert word.receipt.reason == "unknown_loop"


def test_a_plant_ordered_by_a_page_is_one_commit_with_its_cards_and_its_difference(bench: HubBench) -> None:
    bench.ledger.tick()
    with bench.store.view() as view:
        before, seen = view.revision(), view.plant_revision()
    more = Plant("plant", STATIONS, ITEMS, (replace(BRACKET, cards=5), CASTING))
    done = bench.ledger.carry_out(ChangePlant(more, seen))
    assert done.loops == {"bracket"}
    with bench.store.view() as view:
        assert (view.revision(), view.plant_revision()) == (before + 1, seen + 1)
        assert len(view.floor().cards_of("bracket")) == 5
        assert view.plant_changes(1)[0].role == "admin"
        assert list(rebuilt_faults(view)) == []
    assert bench.ledger.plant_revision == seen + 1
    with pytest.raises(PlantMovedError):
        bench.ledger.carry_out(ChangePlant(more, seen))


def test_a_plant_that_cannot_be_leaves_all_as_it_was(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    with pytest.raises(PlantChangeError):
        bench.ledger.carry_out(ChangePlant(Plant("plant", STATIONS, ITEMS, (CASTING,))))
    (word,) = bench.ledger.take(pulls(bench, 2)).receipts
    assert word.receipt.card == "bracket-0002"


def test_a_station_that_left_the_plant_is_told_that_nothing_is_wanted(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    load_plant(bench.store, Plant("plant", STATIONS[:2], ITEMS, (BRACKET,)))
    (gone,) = (wanted for wanted in bench.ledger.tick().lamps if wanted.station == "castings-inc")
    assert gone.lamps.slots == {}
    assert gone.lamps.display == ()


def test_a_batch_that_waited_long_enough_is_released_by_the_tick(bench: HubBench) -> None:
    casting = payload(1, body={"loop": "casting"})
    bench.ledger.take([Delivery("paint", "t", casting, bench.clock.now_ms())])
    bench.hand.seconds += CASTING.batch_max_wait_s - 1
    bench.ledger.tick()
    assert bench.ledger.floor is not None
    assert bench.ledger.floor.card("casting-0001").state.value == "collecting"
    bench.hand.seconds += 1
    done = bench.ledger.tick()
    assert bench.ledger.floor.card("casting-0001").state.value == "requested"
    assert done.loops == {"casting"}
    assert {wanted.station for wanted in done.lamps} == {"paint", "castings-inc"}


def test_a_hub_that_ends_between_call_and_due_time_forgets_no_escalation(bench: HubBench) -> None:
    bench.ledger.take([Delivery("assembly", "t", payload(1, "help", body={}), bench.clock.now_ms())])
    bench.hand.seconds += TAKE_WITHIN_S - 1
    bench.ledger.tick()
    again = Ledger(bench.store, bench.clock)  # the first is gone
    again.tick()
    assert again.lamps["assembly"].lamps.stack.red == "slow"
    bench.hand.seconds += 1
    again.tick()
    assert again.lamps["assembly"].lamps.stack.red == "fast"
    once_more = Ledger(bench.store, bench.clock)
    once_more.tick()
    bench.hand.seconds += 10
    once_more.tick()
    with bench.store.view() as view:
        (call,) = view.calls()
        risen = [r.event for r in view.events(EventFilter()) if isinstance(r.event, CallEscalated)]
        assert list(rebuilt_faults(view)) == []
    assert call.level == 1
    assert risen == [CallEscalated(None, call.id, 1)], "it is told once"


def test_a_level_that_came_due_while_the_hub_was_down_is_told_when_it_is_back(bench: HubBench) -> None:
    bench.ledger.take([Delivery("assembly", "t", payload(1, "help", body={}), bench.clock.now_ms())])
    bench.hand.seconds += 100_000
    again = Ledger(bench.store, bench.clock)
    again.tick()
    again.tick()
    assert again.lamps["assembly"].lamps.stack.red == "fast"


def test_what_is_done_with_a_call_is_on_the_lamp_in_the_same_commit(bench: HubBench) -> None:
    bench.ledger.take([Delivery("assembly", "t", payload(1, "help", body={}), bench.clock.now_ms())])
    with bench.store.view() as view:
        (call,) = view.calls()
    done = bench.ledger.carry_out(MoveCall(call.id, "arrive"))
    assert [(wanted.station, wanted.lamps.stack.red.value) for wanted in done.lamps] == [("assembly", "on")]


def test_a_tick_in_which_nothing_happened_commits_nothing(bench: HubBench) -> None:
    before = content(bench)
    bench.hand.seconds += 1
    assert bench.ledger.tick().lamps == []
    assert content(bench) == before


def test_an_age_on_the_display_is_a_new_revision(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    before = bench.ledger.lamps["paint"].revision
    bench.hand.seconds += 59
    assert bench.ledger.tick().lamps == []
    bench.hand.seconds += 1
    assert {wanted.station for wanted in bench.ledger.tick().lamps} == {"assembly", "paint"}
    assert bench.ledger.lamps["paint"].revision == before + 1
    assert texts(bench.ledger.lamps["paint"].lamps)[1] == "Bracket, left: 1 asked, oldest 1 min"


def test_a_revision_rises_only_when_the_lamps_look_different(bench: HubBench) -> None:
    first = bench.ledger.take(pulls(bench, 1))
    assert {wanted.station: wanted.revision for wanted in first.lamps} == {"assembly": 2, "paint": 2}
    for seq in (2, 3, 4):
        bench.ledger.take(pulls(bench, seq))
    before = bench.ledger.lamps["assembly"].revision
    already = bench.ledger.take(pulls(bench, 5))
    assert already.lamps == []
    assert bench.ledger.lamps["assembly"].revision == before


def test_revisions_go_on_after_a_restart(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    again = Ledger(bench.store, bench.clock)
    assert again.tick().lamps == []
    assert again.lamps == bench.ledger.lamps
    assert again.epoch == bench.ledger.epoch
    done = again.take(pulls(bench, 2))
    assert {wanted.revision for wanted in done.lamps} == {3}


def test_the_lamps_name_the_signals_behind_them_newest_first(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    bench.hand.seconds += 1
    done = bench.ledger.take(pulls(bench, 2))
    ids = (signal(2).id, signal(1).id)
    assert {wanted.station: wanted.because for wanted in done.lamps} == {"assembly": ids, "paint": ids}


def test_an_order_is_carried_out_in_one_commit(bench: HubBench) -> None:
    done = bench.ledger.carry_out(MoveCard("bracket-0001", "hold", "bent"))
    assert done.loops == {"bracket"}
    with bench.store.view() as view:
        card = view.floor().card("bracket-0001")
    assert (card.standing.value, card.hold_reason) == ("held", "bent")


def test_a_loop_out_of_balance_is_named_with_its_event(
    bench: HubBench, caplog: pytest.LogCaptureFixture
) -> None:
    with bench.store.transaction() as work:
        floor = work.floor()
        event = CardIssued("bracket", "bracket-0009", floor.cards["bracket-0001"].state)
        floor.apply(event, Occasion(Moment.at(1)))
        work.append([(event, Occasion(Moment.at(1)))])
        work.save([floor.cards["bracket-0009"]], [])
    bench.ledger.take(pulls(bench, 1))
    (record,) = (record for record in caplog.records if record.levelno == logging.CRITICAL)
    assert "loop out of balance" in record.getMessage()
    assert "bracket" in record.getMessage()


def test_signals_are_kept_for_ninety_days(bench: HubBench) -> None:
    bench.ledger.take(pulls(bench, 1))
    bench.hand.seconds += KEEP_SIGNALS_MS / 1000
    bench.ledger.prune()
    with bench.store.view() as view:
        assert signal(1).id in view.signals_by_id([signal(1).id])
    bench.hand.seconds += 1
    bench.ledger.prune()
    with bench.store.view() as view:
        assert view.signals_by_id([signal(1).id]) == {}


def test_a_trial_goes_back_by_the_tick_and_one_that_is_kept_stands_in_the_plant(bench: HubBench) -> None:
    ledger, now_ms = bench.ledger, bench.clock.now_ms()
    ledger.carry_out(StartTrial("bracket", 6, now_ms + 60_000, "starves"))
    bench.hand.seconds += 60
    assert ledger.tick().loops == {"bracket"}
    assert ledger.floor is not None
    assert ledger.floor.sizes["bracket"].cards == 4
    ledger.carry_out(StartTrial("bracket", 5, bench.clock.now_ms() + 60_000, "starves"))
    before = ledger.plant_revision
    ledger.carry_out(KeepTrial("bracket"))
    assert ledger.plant_revision == before + 1
    with bench.store.view() as view:
        plant = view.plant()
        assert plant is not None
        assert plant.loops["bracket"].cards == ledger.floor.plant.loops["bracket"].cards == 5
        assert list(rebuilt_faults(view)) == []


def test_a_hub_that_starts_again_still_ends_the_trial(bench: HubBench) -> None:
    bench.ledger.carry_out(StartTrial("bracket", 6, bench.clock.now_ms() + 60_000, "starves"))
    bench.hand.seconds += 60
    again = Ledger(bench.store, bench.clock)
    again.tick()
    again.tick()
    assert again.floor is not None
    assert again.floor.sizes["bracket"].cards == 4
