"""What is laid out: nodes and the arrows between them, in an order that makes every result the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]


@dataclass(frozen=True)
class Graph:
    """`nodes` each once; `edges` each once, from node to node, none from a node to itself."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, nodes: Iterable[str], edges: Iterable[Edge]) -> "Graph":
        """Without what is there twice, leads to itself, or leads out of the graph."""
        known = dict.fromkeys(nodes)
        kept = dict.fromkeys((a, b) for a, b in edges if a != b and a in known and b in known)
        return cls(tuple(known), tuple(kept))

    def after(self) -> Mapping[str, Sequence[str]]:
        """The nodes that each node's arrows lead to."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for tail, head in self.edges:
            found[tail].append(head)
        return found

    def before(self) -> Mapping[str, Sequence[str]]:
        """The nodes whose arrows lead to each node."""
        return Graph(self.nodes, tuple((head, tail) for tail, head in self.edges)).after()
