from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.layout.circles import opened
from kanban_hub.domain.layout.graph import Graph
from kanban_hub.domain.layout.heights import apart
from kanban_hub.domain.layout.layers import layers
from kanban_hub.domain.layout.layout import ROW_OF_LOOSE, laid_out
from kanban_hub.domain.layout.sweeps import crossings, ordered, stretched

names = st.text("abcdefgh", min_size=1, max_size=1)
graphs = st.builds(Graph.of, st.lists(names, max_size=8), st.lists(st.tuples(names, names), max_size=20))


def test_a_chain_stands_in_a_row() -> None:
    assert laid_out("abc", [("a", "b"), ("b", "c")]) == {"a": (0, 0), "b": (1, 0), "c": (2, 0)}


def test_two_ways_that_part_and_meet_stand_above_each_other() -> None:
    places = laid_out("abcd", [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])

    assert places == {"a": (0, 0.5), "b": (1, 0), "c": (1, 1), "d": (2, 0.5)}


def test_a_supplier_of_the_last_step_stands_beside_it() -> None:
    places = laid_out("abcx", [("a", "b"), ("b", "c"), ("x", "c")])

    assert places["x"][0] == places["b"][0] == 1


def test_an_arrow_past_a_column_has_room_there() -> None:
    places = laid_out("abc", [("a", "b"), ("b", "c"), ("a", "c")])

    assert places["b"][1] != (places["a"][1] + places["c"][1]) / 2, "else the arrow goes through b"


def test_a_circle_is_cut_at_the_arrow_that_leads_back() -> None:
    assert [place[0] for place in laid_out("abc", [("a", "b"), ("b", "c"), ("c", "a")]).values()] == [0, 1, 2]


def test_what_has_no_arrow_stands_at_the_foot() -> None:
    loose = [str(n) for n in range(ROW_OF_LOOSE + 1)]
    places = laid_out(["a", "b", *loose], [("a", "b")])

    assert [places["0"], places[loose[-1]]] == [(0, 1), (0, 2)]


def test_nothing_is_laid_out_for_nothing() -> None:
    assert not laid_out([], [])
    assert laid_out(["a"], [("a", "a"), ("a", "elsewhere")]) == {"a": (0, 0)}


def test_crossed_arrows_are_uncrossed() -> None:
    graph = Graph.of("abcdef", [("a", "f"), ("b", "e"), ("c", "d")])

    assert crossings(ordered(graph, layers(graph)), graph.after()) == 0
    assert crossings([["a", "b", "c"], ["d", "e", "f"]], graph.after()) == 3


@given(graphs)
def test_every_graph_is_opened_without_losing_a_tie(graph: Graph) -> None:
    found = opened(graph)
    column = layers(found)

    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in graph.edges}
    assert all(column[tail] < column[head] for tail, head in found.edges)
    assert min(column.values(), default=0) == 0 or not found.edges


@given(graphs)
def test_no_two_nodes_ever_stand_on_each_other_and_the_result_is_always_the_same(graph: Graph) -> None:
    places = laid_out(graph.nodes, graph.edges)

    assert set(places) == set(graph.nodes)
    assert places == laid_out(graph.nodes, graph.edges)
    for (one_column, one_row), (other_column, other_row) in combinations(places.values(), 2):
        assert one_column != other_column or abs(one_row - other_row) > 0.999
    assert all(column >= 0 and row >= 0 for column, row in places.values())


@given(graphs)
def test_an_arrow_of_the_stretched_graph_leads_to_the_next_column(graph: Graph) -> None:
    found = opened(graph)
    full, column = stretched(found, layers(found))

    assert all(column[head] - column[tail] == 1 for tail, head in full.edges)


def test_places_may_need_more_room_than_one() -> None:
    assert apart([0, 0, 9], [4, 1]) == [-2, 2, 9]
    assert apart([]) == []


@given(st.lists(st.floats(-50, 50), max_size=12))
def test_places_are_kept_in_order_and_apart_around_the_same_middle(wanted: list[float]) -> None:
    found = apart(wanted)

    assert all(right - left > 0.999 for left, right in pairwise(found))
    assert abs(sum(found) - sum(wanted)) < 1e-6 * (1 + len(wanted))
