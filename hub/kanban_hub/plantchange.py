"""A change of the plant as it is kept: when, in which role, by which way, and what became different."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.plantdiff import RowChange


class PlantWay(StrEnum):
    """How a plant came to the hub."""

    FILE = "file"  # kanban-hub load
    PAGE = "page"
    IMPORT = "import"
    UNDO = "undo"
    TRIAL = "trial"  # a number of cards that was tried is kept
    API = "api"


@dataclass(frozen=True)
class PlantChange:
    """`number` is the plant's revision after it. `before` is the file of the plant before, if there was one.

    `role` is whose order it was; `None`: whoever runs the hub.
    """

    number: int
    at_ms: int
    way: PlantWay
    role: str | None
    before: str | None
    difference: tuple[RowChange, ...]
