"""How long suppliers let requests wait, now."""

from dataclasses import dataclass

from kanban_hub.domain.card import Card
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.moves import OPEN, Standing


@dataclass(frozen=True)
class QueueAgeRow:
    """The requests of a supplier that are not shipped yet, by how long ago it was asked."""

    supplier: str
    requests: int
    oldest_s: float | None
    mean_s: float | None
    oldest_card: str | None
    oldest_loop: str | None
    oldest_asked_at_ms: int | None
    events: tuple[int, ...]


@dataclass(frozen=True)
class _Request:
    card: Card
    asked_ms: int
    number: int | None


def queue_age(basis: Basis) -> list[QueueAgeRow]:
    """By supplier, those without a request too. A held card asks for nothing."""
    asked = {step.card: (step.at_ms, step.number) for step in basis.chronicle.steps() if step.is_request}
    loops = basis.floor.plant.loops
    waiting: dict[str, list[_Request]] = {loop.supplier: [] for loop in loops.values()}
    for card in basis.floor.cards.values():
        if card.loop in loops and card.state in OPEN and card.standing is Standing.ACTIVE:
            at_ms, number = asked.get(card.id, (card.waits_since_ms, None))
            waiting[loops[card.loop].supplier].append(_Request(card, at_ms, number))
    return [_row(supplier, requests, basis.now_ms) for supplier, requests in waiting.items()]


def _row(supplier: str, requests: list[_Request], now_ms: int) -> QueueAgeRow:
    ages_s = [max(0, now_ms - one.asked_ms) / 1000 for one in requests]
    oldest = min(requests, key=lambda one: (one.asked_ms, one.card.id), default=None)
    return QueueAgeRow(
        supplier=supplier,
        requests=len(requests),
        oldest_s=max(ages_s, default=None),
        mean_s=sum(ages_s) / len(ages_s) if ages_s else None,
        oldest_card=oldest.card.id if oldest else None,
        oldest_loop=oldest.card.loop if oldest else None,
        oldest_asked_at_ms=oldest.asked_ms if oldest else None,
        events=tuple(sorted(one.number for one in requests if one.number is not None)),
    )
