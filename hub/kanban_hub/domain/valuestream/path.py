"""Ways through the loops of a plant: what an end needs, and which way takes longest."""

from collections.abc import Collection, Mapping

from kanban_hub.domain.layout.circles import opened
from kanban_hub.domain.layout.graph import Graph
from kanban_hub.domain.layout.layers import layers
from kanban_hub.domain.plant import KanbanLoop, Plant


def upstream(plant: Plant, end: str) -> list[KanbanLoop]:
    """The loop `end` and all loops that bring something to its supplier, in the order of the plant."""
    found, waiting = {end}, [plant.loops[end].supplier]
    seen = set(waiting)
    while waiting:
        station = waiting.pop()
        for loop in plant.loops.values():
            if loop.consumer == station:
                found.add(loop.id)
                if loop.supplier not in seen:
                    seen.add(loop.supplier)
                    waiting.append(loop.supplier)
    return [loop for loop in plant.loops.values() if loop.id in found]


def longest(loops: Collection[KanbanLoop], seconds: Mapping[str, float]) -> list[str]:
    """The loops of the way that takes the most `seconds`, from its first supplier to its last consumer.

    Where loops go in a circle the one that leads back is left out.
    """
    stations = dict.fromkeys(station for loop in loops for station in (loop.supplier, loop.consumer))
    graph = opened(Graph.of(stations, [(loop.supplier, loop.consumer) for loop in loops]))
    column, ways = layers(graph), set(graph.edges)
    best: dict[str, tuple[float, list[str]]] = {}
    for loop in sorted(loops, key=lambda loop: (column[loop.supplier], loop.id)):
        if (loop.supplier, loop.consumer) not in ways:
            continue
        before_s, before = best.get(loop.supplier, (0.0, []))
        total_s = before_s + seconds[loop.id]
        if total_s > best.get(loop.consumer, (-1.0, []))[0]:
            best[loop.consumer] = total_s, [*before, loop.id]
    return max(best.values(), key=lambda way: way[0], default=(0.0, []))[1]
