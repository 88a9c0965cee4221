"""The first steps of a hub: how far they are follows from the plant and its floor, so nothing can be lost."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.floor import Floor
from kanban_hub.language import N_, _

STATIONS_WANTED = 3


class Step(StrEnum):
    """In their order."""

    PLANT = "plant"
    STATIONS = "stations"
    ITEM = "item"
    LOOP = "loop"
    CARDS = "cards"
    PULL = "pull"


_WORDS: dict[Step, str] = {
    Step.PLANT: N_("Name the plant"),
    Step.STATIONS: N_("Three stations"),
    Step.ITEM: N_("One item"),
    Step.LOOP: N_("One loop"),
    Step.CARDS: N_("Print the cards"),
    Step.PULL: N_("The first pull"),
}


@dataclass(frozen=True)
class StepPicture:
    """`is_next` is the first that is not done: its form is open."""

    step: Step
    number: int
    word: str
    is_done: bool
    is_next: bool


def pictures(floor: Floor | None, *, has_printed: bool) -> list[StepPicture]:
    done = _done(floor, has_printed=has_printed)
    first = next((step for step in Step if step not in done), None)
    return [
        StepPicture(step, number, _(_WORDS[step]), step in done, step is first)
        for number, step in enumerate(Step, 1)
    ]


def _done(floor: Floor | None, *, has_printed: bool) -> set[Step]:
    if floor is None:
        return set()
    plant = floor.plant
    is_done = {
        Step.PLANT: True,
        Step.STATIONS: len(plant.stations) >= STATIONS_WANTED,
        Step.ITEM: bool(plant.items),
        Step.LOOP: bool(plant.loops),
        Step.CARDS: has_printed,
        Step.PULL: has_pulled(floor),
    }
    return {step for step, is_so in is_done.items() if is_so}


def has_pulled(floor: Floor) -> bool:
    """Whether a card has ever moved: all begin full, and a pull is the first that can happen to one."""
    return any(card.last is not None for card in floor.cards.values())
