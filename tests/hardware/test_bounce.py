"""Generated trains of edges, as contacts give them, and what is read from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_hardware.bounce import LEAST_MS, MOST_MS, QUIET_S, Burst, Recorder, debounce_ms, longest_s
from kanban_hardware.debounce import Debouncer, Settled

Edges = list[tuple[bool, float]]


def train(to: bool, began_s: float, gaps_s: list[float]) -> Edges:
    """A contact that goes to `to` and bounces: an edge after each gap; it ends at `to`."""
    gaps_s = gaps_s if len(gaps_s) % 2 == 0 else gaps_s[:-1]
    edges, at_s, level = [(to, began_s)], began_s, to
    for gap_s in gaps_s:
        at_s, level = at_s + gap_s, not level
        edges.append((level, at_s))
    return edges


def recorded(edges: Edges) -> list[Burst]:
    recorder = Recorder(closed=False)
    found = [burst for closed, at_s in edges for burst in recorder.feed(closed, at_s)]
    return found + recorder.advance(edges[-1][1] + 1.0)


def test_a_clean_press_is_a_burst_of_one_edge_and_no_length() -> None:
    assert recorded([(True, 1.0), (False, 1.2)]) == [Burst(True, 1.0, 0.0, 1), Burst(False, 1.2, 0.0, 1)]


def test_a_bounce_lasts_from_its_first_edge_to_its_last() -> None:
    (press,) = recorded(train(True, 1.0, [0.001, 0.002, 0.0005, 0.0007]))
    assert press.length_s == pytest.approx(0.0042)
    assert (press.closed, press.edges, press.is_spike) == (True, 5, False)


def test_a_disturbance_that_ends_as_it_began_is_a_spike_and_no_bounce() -> None:
    (spike,) = recorded([(True, 1.0), (False, 1.004)])
    assert spike.is_spike
    assert longest_s([spike]) == 0.0


def test_a_burst_ends_after_the_quiet_time_and_not_before() -> None:
    recorder = Recorder(closed=False)
    recorder.feed(True, 1.0)
    assert recorder.due_s() == 1.0 + QUIET_S
    assert recorder.advance(1.0 + QUIET_S - 0.001) == []
    assert len(recorder.advance(1.0 + QUIET_S)) == 1
    assert recorder.due_s() is None


@pytest.mark.parametrize(
    ("bounce_s", "expected_ms"),
    [
        (0.0, LEAST_MS),
        (0.0062, LEAST_MS),
        (0.007, 14),
        (0.0155, 31),
        (0.025, MOST_MS),
        (0.0251, None),
        (0.157, None),
    ],
)
def test_the_debounce_time_is_twice_the_longest_bounce_within_bounds(
    bounce_s: float, expected_ms: int | None
) -> None:
    assert debounce_ms(bounce_s) == expected_ms


gaps = st.lists(st.floats(0.0001, 0.006), max_size=6)


@settings(max_examples=40)
@given(st.lists(st.tuples(gaps, gaps), min_size=1, max_size=5))
def test_every_press_gives_one_closing_and_one_opening_whatever_it_bounces(
    presses: list[tuple[list[float], list[float]]],
) -> None:
    edges: Edges = []
    for number, (closing, opening) in enumerate(presses):
        edges += train(True, number * 1.0, closing) + train(False, number * 1.0 + 0.3, opening)
    assert [burst.closed for burst in recorded(edges)] == [True, False] * len(presses)


@settings(max_examples=40)
@given(st.lists(st.tuples(gaps, gaps), min_size=1, max_size=5))
def test_with_the_time_proposed_the_station_hears_each_press_once(
    presses: list[tuple[list[float], list[float]]],
) -> None:
    edges: Edges = []
    for number, (closing, opening) in enumerate(presses):
        edges += train(True, number * 1.0, closing) + train(False, number * 1.0 + 0.3, opening)
    proposed_ms = debounce_ms(longest_s(recorded(edges)))
    assert proposed_ms is not None or longest_s(recorded(edges)) > MOST_MS / 2000
    debouncer = Debouncer(False, 0.0, (proposed_ms or MOST_MS) / 1000)
    heard = [change for closed, at_s in edges for change in debouncer.edge(closed, at_s)]
    heard += debouncer.advance(edges[-1][1] + 1.0)
    levels = [change.closed for change in heard if isinstance(change, Settled)]
    assert levels == [True, False] * len(presses)
