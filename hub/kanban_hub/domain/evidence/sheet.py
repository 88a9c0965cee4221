"""The balance sheet of each loop, as it is now."""

from collections import Counter
from dataclasses import dataclass

from kanban_hub.domain.balance import Balance, balance
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.moves import Standing, State


@dataclass(frozen=True)
class SheetRow:
    """Regular cards are as many as defined, and the `surplus` of a loop made smaller that is still to go.

    Temporary cards are counted apart; the states count both, held cards too. Lost and retired numbers are
    void and count nowhere else.
    """

    loop: str
    defined: int
    regular: int
    temporary: int
    surplus: int
    is_even: bool
    full: int
    collecting: int
    requested: int
    accepted: int
    in_process: int
    done: int
    in_transit: int
    quarantined: int
    held: int
    lost: int
    retired: int
    events: tuple[int, ...]


def sheets(basis: Basis) -> list[SheetRow]:
    """By loop; the events are the latest of each card that takes part."""
    return [_row(basis, sheet) for sheet in balance(basis.floor)]


def _row(basis: Basis, sheet: Balance) -> SheetRow:
    live = basis.floor.cards_of(sheet.loop)
    states = Counter(card.state for card in live)
    standings = Counter(card.standing for card in basis.floor.cards.values() if card.loop == sheet.loop)
    sightings = basis.chronicle.sightings
    return SheetRow(
        loop=sheet.loop,
        defined=sheet.defined,
        regular=sheet.regular,
        temporary=sheet.temporary,
        surplus=sheet.surplus,
        is_even=sheet.is_even,
        **{state.value: states[state] for state in State},
        held=standings[Standing.HELD],
        lost=standings[Standing.LOST],
        retired=standings[Standing.RETIRED],
        events=tuple(sorted(sightings[card.id].number for card in live if card.id in sightings)),
    )
