"""Which column each node stands in."""

from collections.abc import Mapping, Sequence

from kanban_hub.domain.layout.graph import Graph


def layers(graph: Graph) -> dict[str, int]:
    """The column of each node, so that every arrow of a graph without circles leads to the right.

    A node stands as far left as the longest way to it allows; then those with nothing before them move
    right, next to what they lead to: a supplier of the last step is drawn beside it, not at the far left.
    """
    after, before = graph.after(), graph.before()
    column: dict[str, int] = {}
    for node in _in_order(graph.nodes, before):
        column[node] = max((column[one] + 1 for one in before.get(node, ())), default=0)
    for node in graph.nodes:
        if node not in before and node in after:
            column[node] = min(column[one] for one in after[node]) - 1
    return column


def _in_order(nodes: Sequence[str], before: Mapping[str, Sequence[str]]) -> list[str]:
    """Each node after all that are before it."""
    found: dict[str, None] = {}
    stack = list(reversed(nodes))
    while stack:
        waiting = [one for one in before.get(stack[-1], ()) if one not in found]
        if waiting:
            stack += reversed(waiting)
        else:
            found[stack.pop()] = None
    return list(found)
