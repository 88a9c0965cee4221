"""What a change of the plant does to the cards, loop by loop: told before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.events import CardIssued, CardObsoleted, CardStood, Event
from kanban_hub.domain.records.size import LoopEnded, LoopSet
from kanban_hub.domain.records.trial import TrialEnded


class Effect(StrEnum):
    ISSUED = "issued"
    SURPLUS = "surplus"  # so many go, each when it is next pulled
    EXCHANGED = "exchanged"  # each gets a new number when it is next pulled
    RETIRED = "retired"
    ENDED = "ended"  # the loop
    TRIAL_ENDED = "trial_ended"


@dataclass(frozen=True)
class CardEffect:
    """`cards` are the numbers, where they are known already; of a surplus only the count is."""

    loop: str
    effect: Effect
    count: int
    cards: tuple[str, ...] = ()


def effects_of(events: Iterable[Event]) -> tuple[CardEffect, ...]:
    """In the order in which the loops come."""
    found: dict[tuple[str, Effect], list[str]] = {}
    surplus: dict[str, int] = {}
    for event in events:
        loop = event.loop or ""
        match event:
            case LoopSet():
                surplus[loop] = event.surplus
            case CardIssued() | CardObsoleted() | CardStood():
                found.setdefault((loop, _OF_CARD[type(event)]), []).append(event.card)
            case LoopEnded():
                found.setdefault((loop, Effect.ENDED), [])
            case TrialEnded():
                found.setdefault((loop, Effect.TRIAL_ENDED), [])
    told = [CardEffect(loop, effect, len(cards), tuple(cards)) for (loop, effect), cards in found.items()]
    going = [CardEffect(loop, Effect.SURPLUS, count) for loop, count in surplus.items() if count]
    return tuple(told + going)


_OF_CARD: dict[type[Event], Effect] = {
    CardIssued: Effect.ISSUED,
    CardObsoleted: Effect.EXCHANGED,
    CardStood: Effect.RETIRED,
}
