"""How many cards of a loop were in which state, over time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.step import Place, Step
from kanban_hub.domain.moves import Standing, State

SAMPLES = 160


@dataclass(frozen=True)
class FlowSample:
    """The cards at `at_ms` by their state; held ones too, void ones not."""

    at_ms: int
    counts: dict[State, int]


def flow(basis: Basis, loop: str, samples: int = SAMPLES) -> list[FlowSample]:
    """So many looks at `loop` in equal distances over what is known of the window; at least two."""
    steps = sorted((s for s in basis.chronicle.steps() if s.loop == loop), key=lambda step: step.at_ms)
    return _looks(steps, _places(basis, loop), _times_ms(basis, samples))


def full_over_time(basis: Basis, samples: int) -> dict[str, list[int]]:
    """By loop, how many full containers each of so many looks saw; at least two."""
    times_ms = _times_ms(basis, samples)
    return {
        loop: [sample.counts.get(State.FULL, 0) for sample in _looks(steps, _places(basis, loop), times_ms)]
        for loop, steps in basis.steps_by_loop().items()
    }


def _times_ms(basis: Basis, samples: int) -> list[int]:
    from_ms = max(basis.window.from_ms, basis.chronicle.from_ms or basis.now_ms)
    to_ms = max(from_ms, min(basis.window.to_ms, basis.now_ms))
    return [from_ms + (to_ms - from_ms) * n // (samples - 1) for n in range(samples)]


def _places(basis: Basis, loop: str) -> dict[str, Place]:
    """Where the cards of `loop` were before the first step."""
    return {card: place for card, (of, place) in basis.chronicle.opening().items() if of == loop}


def _looks(steps: Sequence[Step], places: dict[str, Place], times_ms: Sequence[int]) -> list[FlowSample]:
    found, taken = [], 0
    for at_ms in times_ms:
        while taken < len(steps) and steps[taken].at_ms <= at_ms:
            places[steps[taken].card] = steps[taken].after
            taken += 1
        alive = (place.state for place in places.values() if not _is_void(place))
        found.append(FlowSample(at_ms, dict(Counter(alive))))
    return found


def _is_void(place: Place) -> bool:
    return place.standing in (Standing.LOST, Standing.RETIRED)
