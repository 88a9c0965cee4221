"""What every implementation of `Store` promises."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kanban_hub.domain import pulling, undoing
from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.calendar import Break, Calendar, ClosedDay, Shift, Weekday
from kanban_hub.domain.card import Card, LastMove
from kanban_hub.domain.displayline import DisplayLine, Says
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.events import CallEscalated, CallRaised, CardMoved, Event, Occasion, SignalRefused
from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.lamps import Lamps, Pattern, Stack
from kanban_hub.domain.line import Line
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.outcome import Verdict
from kanban_hub.domain.plant import Plant, Station
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.domain.records.size import LoopSet
from kanban_hub.domain.stock import rate
from kanban_hub.errors import NotLoadedError
from kanban_hub.loading import load_plant
from kanban_hub.photo import Photo
from kanban_hub.plantchange import PlantChange, PlantWay
from kanban_hub.plantdiff import Became, RowChange, SettingChange
from kanban_hub.ports import EventFilter, Key, SetAside, Store, SupplierLink, TakenSignal, WantedLamps, Work
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from tests.hub.bench import BRACKET, PLANT, STATIONS

EPOCH = "9f2c61d0a7b34e55"
MINUTE_MS = 60_000
FULL = DisplayLine(1, "Bracket", Says.ALL_FULL)
QUIET = Lamps({1: Pattern.OFF}, Stack(Pattern.OFF, Pattern.OFF, Pattern.ON), (FULL,), "pl")


def taken(seq: int, received_ms: int = 0, **rest: str) -> TakenSignal:
    rest = {"verdict": "accepted", "id": f"id-{seq}"} | rest
    return TakenSignal(key=("assembly", EPOCH, seq), digest=bytes(16), received_ms=received_ms, **rest)


def aside(seq: int | None = None, reason: str = "not_json", payload: bytes = b"{") -> SetAside:
    key: Key | None = ("assembly", EPOCH, seq) if seq is not None else None
    return SetAside("a/topic", reason, "why", payload, 5, "assembly", key)


def moved(card: str, move: Move, before: State, after: State) -> CardMoved:
    return CardMoved("bracket", card, move, before, after)


def at(ms: int, signal: str | None = None, station: str = "assembly") -> Occasion:
    return Occasion(Moment(ms, ms + 1, "8f64b87a", ms, "sync"), station, signal, "pull")


def write(store: Store, change: Callable[[Work], None]) -> None:
    with store.transaction() as work:
        change(work)


def test_a_new_store_has_an_epoch_and_no_plant(store: Store) -> None:
    with store.view() as view:
        assert len(view.epoch()) == 16
        assert view.plant() is None
        assert (view.latest_event_number(), view.latest_ms()) == (0, 0)
        with pytest.raises(NotLoadedError):
            view.floor()


def test_the_newest_event_of_a_card_is_found_by_its_whole_number(store: Store) -> None:
    pulled = moved("bracket-0001", Move.PULL, State.FULL, State.REQUESTED)
    seen = moved("bracket-0001", Move.ACCEPT, State.REQUESTED, State.ACCEPTED)
    other = moved("bracket-00010", Move.PULL, State.FULL, State.REQUESTED)
    write(store, lambda work: work.append([(pulled, at(1)), (seen, at(2)), (other, at(3))]))
    with store.view() as view:
        latest = view.latest_event_of("bracket-0001")
        assert latest is not None
        assert (latest.number, latest.event, latest.occasion) == (2, seen, at(2))
        assert view.latest_event_of("bracket-000") is None


def test_two_stores_have_two_epochs(store: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = DatabaseStore(url_of(tmp_path / "other"))
    with store.view() as view, other.view() as other_view:
        assert view.epoch() != other_view.epoch()
    other.close()


def test_what_a_transaction_writes_is_there_after_it(store: Store) -> None:
    write(store, lambda work: work.save_plant(PLANT))
    with store.view() as view:
        plant = view.plant()
    assert plant is not None
    assert vars(plant) == vars(PLANT)


def test_the_tables_of_a_plant_and_the_settings_of_a_station_come_back_equal(store: Store) -> None:
    night = Shift(
        "night", "Night", (Weekday.MON, Weekday.SUN), time(22), time(6), (Break(time(1, 45), time(2)),)
    )
    calendar = Calendar("Europe/Berlin", (night,), (ClosedDay(date(2026, 12, 25), "Christmas"),))
    paint = Station(
        "paint", "Paint shop", (1.5, 2.0), shifts=("night",), takt_s=60, stop_after_fails=3, stop_within_s=900
    )
    tree = (EscalationRule(1, 60, 120, ("team-lead",), (CallKind.QUALITY,)), EscalationRule(2, 300, 900))
    lines = (Line("one", "Line 1", ("paint", "assembly")), Line("two", "Line 2", ("assembly",)))
    reasons = (PlantReason("scratch", "Scratched", ReasonKind.DEFECT),)
    stations = (paint, *STATIONS)
    floor_map = FloorMap(0.1, "0" * 32, (-5.0, 2.5), (120.0, 60.0))
    plant = Plant(
        "plant",
        stations,
        calendar=calendar,
        escalation=tree,
        lines=lines,
        reasons=reasons,
        floor_map=floor_map,
    )
    write(store, lambda work: work.save_plant(plant))
    with store.view() as view:
        found = view.plant()
    assert found is not None
    assert vars(found) == vars(plant)


def test_the_newest_changes_of_the_plant_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("kanban_hub.store.plantchanges", "tests.fakes.store"):
        monkeypatch.setattr(f"{module}.PLANT_CHANGES_MOST", 3)
    row = RowChange("loops", "bracket", Became.CHANGED, (SettingChange("cards", 4, 5),))
    changes = [PlantChange(n, n * 10, PlantWay.PAGE, "admin", f"site = '{n}'", (row,)) for n in range(1, 6)]
    for change in changes:
        with store.transaction() as work:
            work.keep_plant_change(change)
    with store.view() as view:
        assert view.plant_changes(10) == [changes[4], changes[3], changes[2]]
        assert view.plant_changes(1, before=5) == [changes[3]]
        assert (view.plant_change(4), view.plant_change(1)) == (changes[3], None)


def test_an_exception_leaves_nothing_of_the_transaction(store: Store) -> None:
    load_plant(store, PLANT)
    with store.view() as view:
        before = (view.revision(), view.plant_revision(), view.events(EventFilter()), view.floor().cards)

    def change(work: Work) -> None:
        work.save_plant(PLANT)
        work.append([(LoopSet("bracket", 5), at(1))])
        work.save([Card("bracket-0001", "bracket", State.REQUESTED, 1)], [])
        work.save_lamps([WantedLamps("assembly", 1, 2, QUIET)])
        work.take([taken(1, verdict="refused", reason="malformed")])
        work.put_aside([aside(2)])
        work.save_contiguous({("assembly", EPOCH): 2})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(store, change)
    with store.view() as view:
        after = (view.revision(), view.plant_revision(), view.events(EventFilter()), view.floor().cards)
        assert after == before
        assert (view.lamps(), view.contiguous(), view.beyond(), view.set_aside()) == ({}, {}, [], [])
        assert view.signals_by_id(["id-1"]) == {}
        assert view.counts() == {"refused": {}, "set_aside": {}}


def test_each_transaction_counts_one_revision(store: Store) -> None:
    with store.view() as view:
        first = view.revision()
    write(store, lambda work: work.append([]))
    write(store, lambda work: work.save_lamps([]))
    with store.view() as view:
        assert view.revision() == first + 2


def test_a_probe_and_pruning_change_no_revision(store: Store) -> None:
    with store.view() as view:
        first = view.revision()
    store.probe()
    store.prune(1, 1)
    with store.view() as view:
        assert view.revision() == first


def test_only_a_new_plant_counts_the_plant_s_revision(store: Store) -> None:
    write(store, lambda work: work.save_plant(PLANT))
    with store.view() as view:
        first = view.plant_revision()
    write(store, lambda work: work.save_lamps([]))
    with store.view() as view:
        assert view.plant_revision() == first
    write(store, lambda work: work.save_plant(PLANT))
    with store.view() as view:
        assert view.plant_revision() == first + 1


def test_a_view_inside_a_transaction_sees_what_was_written(store: Store) -> None:
    with store.transaction() as work:
        work.save_plant(PLANT)
        assert work.plant() is not None
        work.take([taken(1)])
        assert work.signals_by_id(["id-1"])["id-1"] == taken(1)


def test_events_are_numbered_in_their_order_and_come_back_equal(store: Store) -> None:
    events: list[tuple[Event, Occasion]] = [
        (LoopSet("bracket", 4), Occasion(Moment.at(1))),
        (moved("bracket-0001", Move.PULL, State.FULL, State.REQUESTED), at(2, "id-1")),
        (
            CallRaised("bracket", "call-1", "quality", "paint", "bracket-0001", None, "assembly"),
            at(3, "id-2"),
        ),
    ]
    write(store, lambda work: work.append(events[:1]))
    write(store, lambda work: work.append(events[1:]))
    with store.view() as view:
        found = view.events(EventFilter())
        assert [recorded.number for recorded in found] == [1, 2, 3]
        assert [(recorded.event, recorded.occasion) for recorded in found] == events
        assert view.latest_event_number() == 3
        assert view.latest_ms() == 4


def test_events_are_paged_and_filtered(store: Store) -> None:
    def change(work: Work) -> None:
        for number in range(1, 7):
            card = f"bracket-000{number % 2}"
            station = "paint" if number > 4 else "assembly"
            event = moved(card, Move.PULL, State.FULL, State.REQUESTED)
            work.append([(event, at(number, station=station))])
        work.append([(LoopSet("casting", 6), Occasion(Moment.at(9)))])
        work.append([(CallEscalated("casting", "call-1", 1), Occasion(Moment.at(11)))])

    write(store, change)

    def numbers(**which: object) -> list[int]:
        with store.view() as view:
            return [recorded.number for recorded in view.events(EventFilter(**which))]  # type: ignore[arg-type]

    assert numbers(limit=2) == [1, 2]
    assert numbers(after=2, limit=2) == [3, 4]
    assert numbers(after=8) == []
    assert numbers(loop="casting") == [7, 8]
    assert numbers(card="bracket-0001") == [1, 3, 5]
    assert numbers(station="paint", card="bracket-0000") == [6]
    assert numbers(since_ms=6) == [5, 6, 7, 8]  # at 5, and received at 6
    assert numbers(since_ms=7, loop="bracket", limit=5) == [6]
    assert numbers(since_ms=6, until_ms=9) == [5, 6]
    assert numbers(kind="loop_set") == [7]
    assert numbers(call="call-1") == [8]
    assert numbers(before=6, limit=3) == [5, 4, 3]
    assert numbers(numbers=(7, 2, 99)) == [2, 7]
    assert numbers(numbers=()) == []
    assert numbers(before=6, after=4) == [5]


def test_a_card_and_a_call_saved_again_are_changed(store: Store) -> None:
    card = Card("bracket-0001", "bracket", State.FULL, 1)
    last = LastMove(Move.PULL, State.FULL, Moment(2, 3, "8f64b87a", 4, "sync"), "assembly", "id-1", "pull")
    pulled = card.moved(State.REQUESTED, last)
    call = AndonCall("call-1", CallKind.HELP, "assembly", 5)
    solved = call.moved(CallState.TAKEN, 6).moved(CallState.SOLVED, 7, "belt")
    write(store, lambda work: work.save_plant(PLANT))
    write(store, lambda work: work.save([card], [call]))
    with store.view() as view:
        assert view.calls(only_open=True) == [call]
    write(store, lambda work: work.save([pulled], [solved]))
    with store.view() as view:
        assert view.floor().cards == {"bracket-0001": pulled}
        assert view.floor().cards["bracket-0001"].last == pulled.last
        assert (view.calls(), view.calls(only_open=True)) == ([solved], [])


def test_every_field_of_a_call_comes_back_equal(store: Store) -> None:
    call = AndonCall(
        "call-1", CallKind.MACHINE, "paint", 1, CallState.CLOSED, "bracket", "bracket-0001", "machine",
        "assembly", "id-1", 2, 3, 4, 5, "nozzle", 2, 6,
    )  # fmt: skip
    assert None not in (getattr(call, name) for name in AndonCall.__dataclass_fields__)
    write(store, lambda work: work.save([], [call]))
    with store.view() as view:
        assert view.calls() == [call]


def test_the_floor_has_every_call_that_may_still_move_and_those_of_the_last_day(store: Store) -> None:
    day_ms = 86_400_000
    states = {
        state: [
            AndonCall(f"{state}-{at_ms}", CallKind.HELP, "paint", at_ms, state) for at_ms in (1, day_ms + 1)
        ]
        for state in CallState
    }
    write(store, lambda work: work.save_plant(PLANT))
    write(store, lambda work: work.save([], [call for calls in states.values() for call in calls]))
    write(store, lambda work: work.append([(LoopSet("bracket", 4), Occasion(Moment.at(2 * day_ms)))]))
    with store.view() as view:
        found = set(view.floor().calls)
    unfinished = {"raised-1", "taken-1", "arrived-1", "solved-1"}
    assert found == unfinished | {f"{state}-{day_ms + 1}" for state in CallState}
    with store.view() as view:
        assert {c.state for c in view.calls(only_open=True)} == {"raised", "taken", "arrived"}


def test_calls_of_one_time_come_by_code_point_whatever_the_language(store: Store) -> None:
    ids = ["call-B", "call-Z-1", "call-a", "call-a-b", "call-aa", "call-ä"]
    calls = [AndonCall(name, CallKind.HELP, "assembly", 5) for name in reversed(ids)]
    write(store, lambda work: work.save([], calls))
    with store.view() as view:
        assert [call.id for call in view.calls()] == ids


def test_whatever_the_door_lets_in_is_kept_in_full(store: Store) -> None:
    loop, name, label = "l" * 32, "é" * 80, "C" * 128
    call = AndonCall(
        f"call-{'0' * 64}", CallKind.HELP, "s" * 32, 5, loop=loop, card=f"{loop}-123456789", topic=name
    )
    event = SignalRefused(loop, label, "duplicate_of_something_else", name * 4)
    far = 2**53 - 1
    occasion = Occasion(
        Moment(far, far, "8f64b87a", far, "sync"), "s" * 32, "i" * 36, "a_long_kind_of_signal"
    )
    write(store, lambda work: work.append([(event, occasion)]))
    write(store, lambda work: work.save([], [call]))
    with store.view() as view:
        assert view.calls() == [call]
        (recorded,) = view.events(EventFilter())
        assert (recorded.event, recorded.occasion) == (event, occasion)


def test_a_view_sees_one_moment(store: Store) -> None:
    with store.view() as view:
        before = view.revision(), view.latest_event_number()
        write(store, lambda work: work.append([(LoopSet("bracket", 4), Occasion(Moment.at(1)))]))
        assert (view.revision(), view.latest_event_number()) == before


def test_lamps_saved_again_are_changed(store: Store) -> None:
    first, second = WantedLamps("assembly", 1, 5, QUIET), WantedLamps("assembly", 2, 6, QUIET, ("id-1",))
    other = WantedLamps("paint", 1, 5, QUIET)
    write(store, lambda work: work.save_lamps([first, other]))
    write(store, lambda work: work.save_lamps([second]))
    with store.view() as view:
        assert view.lamps() == {"assembly": second, "paint": other}


def test_signals_are_found_by_key_and_by_id(store: Store) -> None:
    refused = taken(2, verdict="refused", reason="unknown_card", text="Card not known here")
    write(store, lambda work: work.take([taken(1, card="bracket-0001", state="requested"), refused]))
    with store.view() as view:
        keys: list[Key] = [("assembly", EPOCH, 2), ("paint", EPOCH, 1), ("assembly", EPOCH, 3)]
        assert view.signals_by_key(keys) == {refused.key: refused}
        assert view.signals_by_id(["id-2", "id-9"]) == {"id-2": refused}
        assert (view.signals_by_key([]), view.signals_by_id([])) == ({}, {})
        assert view.pruned([]) == set()


def test_numbers_above_the_contiguous_one_are_beyond(store: Store) -> None:
    def change(work: Work) -> None:
        work.take([taken(1), taken(3)])
        work.put_aside([aside(5), aside(None)])
        work.save_contiguous({("assembly", EPOCH): 1})

    write(store, change)
    with store.view() as view:
        assert view.contiguous() == {("assembly", EPOCH): 1}
        assert sorted(view.beyond()) == [("assembly", EPOCH, 3), ("assembly", EPOCH, 5)]
    write(store, lambda work: work.save_contiguous({("assembly", EPOCH): 5}))
    with store.view() as view:
        assert view.beyond() == []


def test_what_is_set_aside_is_kept_as_it_came_and_paged(store: Store) -> None:
    write(store, lambda work: work.put_aside([aside(7), aside(payload=b"\x00\xff"), aside()]))
    with store.view() as view:
        (first, kept), (second, raw) = view.set_aside(limit=2)
        assert (first, kept) == (1, aside(7))
        assert (second, raw.payload, raw.key) == (2, b"\x00\xff", None)
        assert [number for number, _ in view.set_aside(after=2)] == [3]


def test_a_huge_message_is_set_aside_by_its_beginning(store: Store) -> None:
    write(store, lambda work: work.put_aside([aside(payload=b"x" * 16_384)]))
    with store.view() as view:
        assert len(view.set_aside()[0][1].payload) == 4_096


def test_refusals_and_messages_set_aside_are_counted_by_reason(store: Store) -> None:
    def change(work: Work) -> None:
        work.take([taken(1), taken(2, verdict="refused", reason="unknown_card")])
        work.put_aside([aside(), aside(reason="conflict"), aside()])

    write(store, change)
    write(store, lambda work: work.take([taken(3, verdict="refused", reason="unknown_card")]))
    with store.view() as view:
        counts = {"refused": {"unknown_card": 2}, "set_aside": {"not_json": 2, "conflict": 1}}
        assert view.counts() == counts


def test_old_contiguous_signals_are_pruned_and_known_to_be(store: Store) -> None:
    def change(work: Work) -> None:
        work.take([taken(1, 10), taken(2, 20), taken(3, 30), taken(5, 10)])
        work.save_contiguous({("assembly", EPOCH): 3})

    write(store, change)
    store.prune(before_ms=30, most_aside=10)
    keys: list[Key] = [("assembly", EPOCH, seq) for seq in range(1, 6)]
    with store.view() as view:
        assert sorted(key[2] for key in view.signals_by_key(keys)) == [3, 5]
        assert sorted(key[2] for key in view.pruned(keys)) == [1, 2]
    write(store, lambda work: work.save_contiguous({("assembly", EPOCH): 5}))
    with store.view() as view:
        assert sorted(key[2] for key in view.pruned(keys)) == [1, 2]


def test_only_the_newest_messages_set_aside_are_kept_and_all_are_counted(store: Store) -> None:
    write(store, lambda work: work.put_aside([aside(seq) for seq in range(1, 8)]))
    store.prune(before_ms=0, most_aside=3)
    with store.view() as view:
        assert [number for number, _ in view.set_aside()] == [5, 6, 7]
        assert view.counts()["set_aside"] == {"not_json": 7}
    write(store, lambda work: work.put_aside([aside(8)]))
    with store.view() as view:
        assert [number for number, _ in view.set_aside()][-1] == 8


def pull(store: Store, card: int, at_ms: int, signal: str) -> None:
    """Card `card` is pulled, and is full again at once."""

    def change(work: Work) -> None:
        occasion, name = at(at_ms, signal), f"bracket-{card:04d}"
        out = moved(name, Move.PULL, State.FULL, State.REQUESTED)
        last = LastMove(Move.PULL, State.FULL, occasion.moment, "assembly", signal, "pull")
        work.append([(out, occasion)])
        work.save([Card(name, "bracket", State.REQUESTED, at_ms, asked_ms=at_ms, last=last)], [])

    write(store, change)


def test_the_measured_rate_survives_a_restart(store: Store) -> None:
    load_plant(store, PLANT)
    for number in range(1, 6):
        pull(store, 1, number * 10 * MINUTE_MS, f"id-{number}")
    with store.view() as view:
        measured = rate(view.floor(), BRACKET)
    assert (measured.source, measured.per_hour) == ("measured", 6 * BRACKET.container_quantity)


def test_the_duplicate_window_survives_a_restart(store: Store) -> None:
    load_plant(store, PLANT)
    pull(store, 1, 1_000, "id-1")
    with store.view() as view:
        floor = view.floor()
    assert pulling.pull(floor, "bracket", at(3_000, "id-2")).verdict is Verdict.ALREADY
    assert pulling.pull(floor, "bracket", at(9_000, "id-2")).verdict is Verdict.ACCEPTED


def test_an_undo_survives_a_restart(store: Store) -> None:
    load_plant(store, PLANT)
    pull(store, 1, 1_000, "id-1")
    with store.view() as view:
        outcome = undoing.undo(view.floor(), "id-1", at(5_000, "id-2"))
    assert (outcome.verdict, outcome.state) == (Verdict.ACCEPTED, State.FULL)


def test_a_call_without_a_card_can_be_taken_back_after_a_restart(store: Store) -> None:
    load_plant(store, PLANT)
    raised = CallRaised(None, "call-id-1", "help", "assembly", None, None, "assembly")
    call = AndonCall("call-id-1", CallKind.HELP, "assembly", 1_000, signal="id-1")
    write(store, lambda work: work.append([(raised, at(1_000, "id-1"))]))
    write(store, lambda work: work.save([], [call]))
    with store.view() as view:
        outcome = undoing.undo(view.floor(), "id-1", at(5_000, "id-2"))
    assert outcome.verdict is Verdict.ACCEPTED


def test_links_are_kept_oldest_first_and_changed_by_their_id(store: Store) -> None:
    later, first = SupplierLink("b", 20, 30, "castings-inc"), SupplierLink("a", 10, 30, "castings-inc")
    write(store, lambda work: work.save_link(later))
    write(store, lambda work: work.save_link(first))
    write(store, lambda work: work.save_link(later.revoked(25)))

    with store.view() as view:
        known = view.links()

    assert known == [first, later.revoked(25)]
    assert [link.is_good(29) for link in known] == [True, False]
    assert not first.is_good(30)
    assert known[1].revoked(99) == known[1]


def test_a_photo_is_kept_once_and_changes_no_revision(store: Store) -> None:
    with store.view() as view:
        before = view.revision()
    for _ in range(2):
        store.keep_photo(Photo("a" * 32, b"jpeg"), 5)
    with store.view() as view:
        assert view.photo("a" * 32) == Photo("a" * 32, b"jpeg")
        assert view.photo("b" * 32) is None
        assert view.revision() == before


def test_what_is_set_aside_of_one_station_comes_the_newest_first(store: Store) -> None:
    of_nobody = replace(aside(), station=None, key=None)
    of_another = replace(aside(), station="paint", key=None)
    write(store, lambda work: work.put_aside([aside(1), of_another, of_nobody, aside(2), aside(3)]))
    with store.view() as view:
        assert [number for number, _ in view.set_aside_of("assembly", 2)] == [5, 4]
        assert [number for number, _ in view.set_aside_of("paint")] == [2]
        assert view.set_aside_of("nowhere") == []
