"""What people on the floor see, and what they do. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass

from kanban_simulator.sight import PanelState


@dataclass(frozen=True)
class CardSeen:
    """A card on its container or in a rack. `asked_at` is empty while its container is full."""

    id: str
    loop: str
    state: str
    asked_at: str = ""


@dataclass(frozen=True)
class CallSeen:
    """An open andon call."""

    id: str
    state: str
    card: str | None


@dataclass(frozen=True)
class World:
    """One look around: the panels by station, the cards that are active, the calls that are open."""

    panels: Mapping[str, PanelState]
    cards: tuple[CardSeen, ...] = ()
    calls: tuple[CallSeen, ...] = ()

    def cards_in(self, loop: str, *states: str) -> list[CardSeen]:
        """The cards of a loop in these states, the longest asked for first."""
        found = [card for card in self.cards if card.loop == loop and card.state in states]
        return sorted(found, key=lambda card: (card.asked_at, card.id))


@dataclass(frozen=True)
class PressSlot:
    station: str
    slot: int


@dataclass(frozen=True)
class PressQuality:
    station: str


@dataclass(frozen=True)
class ScanCode:
    station: str
    code: str


@dataclass(frozen=True)
class MoveCall:
    """An order at the hub: `take` or `solve`, the latter with its cause."""

    call: str
    move: str
    cause: str | None = None


@dataclass(frozen=True)
class MoveCard:
    """An order of the quality role at the hub: `scrap` or `clear`."""

    card: str
    move: str


@dataclass(frozen=True)
class MakePromise:
    """A supplier's word at the hub: the next container of the loop is ready in `ready_in_s` of the shift."""

    loop: str
    ready_in_s: float
    reason: str


HandAction = PressSlot | PressQuality | ScanCode
Action = HandAction | MoveCall | MoveCard | MakePromise
