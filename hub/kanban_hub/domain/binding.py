"""Suppliers' own labels, bound to a card, an item or a loop. Only the whole key matches, never a part."""

from dataclasses import dataclass

from kanban_hub.domain.errors import DomainError, Reason, UnknownError
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.records.binding import Binding, LabelBound, LabelUnbound

KEY_MOST = 160


@dataclass(frozen=True)
class Target:
    """Exactly one of the three."""

    card: str | None = None
    item: str | None = None
    loop: str | None = None


def bind(floor: Floor, key: str, target: Target) -> list[Event]:
    """Let `key` mean `target`; once more the same is nothing new. Raises while it means something else."""
    _check(floor, key, target)
    known = bound(floor, key)
    if known is not None:
        if Target(known.card, known.item, known.loop) == target:
            return []
        means = known.card or known.item or known.loop
        raise DomainError(Reason.NOT_ALLOWED, f"{key} is bound to {means}: take that away first")
    loop = floor.card(target.card).loop if target.card else target.loop
    return [LabelBound(loop, key, target.card, target.item)]


def unbind(floor: Floor, key: str) -> list[Event]:
    """Let `key` mean nothing again."""
    known = bound(floor, key)
    if known is None:
        raise UnknownError(Reason.UNKNOWN_CARD, f"nothing is bound to {key[:80]}")
    loop = floor.card(known.card).loop if known.card else known.loop
    return [LabelUnbound(loop, key)]


def bound(floor: Floor, key: str) -> Binding | None:
    """What exactly `key` is bound to now."""
    known = floor.record(Binding, key)
    return known if known is not None and known.is_open else None


def loops_of(floor: Floor, binding: Binding) -> list[KanbanLoop]:
    """The loops that a binding to an item or a loop stands for; none when the plant has lost them."""
    loops = floor.plant.loops.values()
    return [loop for loop in loops if binding.loop == loop.id or binding.item == loop.item]


def _check(floor: Floor, key: str, target: Target) -> None:
    if sum(part is not None for part in (target.card, target.item, target.loop)) != 1:
        raise DomainError(Reason.NOT_ALLOWED, "bind to one of card, item and loop")
    if not 1 <= len(key) <= KEY_MOST:
        raise DomainError(Reason.NOT_ALLOWED, f"a key has 1 to {KEY_MOST} characters")
    if target.card is not None:
        floor.card(target.card).check_not_void()
    if target.loop is not None:
        floor.loop(target.loop)
    if target.item is not None and target.item not in floor.plant.items:
        raise UnknownError(Reason.UNKNOWN_LOOP, f"no item {target.item}")
