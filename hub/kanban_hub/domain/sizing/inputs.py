"""The figures that the formulas work with, checked once for all of them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.sizing.errors import InputError, InputFault, MissingInputError

# Service level in percent to service factor, as Microsoft Dynamics 365 gives them.
SERVICE_FACTORS = {90: 1.29, 95: 1.65, 99: 2.33}

# So large that no plant has it, so small that no product of three of them is infinite.
MOST = 1e9
_ABOVE_ZERO = ("container_quantity", "epei_h", "order_quantity", "variability")


@dataclass(frozen=True)
class Inputs:
    """Pieces, hours, and pieces per hour. `None` is a figure that nobody knows.

    `safety` is the share added to the demand, 0.2 for a fifth. `reporting_points` is how many places report
    a container when it is empty, and 0 where it is reported at the first withdrawal. `epei_h` is how long
    the supplier takes until every part was made once. `scan_delta_h` is from empty to scanned.
    Raises `InputError` for what is negative, infinite or no number, and for a zero that would divide.
    """

    demand_per_hour: float
    lead_time_h: float
    container_quantity: int
    cards: int = 1
    safety: float = 0.0
    high_demand_per_hour: float | None = None
    lead_time_deviation_h: float | None = None
    service_percent: int = 95
    safety_stock: float | None = None
    scan_delta_h: float = 0.0
    epei_h: float | None = None
    safety_time_h: float = 0.0
    order_quantity: float | None = None
    variability: float = 1.0
    reporting_points: int = 1
    minimum_cards: int = 0

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise InputError(faults)

    @property
    def service_factor(self) -> float:
        return SERVICE_FACTORS[self.service_percent]

    def known(self, name: str) -> float:
        """The figure `name`. Raises `MissingInputError` when nobody knows it."""
        value: float | None = getattr(self, name)
        if value is None:
            raise MissingInputError(name)
        return value

    def _faults(self) -> Iterator[InputFault]:
        for name, value in vars(self).items():
            if value is None:
                continue
            is_above_zero = name in _ABOVE_ZERO
            if not (math.isfinite(value) and 0 <= value <= MOST) or (is_above_zero and value == 0):
                must = "more than 0" if is_above_zero else "0 or more"
                yield InputFault(name, value, f"{must} and at most {MOST:.0f}")
            elif name == "service_percent" and value not in SERVICE_FACTORS:
                yield InputFault(name, value, f"one of {', '.join(map(str, SERVICE_FACTORS))}")
