"""Conservation: the regular cards of a loop are as many as the loop defines, at every commit."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.records.size import LoopSize


@dataclass(frozen=True)
class Balance:
    """One loop's sheet. `temporary` cards are counted apart.

    `surplus` are the cards of a loop made smaller that are still to go.
    """

    loop: str
    defined: int
    regular: int
    temporary: int
    surplus: int = 0

    @property
    def is_even(self) -> bool:
        return self.regular == self.defined + self.surplus


def balance(floor: Floor) -> list[Balance]:
    """The sheet of every loop; a regular card counts while it is active or held."""
    return [_sheet(floor, size) for size in floor.sizes.values()]


def _sheet(floor: Floor, size: LoopSize) -> Balance:
    cards = floor.cards_of(size.id)
    temporary = sum(card.is_temporary for card in cards)
    return Balance(size.id, size.cards, len(cards) - temporary, temporary, size.surplus)
