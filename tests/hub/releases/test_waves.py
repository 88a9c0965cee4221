from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_hub.releases.rollout import Rollout, RolloutState, Turn, TurnState, turns_of
from kanban_hub.releases.waves import ASK_AGAIN_MS, GRACE_MS, LIMIT_MS, Seen, advance, is_held_up
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep

PROVE_MS = 600_000
OLD = Seen(is_online=True, release=11, outbox=0)
NEW = replace(OLD, release=12)
AWAY = replace(OLD, is_online=False)


def report(step: UpdateStep, fault: UpdateFault | None = None) -> UpdateReport:
    return UpdateReport(release=12, step=step, fault=fault)


FETCHING = replace(OLD, report=report(UpdateStep.FETCHING))
ON_TRIAL = replace(NEW, report=report(UpdateStep.TRIAL))
UNSENT = replace(OLD, report=report(UpdateStep.REFUSED, UpdateFault.UNSENT))
RETURNED = replace(OLD, report=report(UpdateStep.RETURNED, UpdateFault.NOT_WELL))


@dataclass
class Floor:
    """A rollout, and stations that say what the test says."""

    rollout: Rollout
    seen: dict[str, Seen] = field(default_factory=dict)
    now_ms: int = 1_000_000
    asked: list[str] = field(default_factory=list)

    def say(self, station: str, seen: Seen, after_ms: int = 1_000) -> None:
        self.seen[station] = seen
        self.wait(after_ms)

    def wait(self, after_ms: int = 1_000) -> None:
        self.now_ms += after_ms
        step = advance(self.rollout, self.seen, self.now_ms)
        self.rollout = step.rollout
        self.asked += step.asks

    def turn(self, station: str) -> Turn:
        return next(turn for turn in self.rollout.turns if turn.station == station)

    def update(self, station: str) -> None:
        """All goes well at `station`."""
        self.say(station, FETCHING)
        self.say(station, AWAY)
        self.say(station, ON_TRIAL)
        self.say(station, NEW)
        self.wait(PROVE_MS)


Begin = Callable[..., Floor]


def begin(*stations: str, first: int = 1, size: int = 1, force: bool = False) -> Floor:
    rollout = Rollout(1, 12, turns_of(list(stations), first, size), PROVE_MS, force, 0)
    floor = Floor(rollout, dict.fromkeys(stations, OLD))
    floor.wait()
    return floor


def test_one_station_is_asked_then_so_many_at_a_time() -> None:
    waves = [(turn.station, turn.wave) for turn in turns_of(list("abcdef"), 1, 2)]

    assert waves == [("a", 1), ("b", 2), ("c", 2), ("d", 3), ("e", 3), ("f", 4)]


def test_the_next_wave_begins_when_the_one_before_has_been_well_for_a_while() -> None:
    floor = begin("a", "b", "c", size=2)
    assert floor.asked == ["a"]

    floor.say("a", FETCHING)
    floor.say("a", ON_TRIAL)
    assert floor.turn("a").state is TurnState.UNDER_WAY
    floor.say("a", NEW)
    assert floor.turn("a").state is TurnState.PROVING
    floor.wait(PROVE_MS - 1)
    assert floor.asked == ["a"]
    floor.wait(1)
    floor.wait()

    assert floor.asked == ["a", "b", "c"]


def test_a_rollout_ends_when_all_stations_are_through() -> None:
    floor = begin("a", "b")
    floor.update("a")
    floor.wait()
    floor.update("b")

    assert floor.rollout.state is RolloutState.DONE
    assert floor.rollout.ended_ms == floor.now_ms


@pytest.mark.parametrize(
    ("seen", "fault"), [(RETURNED, "not_well"), (UNSENT, "unsent"), (replace(NEW, release=10), None)]
)
def test_the_first_failure_stops_it(seen: Seen, fault: str | None) -> None:
    floor = begin("a", "b")
    floor.say("a", FETCHING)

    floor.say("a", seen)

    is_failed = fault is not None
    assert (floor.rollout.state is RolloutState.STOPPED) == is_failed
    assert floor.turn("a").fault == fault
    floor.wait(LIMIT_MS + PROVE_MS)
    assert floor.asked == ["a"], "nobody is asked after a failure"
    assert floor.rollout.state is RolloutState.STOPPED


def test_a_station_that_goes_back_while_it_is_proving_has_failed() -> None:
    floor = begin("a")
    floor.say("a", NEW)

    floor.say("a", OLD)

    assert floor.turn("a").fault == "not_well"


def test_a_station_has_to_be_well_in_one_piece() -> None:
    floor = begin("a", "b")
    floor.say("a", NEW)
    floor.wait(PROVE_MS - 1)
    floor.say("a", AWAY)
    floor.say("a", NEW, PROVE_MS - 1)
    assert floor.turn("a").state is TurnState.PROVING

    floor.wait(1)

    assert floor.turn("a").state is TurnState.DONE


