"""The formulas' inputs as they were measured; the planned ones, and said so, until there are enough."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from math import sqrt
from typing import Any

from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.sizing.course import Course
from kanban_hub.domain.sizing.figure import counted, hours
from kanban_hub.domain.sizing.inputs import Inputs

MEASURED_LEAST = 5
SAFETY = 0.2
PLANNED, MEASURED = "planned", "measured"
_MS_PER_HOUR = 3_600_000


@dataclass(frozen=True)
class Measured:
    """A figure and where it is from: `given`, `measured`, `planned` or `default`. `why` tells more."""

    value: float | None
    source: str
    why: str


def basis(course: Course, loop: KanbanLoop, given: Mapping[str, float]) -> dict[str, Measured]:
    """Every field of `Inputs`: what was given, else measured, else planned for the loop, else the default."""
    defaults = {field.name: field.default for field in fields(Inputs) if field.default is not MISSING}
    found = {name: Measured(value, "default", "") for name, value in defaults.items()}
    quantity = loop.container_quantity
    found["safety"] = Measured(SAFETY, "default", "a fifth for what varies")
    found["container_quantity"] = Measured(quantity, PLANNED, "the loop's container quantity")
    found["cards"] = Measured(loop.cards, PLANNED, "the loop's cards")
    found["order_quantity"] = Measured(quantity * loop.batch, PLANNED, f"{loop.batch} containers at once")
    found |= measured(course, loop)
    return found | {name: Measured(value, "given", "") for name, value in given.items()}


def inputs_of(basis: Mapping[str, Measured]) -> Inputs:
    """The values alone. Raises `InputError` for those that cannot be."""
    values: dict[str, Any] = {name: one.value for name, one in basis.items()}
    return Inputs(**values)


def measured(course: Course, loop: KanbanLoop) -> dict[str, Measured]:
    """The inputs of `loop` that its course tells, by the names of `Inputs`.

    Hours are those of the clock, nights included, for demand and lead time alike. The lead time is the whole
    time that a card is away, from the pull to the full container: what waits in a batch is away as well.
    """
    pulls = [want for want in course.wants if want.is_met and not want.is_undone]
    pulls_ms = [want.at_ms for want in pulls]
    leads_h = [_hours(want.back_ms - want.at_ms) for want in pulls if want.is_measured and want.back_ms]
    lead_time = _lead_time(leads_h, loop)
    return {
        "demand_per_hour": _demand(pulls_ms, loop),
        "lead_time_h": lead_time,
        "lead_time_deviation_h": _deviation(leads_h),
        "high_demand_per_hour": _high_demand(pulls_ms, lead_time.value or 0.0, loop),
        "scan_delta_h": _scan_delta([want.unheard_ms for want in pulls]),
    }


def _demand(pulls_ms: Sequence[int], loop: KanbanLoop) -> Measured:
    """Pieces between the first and the last pull, over the time between them."""
    if not _is_enough(pulls_ms):
        return Measured(loop.rate_per_hour, PLANNED, _too_few(len(pulls_ms), "pulls"))
    time_h = _hours(pulls_ms[-1] - pulls_ms[0])
    value = (len(pulls_ms) - 1) * loop.container_quantity / time_h
    return Measured(value, MEASURED, f"{len(pulls_ms)} pulls in {hours(time_h)}")


def _lead_time(leads_h: Sequence[float], loop: KanbanLoop) -> Measured:
    if len(leads_h) < MEASURED_LEAST:
        return Measured(loop.lead_time_s / 3600, PLANNED, _too_few(len(leads_h), "lead times"))
    value = sum(leads_h) / len(leads_h)
    return Measured(value, MEASURED, f"mean of {len(leads_h)}, the longest {hours(max(leads_h))}")


def _deviation(leads_h: Sequence[float]) -> Measured:
    """The standard deviation of a sample."""
    if len(leads_h) < MEASURED_LEAST:
        return Measured(None, PLANNED, _too_few(len(leads_h), "lead times"))
    mean = sum(leads_h) / len(leads_h)
    value = sqrt(sum((lead_h - mean) ** 2 for lead_h in leads_h) / (len(leads_h) - 1))
    return Measured(value, MEASURED, f"standard deviation of {len(leads_h)}")


def _high_demand(pulls_ms: Sequence[int], lead_time_h: float, loop: KanbanLoop) -> Measured:
    """Of the busiest time as long as the lead time: that is what a loop must get over."""
    window_ms = lead_time_h * _MS_PER_HOUR
    if not _is_enough(pulls_ms) or not window_ms:
        return Measured(None, PLANNED, _too_few(len(pulls_ms), "pulls"))
    most, first = 0, 0
    for last, at_ms in enumerate(pulls_ms):
        while at_ms - pulls_ms[first] >= window_ms:
            first += 1
        most = max(most, last - first + 1)
    value = most * loop.container_quantity / lead_time_h
    return Measured(value, MEASURED, f"{counted(most, 'pull')} in the busiest {hours(lead_time_h)}")


def _scan_delta(unheard_ms: Sequence[int]) -> Measured:
    """What the hub can see of the way from empty to known: from the press until it was heard."""
    if len(unheard_ms) < MEASURED_LEAST:
        return Measured(0.0, PLANNED, _too_few(len(unheard_ms), "pulls"))
    value = _hours(sum(unheard_ms) / len(unheard_ms))
    return Measured(value, MEASURED, "from the press to the hub; until the press nobody measures")


def _hours(time_ms: float) -> float:
    return time_ms / _MS_PER_HOUR


def _is_enough(pulls_ms: Sequence[int]) -> bool:
    return len(pulls_ms) >= MEASURED_LEAST and pulls_ms[-1] > pulls_ms[0]


def _too_few(count: int, what: str) -> str:
    return f"only {count} {what} so far, {MEASURED_LEAST} are needed"
