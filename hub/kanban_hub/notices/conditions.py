"""What holds on the floor without being an event: told when a commit brings it about, not while it lasts."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN
from kanban_hub.domain.records.promise import Promise
from kanban_hub.domain.replenishment import starves_before_promise
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.notices.happening import Ask, Happening, loop_facts, parties, supplier_name
from kanban_hub.notices.notice import NoticeEvent

_MS_PER_HOUR = 3_600_000


@dataclass(frozen=True)
class Conditions:
    """The loops of which the consumer has no full container left, and those promised too late, until when."""

    starving: frozenset[str] = frozenset()
    late: frozenset[tuple[str, int]] = frozenset()


def conditions(floor: Floor, now_ms: int) -> Conditions:
    """What holds on `floor` now."""
    loops = floor.plant.loops
    # A loop without any card, as one for occasions mostly is, has nothing that could run out.
    going = [loop for loop in loops.values() if floor.cards_of(loop.id)]
    starving = (loop.id for loop in going if full_containers(floor, loop) == 0)
    late = (
        (promise.id, promise.ready_ms)
        for promise in floor.records_of(Promise)
        if promise.id in loops and starves_before_promise(floor, loops[promise.id], now_ms)
    )
    return Conditions(frozenset(starving), frozenset(late))


def begun(floor: Floor, before: Conditions, now_ms: int) -> list[Happening]:
    """What holds on `floor` and did not `before`."""
    now = conditions(floor, now_ms)
    starving = [_starving(floor, loop, now_ms) for loop in sorted(now.starving - before.starving)]
    return starving + [_late(floor, *promise, now_ms) for promise in sorted(now.late - before.late)]


def _starving(floor: Floor, loop: str, now_ms: int) -> Happening:
    event = NoticeEvent.STARVING
    asked = sum(card.asked_ms is not None for card in floor.cards_of(loop))
    facts = {**loop_facts(floor, loop), "asked": asked, "at_ms": now_ms}
    key = f"{event}:{loop}:{now_ms}"
    return Happening(event, key, now_ms, parties(floor, loop), facts, asks=_asks(floor, loop))


def _asks(floor: Floor, loop: str) -> tuple[Ask, ...]:
    """The oldest request that its supplier can still answer."""
    known = floor.plant.loops[loop]
    cards = [card for card in floor.cards_of(loop) if card.state in OPEN]
    first = min(cards, key=lambda card: (card.waits_since_ms, card.number), default=None)
    return (Ask(first.id, first.waits_since_ms, supplier_name(floor, known)),) if first else ()


def _late(floor: Floor, loop_id: str, ready_ms: int, now_ms: int) -> Happening:
    event, loop = NoticeEvent.PROMISE_LATE, floor.loop(loop_id)
    promise = floor.record(Promise, loop_id)
    lasts_ms = stock_pieces(floor, loop) * _MS_PER_HOUR / rate(floor, loop).per_hour
    facts = {
        **loop_facts(floor, loop_id),
        "ready_ms": ready_ms,
        "empty_ms": now_ms + int(lasts_ms),
        "reason": (promise.reason if promise is not None else None) or "",
    }
    return Happening(event, f"{event}:{loop_id}:{ready_ms}", now_ms, parties(floor, loop_id), facts)
