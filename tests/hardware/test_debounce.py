from hypothesis import assume, given
from hypothesis import strategies as st

from kanban_hardware.debounce import QUIET_S, Chatter, Debouncer, Settled

DEBOUNCE_S = 0.02
bounce_gaps = st.lists(st.floats(min_value=0.0001, max_value=0.019), max_size=14).map(
    lambda gaps: gaps if len(gaps) % 2 == 0 else gaps[:-1]
)
rests = st.floats(min_value=0.15, max_value=5)


def bounce(debouncer: Debouncer, closed: bool, at_s: float, gaps: list[float]) -> tuple[list[object], float]:
    """Move a contact to a level with bounces on the way; return what settles and when it came to rest."""
    found: list[object] = [*debouncer.edge(closed, at_s)]
    for gap in gaps:
        at_s += gap
        closed = not closed
        found += debouncer.edge(closed, at_s)
    return found, at_s


def test_a_level_settles_when_it_has_been_stable_for_the_debounce_time() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    assert debouncer.edge(True, 1.0) == []
    assert debouncer.due_s() == 1.02
    assert debouncer.advance(1.019) == []
    assert debouncer.advance(1.02) == [Settled(True, 1.02)]
    assert debouncer.due_s() is None


def test_a_late_call_settles_at_the_time_that_the_level_became_stable() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    debouncer.edge(True, 1.0)
    assert debouncer.advance(9.0) == [Settled(True, 1.02)]


def test_a_glitch_settles_nothing() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    assert debouncer.edge(True, 1.0) + debouncer.edge(False, 1.01) + debouncer.advance(5.0) == []


@given(st.lists(st.tuples(bounce_gaps, rests, bounce_gaps, rests), min_size=1, max_size=5))
def test_a_bounce_train_settles_once_for_each_real_change(
    presses: list[tuple[list[float], float, list[float], float]],
) -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    found: list[object] = []
    at_s = 1.0
    for down_gaps, down_s, up_gaps, up_s in presses:
        for closed, gaps, rest_s in ((True, down_gaps, down_s), (False, up_gaps, up_s)):
            settled, at_s = bounce(debouncer, closed, at_s, gaps)
            at_s += rest_s
            found += settled + debouncer.advance(at_s)
    levels = [change.closed for change in found if isinstance(change, Settled)]
    assert levels == [True, False] * len(presses)
    assert len(found) == len(levels)


@given(bounce_gaps, rests)
def test_a_missed_edge_is_healed_by_the_next_sample(gaps: list[float], rest_s: float) -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    _, at_s = bounce(debouncer, True, 1.0, gaps)
    debouncer.edge(False, at_s + 0.001)  # the edge back to closed was missed
    assert debouncer.sample(True, at_s + 0.01) == []
    assert debouncer.due_s() == at_s + 0.01 + DEBOUNCE_S
    assert debouncer.sample(True, at_s + 0.01 + rest_s) == [Settled(True, at_s + 0.01 + DEBOUNCE_S)]


def test_an_edge_that_comes_after_the_sample_that_found_it_has_its_own_time() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    assert debouncer.sample(True, 1.3) == []
    assert debouncer.edge(True, 1.0) == []
    assert debouncer.edge(False, 1.31) == [Settled(True, 1.02)]


def test_an_edge_that_comes_after_its_level_was_believed_by_samples_is_no_second_change() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    found = [*debouncer.sample(True, 1.3), *debouncer.sample(True, 1.33)]
    found += [*debouncer.edge(True, 1.0), *debouncer.edge(False, 1.6), *debouncer.advance(3.0)]
    assert found == [Settled(True, 1.3 + DEBOUNCE_S), Settled(False, 1.6 + DEBOUNCE_S)]


def test_an_edge_is_waited_for_as_long_as_it_may_be_on_its_way() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    assert debouncer.sample(True, 1.0, patience_s=0.1) + debouncer.sample(True, 1.09) == []
    assert debouncer.due_s() == 1.1
    assert debouncer.sample(True, 1.1) == [Settled(True, 1.02)]


def test_a_sample_that_nothing_confirms_is_forgotten() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    assert debouncer.sample(True, 1.0) + debouncer.sample(False, 1.01) + debouncer.sample(True, 1.02) == []
    assert debouncer.due_s() == 1.02 + DEBOUNCE_S


@given(st.lists(st.floats(min_value=0.0001, max_value=0.019), min_size=40, max_size=300))
def test_chatter_is_one_fault_and_settles_nothing_until_it_is_quiet(gaps: list[float]) -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    found, at_s = bounce(debouncer, True, 1.0, gaps)
    assert [type(change) for change in found] == [Chatter]
    assert debouncer.advance(at_s + QUIET_S - 0.01) == []
    assert debouncer.advance(at_s + QUIET_S) == [Settled(len(gaps) % 2 == 0, at_s + QUIET_S)]


def test_regular_edges_slower_than_the_debounce_time_are_chatter_too() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    found, _ = bounce(debouncer, True, 1.0, [0.025] * 400)
    assert sum(isinstance(change, Chatter) for change in found) == 1
    assert sum(isinstance(change, Settled) and change.closed for change in found) <= 8


def test_eight_honest_presses_a_second_are_not_chatter() -> None:
    debouncer = Debouncer(closed=False, at_s=0.0)
    found, _ = bounce(debouncer, True, 1.0, [0.065] * 100)
    assert not any(isinstance(change, Chatter) for change in found)


@given(st.lists(st.tuples(st.booleans(), st.floats(min_value=0, max_value=100)), max_size=50))
def test_times_out_of_order_never_go_back(feeds: list[tuple[bool, float]]) -> None:
    assume(feeds)
    debouncer = Debouncer(closed=False, at_s=0.0)
    times = [change.at_s for closed, at_s in feeds for change in debouncer.edge(closed, at_s)]
    assert times == sorted(times)
