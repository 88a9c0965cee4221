"""How many containers are good the first time."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.rounds import Round, rounds


@dataclass(frozen=True)
class FirstPassRow:
    """`first_pass_yield` = containers that did not fail ÷ all, between 0 and 1.

    A container whose fail was cleared was good; one that nobody has decided about counts as failed.
    """

    station: str
    item: str
    containers: int
    failed: int
    cleared: int
    first_pass_yield: float
    failed_events: tuple[int, ...]
    events: tuple[int, ...]


def first_pass(basis: Basis) -> list[FirstPassRow]:
    """By the station that made them and item.

    A container counts once, where it was first finished, shipped, received or failed; one that stood there
    from the beginning when it was emptied. What a rework gave back is no first pass.
    """
    groups: defaultdict[tuple[str, str], list[Round]] = defaultdict(list)
    for one in rounds(basis):
        if one.judged is not None and one.judged.at_ms in basis.window and not one.is_rework:
            loop = basis.floor.plant.loops[one.loop]
            groups[loop.supplier, loop.item].append(one)
    return [_row(*key, found) for key, found in sorted(groups.items())]


def _row(station: str, item: str, containers: list[Round]) -> FirstPassRow:
    failed = [one for one in containers if one.fails]
    cleared = [one for one in containers if one.clears and not one.fails]
    numbers = {step.number for one in containers for step in (one.judged, *one.fails, *one.clears) if step}
    return FirstPassRow(
        station=station,
        item=item,
        containers=len(containers),
        failed=len(failed),
        cleared=len(cleared),
        first_pass_yield=1 - len(failed) / len(containers),
        failed_events=tuple(sorted(step.number for one in failed for step in one.fails)),
        events=tuple(sorted(numbers)),
    )
