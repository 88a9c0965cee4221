"""New requests for suppliers outside the plant, who see no lamp: told in batches, soon and not too often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue
from kanban_hub.notices.happening import Ask, Facts, Happening, requests_of, station_name, supplier_name
from kanban_hub.notices.notice import NoticeEvent

# A press is taken back within 30 s or by a supervisor: until then nobody outside hears of it.
SETTLE_MS = 30_000
APART_MS = 180_000
LOOPS_MOST = 20


@dataclass(frozen=True)
class Told:
    """Up to which request a supplier was told, and when."""

    newest_ms: int
    at_ms: int


def requested(floor: Floor, told: Mapping[str, Told], now_ms: int) -> Iterator[tuple[str, Told, Happening]]:
    """What is due to be told now: the supplier, what it knows then, and what to say.

    The key is that of the newest request: after a restart the same is not told again.
    """
    for station in floor.plant.stations.values():
        if not station.external:
            continue
        unseen = [
            e for e in replenishment_queue(floor, station.id, now_ms) if e.card.state is State.REQUESTED
        ]
        last = told.get(station.id, Told(-1, now_ms - APART_MS))
        fresh = [entry.card.since_ms for entry in unseen if entry.card.since_ms > last.newest_ms]
        if fresh and now_ms - min(fresh) >= SETTLE_MS and now_ms - last.at_ms >= APART_MS:
            yield station.id, Told(max(fresh), now_ms), _told(floor, station.id, unseen, now_ms)


def _told(floor: Floor, station: str, unseen: list[QueueEntry], now_ms: int) -> Happening:
    by_loop: dict[str, list[QueueEntry]] = {}
    for entry in unseen:
        by_loop.setdefault(entry.card.loop, []).append(entry)
    shown = list(by_loop.items())[:LOOPS_MOST]
    asks = tuple(_ask(floor, floor.loop(loop), entries) for loop, entries in shown)
    more = len(by_loop) - len(shown)
    facts: Facts = {
        "supplier": station_name(floor, station),
        "count": len(unseen),
        "requests": requests_of(asks, more),
        "more": more,
    }
    event = NoticeEvent.REQUESTED
    newest_ms = max(entry.card.since_ms for entry in unseen)
    return Happening(event, f"{event}:{station}:{newest_ms}", now_ms, frozenset({station}), facts, asks=asks)


def _ask(floor: Floor, loop: KanbanLoop, entries: list[QueueEntry]) -> Ask:
    first, pieces = entries[0], sum(entry.quantity for entry in entries)
    lasts_h = first.stock_pieces / first.rate.per_hour
    name = supplier_name(floor, loop)
    return Ask(first.card.id, first.card.waits_since_ms, name, len(entries), pieces, lasts_h)
