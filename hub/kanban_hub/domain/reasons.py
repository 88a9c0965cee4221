"""The plant's own list of reasons, which people choose from instead of typing."""

from dataclasses import dataclass
from enum import StrEnum


class ReasonKind(StrEnum):
    """What a reason is given for."""

    DEFECT = "defect"  # what is wrong with a container
    CAUSE = "cause"  # what was behind a call, said when it is solved or closed
    CANNOT = "cannot"  # why a supplier cannot deliver
    HOLD = "hold"  # why a card or a loop is out of use
    HELP = "help"  # what help is wanted for


@dataclass(frozen=True)
class PlantReason:
    """`id` is what signals and events carry, so that its name may change; `name` is what people read."""

    id: str
    name: str
    kind: ReasonKind
