"""Layers need a graph without circles: the arrows that close one are turned round."""

from collections.abc import Iterator

from kanban_hub.domain.layout.graph import Edge, Graph


def opened(graph: Graph) -> Graph:
    """`graph` with each arrow turned that leads back to where a walk along the arrows came from.

    The walk goes depth first and in the order of the nodes, so the same graph is always cut at the same
    arrows (Di Battista, Eades, Tamassia and Tollis, "Graph Drawing", 1999, section 9.4).
    """
    back = set(_back(graph))
    turned = (edge if edge not in back else (edge[1], edge[0]) for edge in graph.edges)
    return Graph.of(graph.nodes, turned)


def _back(graph: Graph) -> Iterator[Edge]:
    after, done = graph.after(), set[str]()
    sources = [node for node in graph.nodes if node not in graph.before()]
    for root in [*sources, *graph.nodes]:
        if root in done:
            continue
        walk, on_walk = [(root, iter(after.get(root, ())))], {root}
        while walk:
            node, heads = walk[-1]
            head = next(heads, None)
            if head is None:
                walk.pop()
                on_walk.discard(node)
                done.add(node)
            elif head in on_walk:
                yield node, head
            elif head not in done:
                walk.append((head, iter(after.get(head, ()))))
                on_walk.add(head)
