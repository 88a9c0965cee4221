"""In which order the nodes of each column stand, so that few arrows cross."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kanban_hub.domain.layout.graph import Edge, Graph

SWEEPS = 8
Columns = list[list[str]]


def stretched(graph: Graph, column: Mapping[str, int]) -> tuple[Graph, dict[str, int]]:
    """The graph with a bend in every column that an arrow only passes, so that arrows get room of their own.

    A bend is named by its arrow and column; no id of a node holds a blank.
    """
    column, edges = dict(column), list[Edge]()
    nodes = list(graph.nodes)
    for tail, head in graph.edges:
        bends = [f"{tail} {head} {at}" for at in range(column[tail] + 1, column[head])]
        column |= {bend: column[tail] + at for at, bend in enumerate(bends, 1)}
        nodes += bends
        edges += pairwise([tail, *bends, head])
    return Graph(tuple(nodes), tuple(edges)), column


def ordered(graph: Graph, column: Mapping[str, int]) -> Columns:
    """The nodes by column and in order of height; of all sweeps the result with the fewest crossings.

    Each node goes to the mean of its neighbours in the column before, to and fro: the barycentre method of
    Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981.
    """
    columns: Columns = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for node in _as_tied(graph):
        columns[column[node]].append(node)
    after, before = graph.after(), graph.before()
    best, fewest = columns, crossings(columns, after)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        columns = _swept(columns, before) if sweep % 2 == 0 else _swept(columns[::-1], after)[::-1]
        found = crossings(columns, after)
        if found < fewest:
            best, fewest = columns, found
    return best


def crossings(columns: Sequence[Sequence[str]], after: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of arrows between neighbouring columns cross."""
    count = 0
    for left, right in pairwise(columns):
        place = {node: at for at, node in enumerate(right)}
        ends = [sorted(place[head] for head in after.get(node, ())) for node in left]
        seen: list[int] = []
        for heads in ends:
            count += sum(one > head for head in heads for one in seen)
            seen += heads
    return count


def _as_tied(graph: Graph) -> list[str]:
    """The nodes by a walk along the arrows, either way: what is tied together begins side by side."""
    near = [*graph.edges, *((head, tail) for tail, head in graph.edges)]
    beside = Graph(graph.nodes, tuple(near)).after()
    found: dict[str, None] = {}
    stack = list(reversed(graph.nodes))
    while stack:
        node = stack.pop()
        if node not in found:
            found[node] = None
            stack += reversed(beside.get(node, ()))
    return list(found)


def _swept(columns: Columns, neighbours: Mapping[str, Sequence[str]]) -> Columns:
    """Every column but the first put in the order of its neighbours in the one before."""
    found = [columns[0]] if columns else []
    for column in columns[1:]:
        place = {node: float(at) for at, node in enumerate(found[-1])}
        means = {
            node: _mean([place[one] for one in neighbours.get(node, ())], at)
            for at, node in enumerate(column)
        }
        found.append(sorted(column, key=lambda node: means[node]))
    return found


def _mean(places: Sequence[float], own: int) -> float:
    """Without a neighbour a node stays where it is."""
    return sum(places) / len(places) if places else float(own)