@pytest.mark.parametrize(
    ("seen", "why"), [(AWAY, "offline"), (replace(OLD, outbox=2), "unsent"), (None, "offline")]
)
def test_a_station_that_is_away_or_keeps_signals_is_waited_for(seen: Seen | None, why: str) -> None:
    floor = Floor(Rollout(1, 12, turns_of(["a"], 1, 1), PROVE_MS, force=False, made_ms=0))
    if seen is not None:
        floor.seen["a"] = seen
    floor.wait(10 * LIMIT_MS)

    assert floor.asked == []
    assert is_held_up(floor.turn("a"), floor.seen.get("a"), floor.rollout) == why
    floor.say("a", OLD)
    assert floor.asked == ["a"]


def test_by_force_a_station_is_asked_though_it_keeps_signals() -> None:
    floor = Floor(Rollout(1, 12, turns_of(["a"], 1, 1), PROVE_MS, force=True, made_ms=0))

    floor.say("a", replace(OLD, outbox=2))

    assert floor.asked == ["a"]


def test_who_does_not_answer_is_asked_again_and_then_given_up() -> None:
    floor = begin("a")
    for _ in range(10):
        floor.wait(ASK_AGAIN_MS)

    assert floor.asked == ["a"] * 5
    assert floor.turn("a").fault == "silent"


def test_who_has_answered_and_never_ends_is_given_up() -> None:
    floor = begin("a")
    floor.say("a", FETCHING)
    floor.wait(LIMIT_MS)
    assert floor.rollout.state is RolloutState.RUNNING

    floor.wait(PROVE_MS)

    assert floor.turn("a").fault == "late"
    assert floor.asked == ["a"]


def test_what_a_station_had_to_say_of_an_earlier_order_is_not_held_against_it() -> None:
    floor = Floor(Rollout(2, 12, turns_of(["a"], 1, 1), PROVE_MS, force=True, made_ms=0), {"a": RETURNED})
    floor.wait()
    floor.wait(GRACE_MS - 1)
    assert floor.rollout.state is RolloutState.RUNNING

    floor.say("a", FETCHING)
    floor.say("a", RETURNED)

    assert floor.turn("a").fault == "not_well", "the same word, now of this order"


def test_the_same_word_long_after_the_order_counts() -> None:
    floor = Floor(Rollout(2, 12, turns_of(["a"], 1, 1), PROVE_MS, force=False, made_ms=0), {"a": UNSENT})
    floor.wait()
    floor.wait(GRACE_MS + 1)

    assert floor.turn("a").fault == "unsent"


def test_a_station_that_no_release_has_installed_cannot_be_updated() -> None:
    floor = Floor(Rollout(1, 12, turns_of(["a"], 1, 1), PROVE_MS, force=False, made_ms=0))

    floor.say("a", replace(OLD, release=None))

    assert floor.turn("a").fault == "unable"
    assert floor.asked == []


def test_a_station_that_runs_it_already_is_watched_and_not_asked() -> None:
    floor = Floor(Rollout(1, 12, turns_of(["a"], 1, 1), PROVE_MS, force=False, made_ms=0))
    floor.say("a", NEW)
    floor.wait(PROVE_MS)

    assert floor.rollout.state is RolloutState.DONE
    assert floor.asked == []


def test_an_ended_rollout_moves_no_more() -> None:
    floor = begin("a", "b")
    floor.rollout = replace(floor.rollout, state=RolloutState.ABORTED)
    floor.say("a", NEW, 10 * PROVE_MS)

    assert floor.rollout.state is RolloutState.ABORTED
    assert floor.asked == ["a"]


WORDS = st.sampled_from([OLD, NEW, AWAY, FETCHING, ON_TRIAL, UNSENT, RETURNED, replace(OLD, outbox=1)])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), WORDS, st.sampled_from([1_000, ASK_AGAIN_MS, PROVE_MS]))),
    st.integers(1, 2),
    st.integers(1, 3),
)
def test_whatever_stations_say_no_wave_begins_before_the_one_before_is_through(
    said: list[tuple[str, Seen, int]], first: int, size: int
) -> None:
    floor = begin(*"abcd", first=first, size=size)
    for station, seen, after_ms in said:
        before = floor.rollout
        count = len(floor.asked)
        floor.say(station, seen, after_ms)
        for asked in floor.asked[count:]:
            wave = floor.turn(asked).wave
            assert all(turn.state is TurnState.DONE for turn in before.turns if turn.wave < wave)
            assert not any(turn.state is TurnState.FAILED for turn in before.turns)
            assert floor.seen[asked].is_online or floor.turn(asked).tries > 1
