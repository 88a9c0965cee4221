"""How a supplier has done lately, by the same figures as the plant reads."""

from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.evidence.leadtimes import lead_times
from kanban_hub.domain.evidence.promises import on_time
from kanban_hub.domain.evidence.window import Window
from kanban_hub.web import words
from kanban_hub.web.numerals import percent
from kanban_hub.web.parts import WebParts

DAYS = 30


@dataclass(frozen=True)
class Performance:
    """Of the last `DAYS` days. `on_time` and `share` are empty where there is nothing to measure yet."""

    days: int
    on_time: str
    kept: int
    due: int
    received: int
    median: str
    share: str


def performance(parts: WebParts, station: str, now_ms: int) -> Performance | None:
    """`None` while no promise is due and nothing was received."""
    window = Window(now_ms - DAYS * DAY_MS, now_ms + 1)
    made, _known_from = parts.evidence.made(lambda basis: _performance(basis, station), window, now_ms)
    return made


def _performance(basis: Basis, station: str) -> Performance | None:
    kept = next((row for row in on_time(basis) if (row.supplier, row.loop) == (station, None)), None)
    shares = {row.share: row for row in lead_times(basis) if (row.supplier, row.loop) == (station, None)}
    lead, own = shares.get("lead"), shares.get("supplier")
    if (kept is None or kept.on_time is None) and (lead is None or not lead.count):
        return None
    has_own = lead is not None and own is not None and lead.mean_s and own.mean_s is not None
    return Performance(
        days=DAYS,
        on_time=percent(kept.on_time) if kept is not None and kept.on_time is not None else "",
        kept=kept.kept if kept is not None else 0,
        due=kept.kept + kept.late if kept is not None else 0,
        received=lead.count if lead is not None else 0,
        median=words.measured(lead.median_s) if lead is not None and lead.median_s is not None else "",
        share=percent(own.mean_s / lead.mean_s) if has_own else "",  # type: ignore[union-attr,operator]  # has_own
    )
