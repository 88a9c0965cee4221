"""How long cards stay in a state, and which of them have stayed longer than their loop ever knew."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kanban_hub.domain.card import Card
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.spread import quantile
from kanban_hub.domain.evidence.step import Step
from kanban_hub.domain.moves import State

# With fewer the loop has no history to hold a card against, as for its measured rate.
HISTORY_LEAST = 5
# The 99th of a hundred is a value of its own only where there are a hundred.
P99_LEAST = 100


@dataclass(frozen=True)
class Dwell:
    """One stay of a card in one state that has ended."""

    loop: str
    state: State
    seconds: float
    events: tuple[int, int]


@dataclass(frozen=True)
class DwellRow:
    """How long cards of a loop stayed in a state; `limit_s` is what is still usual."""

    loop: str
    state: State
    count: int
    median_s: float
    limit_s: float
    events: tuple[int, ...]


@dataclass(frozen=True)
class GhostRow:
    """A card that has stayed longer than is usual in its loop, with where and when it was last seen."""

    loop: str
    card: str
    state: State
    standing: str
    since_at_ms: int
    dwell_s: float
    limit_s: float
    times_limit: float | None
    seen_station: str | None
    seen_at_ms: int | None
    seen_by: str | None
    events: tuple[int, ...]


def dwell(basis: Basis) -> list[DwellRow]:
    """By loop and state, over the stays that ended in the window."""
    rows = [
        DwellRow(
            loop=loop,
            state=state,
            count=len(stays),
            median_s=quantile(sorted(one.seconds for one in stays), 0.5),
            limit_s=limit_s([one.seconds for one in stays]),
            events=tuple(sorted({number for one in stays for number in one.events})),
        )
        for (loop, state), stays in _stays(basis).items()
    ]
    return sorted(rows, key=lambda row: (row.loop, list(State).index(row.state)))


def ghost_cards(basis: Basis) -> list[GhostRow]:
    """The cards that now have stayed longer than their loop's limit, the worst first."""
    limits = {
        key: limit_s([one.seconds for one in stays])
        for key, stays in _stays(basis).items()
        if len(stays) >= HISTORY_LEAST
    }
    live = [card for card in basis.floor.cards.values() if not card.is_void]
    known = [card for card in live if (card.loop, card.state) in limits]
    rows = [_ghost(basis, card, limits[card.loop, card.state]) for card in known]
    return sorted((row for row in rows if row.dwell_s > row.limit_s), key=lambda r: r.limit_s - r.dwell_s)


def limit_s(durations_s: Sequence[float]) -> float:
    """The 99th percentile; the longest while there are fewer than a hundred."""
    ordered = sorted(durations_s)
    return quantile(ordered, 0.99) if len(ordered) >= P99_LEAST else ordered[-1]


def _stays(basis: Basis) -> dict[tuple[str, State], list[Dwell]]:
    found: defaultdict[tuple[str, State], list[Dwell]] = defaultdict(list)
    for steps in basis.steps_by_card().values():
        changes = [step for step in steps if step.before is None or step.before.state is not step.after.state]
        for entered, left in pairwise(changes):
            if left.at_ms in basis.window:
                one = _dwell(entered, left)
                found[one.loop, one.state].append(one)
    return found


def _dwell(entered: Step, left: Step) -> Dwell:
    seconds = (left.at_ms - entered.at_ms) / 1000
    return Dwell(entered.loop, entered.after.state, seconds, (entered.number, left.number))


def _ghost(basis: Basis, card: Card, most_s: float) -> GhostRow:
    dwell_s = max(0, basis.now_ms - card.since_ms) / 1000
    seen = basis.chronicle.sightings.get(card.id)
    return GhostRow(
        loop=card.loop,
        card=card.id,
        state=card.state,
        standing=card.standing,
        since_at_ms=card.since_ms,
        dwell_s=dwell_s,
        limit_s=most_s,
        times_limit=dwell_s / most_s if most_s else None,
        seen_station=seen.station if seen else None,
        seen_at_ms=seen.at_ms if seen else None,
        seen_by=seen.kind if seen else None,
        events=(seen.number,) if seen else (),
    )
