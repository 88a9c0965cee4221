"""What the last thirty days say of loops: made from the events, and kept for some seconds."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from flask import current_app

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.evidence.flow import full_over_time
from kanban_hub.domain.evidence.leadtimes import round_rows
from kanban_hub.domain.evidence.spread import quantile
from kanban_hub.domain.evidence.window import Window
from kanban_hub.web.chart.histogram import MEDIAN, MOSTLY
from kanban_hub.web.kept import FOR_S
from kanban_hub.web.parts import WebParts

if TYPE_CHECKING:
    from kanban_hub.web.kept import Kept

# Of thirty days and all loops: with as many events as are kept it takes seconds to make.
OF_ALL_FOR_S = 30.0
DAYS = 30
FLOW_DAYS = 7
LOOKS = 43  # one every four hours

Made = TypeVar("Made")


@dataclass(frozen=True)
class Leads:
    """The lead times of a loop in seconds: all of them, the one within which half lie, and 85 %."""

    all_s: tuple[float, ...]
    half_s: float
    mostly_s: float


def seen(parts: WebParts, key: Hashable, make: Callable[[Basis], Made], for_s: float = FOR_S) -> Made:
    """What `make` makes of the events of the last `DAYS`, `for_s` long; equal `key`, equal `make`."""
    kept: Kept = current_app.extensions["kept"]
    now_ms = parts.clock.now_ms()
    window = Window(now_ms - DAYS * DAY_MS, now_ms + 1)
    return kept.get(key, parts.presence.now_s(), lambda: parts.evidence.made(make, window, now_ms)[0], for_s)


def leads(basis: Basis) -> dict[str, Leads]:
    """By loop; one of which nothing was received has none."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for row in round_rows(basis):
        found[row.loop].append(row.lead_s)
    return {loop: _leads(sorted(times)) for loop, times in found.items()}


def all_leads(parts: WebParts) -> dict[str, Leads]:
    """Those of all loops, kept for all who look at some."""
    return seen(parts, "leads", leads, OF_ALL_FOR_S)


def all_full(parts: WebParts) -> dict[str, list[int]]:
    """By loop, how many full containers there were in the last days."""
    return seen(parts, "full", _full, OF_ALL_FOR_S)


def latest(basis: Basis) -> Basis:
    """So much of it that the single cards can be made out."""
    from_ms = max(basis.window.from_ms, basis.window.to_ms - FLOW_DAYS * DAY_MS)
    return replace(basis, window=Window(from_ms, basis.window.to_ms))


def _full(basis: Basis) -> dict[str, list[int]]:
    return full_over_time(latest(basis), LOOKS)


def _leads(ordered: list[float]) -> Leads:
    return Leads(tuple(ordered), quantile(ordered, MEDIAN), quantile(ordered, MOSTLY))
