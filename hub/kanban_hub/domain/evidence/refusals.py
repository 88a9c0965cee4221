"""What was pressed or scanned and not done, or not believed: refused, asked for already, too fast."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.events import PulledTooFast, PullRepeated, SignalRefused
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Fact


@dataclass(frozen=True)
class RefusalRow:
    """How often it happened. `what` is `refused`, `repeated` or `too_fast`.

    `reason` is of the closed list of refusals.

    `over_production` is the reason of what was to be made or shipped without a card that asks for it.
    """

    station: str | None
    loop: str | None
    what: str
    reason: str | None
    count: int
    events: tuple[int, ...]


def refusals(basis: Basis) -> list[RefusalRow]:
    """By station, loop and reason, the most frequent first."""
    found: defaultdict[tuple[str | None, str | None, str, str | None], list[int]] = defaultdict(list)
    for fact in basis.chronicle.facts():
        kind = _kind(fact)
        if kind is not None and fact.at_ms in basis.window:
            found[fact.station, fact.event.loop, *kind].append(fact.number)
    rows = [RefusalRow(*key, len(numbers), tuple(numbers)) for key, numbers in found.items()]
    return sorted(rows, key=lambda row: (-row.count, row.station or "", row.loop or "", row.reason or ""))


def _kind(fact: Fact) -> tuple[str, str | None] | None:
    match fact.event:
        case SignalRefused():
            return "refused", fact.event.reason
        case PullRepeated():
            return "repeated", None
        case PulledTooFast():
            return "too_fast", None
    return None
