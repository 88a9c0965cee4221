"""Why the domain refuses. Each carries the `reason` that goes out to the station, and its data."""

from collections.abc import Iterable
from enum import StrEnum

from kanban_hub.domain.obstacles import Obstacle


class Reason(StrEnum):
    """The domain's part of the contract's closed list of refusals; a test holds them together."""

    UNKNOWN_STATION = "unknown_station"
    UNKNOWN_LOOP = "unknown_loop"
    UNKNOWN_CARD = "unknown_card"
    UNKNOWN_SIGNAL = "unknown_signal"
    NOT_YOUR_LOOP = "not_your_loop"
    NOT_ALLOWED = "not_allowed"
    OVER_PRODUCTION = "over_production"
    NOTHING_TO_FAIL = "nothing_to_fail"
    QUARANTINED = "quarantined"
    CARD_HELD = "card_held"
    CARD_LOST = "card_lost"
    CARD_RETIRED = "card_retired"
    TOO_LATE = "too_late"
    BUILT_ON = "built_on"
    NOTHING_TO_UNDO = "nothing_to_undo"


class DomainError(Exception):
    """A refusal. `reason` is what the station is told, `card` the card that it is about, if any."""

    def __init__(self, reason: Reason, text: str, card: str | None = None) -> None:
        super().__init__(text)
        self.reason = reason
        self.card = card


class UnknownError(DomainError):
    """A station, loop, card or signal that is not of this plant. Never a near match."""


class NotYourLoopError(DomainError):
    def __init__(self, station: str, loop: str) -> None:
        super().__init__(Reason.NOT_YOUR_LOOP, f"{station} is not on that side of loop {loop}")


class OverProductionError(DomainError):
    """No card, no making."""

    def __init__(self, loop: str, card: str | None = None) -> None:
        super().__init__(Reason.OVER_PRODUCTION, f"no card of {loop} asks for this", card)


class EmptySupermarketError(DomainError):
    """A container cannot leave a supermarket that has none."""

    def __init__(self, loop: str, card: str) -> None:
        text = f"the supermarket has no full container of {loop}: book its arrival in first"
        super().__init__(Reason.OVER_PRODUCTION, text, card)


class NothingToFailError(DomainError):
    def __init__(self, loop: str) -> None:
        super().__init__(Reason.NOTHING_TO_FAIL, f"no container of {loop} can be failed here")


class CardVoidError(DomainError):
    def __init__(self, card: str, standing: str) -> None:
        reason = Reason.CARD_LOST if standing == "lost" else Reason.CARD_RETIRED
        super().__init__(reason, f"{card} is {standing}: its number is void", card)


class IllegalMoveError(DomainError):
    def __init__(self, card: str, move: str, state: str, *, is_held: bool = False) -> None:
        reason = Reason.QUARANTINED if state == "quarantined" else Reason.NOT_ALLOWED
        reason = Reason.CARD_HELD if is_held else reason
        held = ", held" if is_held else ""
        super().__init__(reason, f"{move} of {card} is not possible: it is {state}{held}", card)
        self.move = move
        self.state = state


class UndoError(DomainError):
    pass


class PlantChangeError(DomainError):
    """A change of the plant that would lose a card or a request: everything that stands in its way."""

    def __init__(self, obstacles: Iterable[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        where = (f"{one.loop or 'site'}: {one.hurdle}" for one in self.obstacles)
        super().__init__(Reason.NOT_ALLOWED, f"the plant cannot follow: {'; '.join(where)}")


class PlantMovedError(DomainError):
    """The plant is another one than that which was to be changed. `revision` is that of now."""

    def __init__(self, revision: int) -> None:
        super().__init__(Reason.NOT_ALLOWED, "the plant was changed meanwhile: look at it again")
        self.revision = revision
