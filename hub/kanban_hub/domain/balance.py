"""Conservation: the regular cards of a loop are as many as the loop defines, at every commit."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor


@dataclass(frozen=True)
class Balance:
    """One loop's sheet. `temporary` cards are counted apart."""

    loop: str
    defined: int
    regular: int
    temporary: int

    @property
    def is_even(self) -> bool:
        return self.regular == self.defined


def balance(floor: Floor) -> list[Balance]:
    """The sheet of every loop; a regular card counts while it is active or held."""
    return [_sheet(floor, loop, defined) for loop, defined in floor.regular.items()]


def _sheet(floor: Floor, loop: str, defined: int) -> Balance:
    cards = floor.cards_of(loop)
    temporary = sum(card.is_temporary for card in cards)
    return Balance(loop, defined, len(cards) - temporary, temporary)
