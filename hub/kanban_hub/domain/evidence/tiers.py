"""How far each station is from the end customer."""

from kanban_hub.domain.plant import KanbanLoop, Plant


def tiers(plant: Plant) -> dict[str, int]:
    """The tier of each station: 0 supplies nobody, 1 supplies one of those, and so on by the shortest way.

    A station in a circle that leads to no end has none.
    """
    suppliers = {loop.supplier for loop in plant.loops.values()}
    found = {loop.consumer: 0 for loop in plant.loops.values() if loop.consumer not in suppliers}
    reached = list(found)
    for station in reached:  # grows while it is read: nearest first
        for loop in plant.loops.values():
            if loop.consumer == station and loop.supplier not in found:
                found[loop.supplier] = found[station] + 1
                reached.append(loop.supplier)
    return found


def loops_by_tier(plant: Plant) -> dict[int, list[KanbanLoop]]:
    """The loops of each tier, by their consumers' tier: those of 0 are emptied for the end customer."""
    known = tiers(plant)
    found: dict[int, list[KanbanLoop]] = {}
    for loop in plant.loops.values():
        if loop.consumer in known:
            found.setdefault(known[loop.consumer], []).append(loop)
    return dict(sorted(found.items()))
