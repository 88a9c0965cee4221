"""How long a container takes from being asked for to being here, and whose share of it is how long."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.rounds import Round, rounds
from kanban_hub.domain.evidence.spread import spread
from kanban_hub.domain.evidence.step import Step


@dataclass(frozen=True)
class RoundRow:
    """One container received. The shares are `None` where nobody marked what would part them."""

    loop: str
    card: str
    supplier: str
    consumer: str
    asked_at_ms: int
    requested_at_ms: int
    seen_at_ms: int | None
    made_at_ms: int | None
    shipped_at_ms: int | None
    received_at_ms: int
    lead_s: float
    collecting_s: float
    seeing_s: float | None
    making_s: float | None
    supplier_s: float | None
    transport_s: float | None
    events: tuple[int, ...]


@dataclass(frozen=True)
class LeadTimeRow:
    """One share of the lead time of a loop, or of all loops of a supplier (`loop` is `None`)."""

    supplier: str
    loop: str | None
    share: str
    count: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    events: tuple[int, ...]


SHARES = ("lead", "collecting", "seeing", "making", "supplier", "transport")


def round_rows(basis: Basis) -> list[RoundRow]:
    """Every container received in the window, in the order in which they came."""
    whole = [
        one
        for one in rounds(basis)
        if one.asked and one.requested and one.received and one.received.at_ms in basis.window
    ]
    rows = [_row(basis, one, one.asked, one.received) for one in whole if one.asked and one.received]
    return sorted(rows, key=lambda row: (row.received_at_ms, row.card))


def lead_times(basis: Basis) -> list[LeadTimeRow]:
    """The shares of each loop, and of each supplier over all its loops."""
    groups: defaultdict[tuple[str, str | None], list[RoundRow]] = defaultdict(list)
    for row in round_rows(basis):
        groups[row.supplier, None].append(row)
        groups[row.supplier, row.loop].append(row)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], group[0][1] or ""))
    return [_total(*key, share, rows) for key, rows in ordered for share in SHARES]


def _row(basis: Basis, one: Round, asked: Step, received: Step) -> RoundRow:
    loop = basis.floor.plant.loops[one.loop]
    requested, made = one.requested or asked, one.made
    # A mark that says two things at once parts nothing: shipped unseen is neither seeing nor making.
    seen = one.seen if one.seen is not made else None
    return RoundRow(
        loop=loop.id,
        card=one.card,
        supplier=loop.supplier,
        consumer=loop.consumer,
        asked_at_ms=asked.at_ms,
        requested_at_ms=requested.at_ms,
        seen_at_ms=_at_ms(one.seen),
        made_at_ms=_at_ms(made),
        shipped_at_ms=_at_ms(one.shipped),
        received_at_ms=received.at_ms,
        lead_s=_between_s(asked, received) or 0.0,
        collecting_s=_between_s(asked, requested) or 0.0,
        seeing_s=_between_s(requested, seen),
        making_s=_between_s(seen, made),
        supplier_s=_between_s(requested, made),
        transport_s=_between_s(made, received),
        events=one.events(),
    )


def _total(supplier: str, loop: str | None, share: str, rows: Iterable[RoundRow]) -> LeadTimeRow:
    marked = [(value, row) for row in rows if (value := getattr(row, f"{share}_s")) is not None]
    found = spread([value for value, _ in marked])
    events = tuple(sorted({number for _, row in marked for number in row.events}))
    return LeadTimeRow(supplier, loop, share, found.count, found.mean_s, found.median_s, found.p90_s, events)


def _at_ms(step: Step | None) -> int | None:
    return step.at_ms if step else None


def _between_s(first: Step | None, last: Step | None) -> float | None:
    if first is None or last is None:
        return None
    return (last.at_ms - first.at_ms) / 1000
