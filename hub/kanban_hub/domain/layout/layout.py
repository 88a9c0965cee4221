"""Where the nodes of a graph stand when nobody has placed them: in layers, arrows to the right.

Sugiyama's method with its four steps, each a module: circles are opened, nodes get their columns, the columns
their order, the nodes their heights. The same graph is always laid out in the same way.
"""

from collections.abc import Iterable

from kanban_hub.domain.layout.circles import opened
from kanban_hub.domain.layout.graph import Edge, Graph
from kanban_hub.domain.layout.heights import heights
from kanban_hub.domain.layout.layers import layers
from kanban_hub.domain.layout.sweeps import ordered, stretched

Cell = tuple[float, float]  # column and row
# As wide as a screen: what has no arrow stands in rows of so many at the foot.
ROW_OF_LOOSE = 8


def laid_out(nodes: Iterable[str], edges: Iterable[Edge]) -> dict[str, Cell]:
    """Column and row of each node; both begin at 0, rows need not be whole numbers."""
    graph = opened(Graph.of(nodes, edges))
    tied = {node for edge in graph.edges for node in edge}
    within = Graph(tuple(node for node in graph.nodes if node in tied), graph.edges)
    column = layers(within)
    full, columns_of = stretched(within, column)
    height = heights(ordered(full, columns_of), full.before(), full.after())
    top = min((height[node] for node in tied), default=0.0)
    found = {node: (float(column[node]), height[node] - top) for node in within.nodes}
    loose = [node for node in graph.nodes if node not in tied]
    return {node: (found | _in_rows(loose, found))[node] for node in graph.nodes}


def _in_rows(loose: list[str], found: dict[str, Cell]) -> dict[str, Cell]:
    first = max((row for _, row in found.values()), default=-1.0) + 1
    width = max(ROW_OF_LOOSE, *(int(column) + 1 for column, _ in found.values()), 1)
    return {node: (float(at % width), first + at // width) for at, node in enumerate(loose)}
