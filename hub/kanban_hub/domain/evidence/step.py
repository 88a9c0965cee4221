"""One effective change of a card: what the figures count. What was taken back is no step."""

from dataclasses import dataclass
from functools import cache

from kanban_hub.domain.moves import Move, Standing, State


@dataclass(frozen=True, slots=True)
class Place:
    """A card's two axes at one time."""

    state: State
    standing: Standing

    @property
    def is_usable(self) -> bool:
        """Whether the consumer can empty its container now."""
        return self.state is State.FULL and self.standing is Standing.ACTIVE


@cache
def place(state: State, standing: Standing = Standing.ACTIVE) -> Place:
    """The one `Place` of this pair: there are few pairs and many steps."""
    return Place(state, standing)


@dataclass(frozen=True, slots=True)
class Step:
    """A move, the issue of a card (`before` is `None`), or a change of its standing (`move` is `None`).

    `number` is that of the event; `at_ms` never lies before the card's step before. `is_request` tells that
    with it the supplier was asked for a container, `pieces` what is in it where the event says so.
    """

    number: int
    at_ms: int
    loop: str
    card: str
    station: str | None
    move: Move | None
    before: Place | None
    after: Place
    is_request: bool = False
    pieces: int | None = None

    @property
    def is_pull(self) -> bool:
        """Whether the consumer emptied a container, be it one of a signal loop's stock."""
        return self.move in (Move.PULL, Move.TAKE)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a card was last seen, when, and by which event; no station for what the hub did itself."""

    number: int
    at_ms: int
    station: str | None
    kind: str
