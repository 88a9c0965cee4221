"""What a supplier has to deliver, as it is sent to one outside the plant: every open request, in order."""

from collections import defaultdict
from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue

AHEAD_MOST_MS = 366 * 86_400_000
"""No container is needed later than this; a rate near zero would name a year that nobody can write."""
_MS_PER_HOUR = 3_600_000


@dataclass(frozen=True)
class OpenRequest:
    """One card to serve, `place` 1 first. `needed_ms` is when the consumer runs dry without it."""

    place: int
    card: str
    item: str
    item_name: str
    supplier_item: str | None
    quantity: int
    consumer: str
    state: str
    asked_ms: int
    needed_ms: int
    promised_ms: int | None
    is_replacement: bool


@dataclass(frozen=True)
class RequestList:
    """All open requests of one supplier; a later list replaces it. `number` is the store's revision: two
    lists of one number hold the same requests.
    """

    site: str
    supplier: str
    supplier_name: str
    number: int
    as_of_ms: int
    requests: tuple[OpenRequest, ...]


def request_list(floor: Floor, supplier: str, number: int, now_ms: int) -> RequestList:
    """The list of the station `supplier`, of which the plant has to know."""
    ahead: defaultdict[str, int] = defaultdict(int)  # pieces of the loop that come before
    requests = []
    for place, entry in enumerate(replenishment_queue(floor, supplier, now_ms), 1):
        needed_ms = _needed_ms(entry, ahead[entry.card.loop], now_ms)
        requests.append(_request(floor, place, entry, needed_ms))
        ahead[entry.card.loop] += entry.quantity
    name = floor.plant.stations[supplier].name
    return RequestList(floor.plant.site, supplier, name, number, now_ms, tuple(requests))


def _needed_ms(entry: QueueEntry, ahead: int, now_ms: int) -> int:
    """The stock at the consumer and the containers before this one, at the rate of the queue."""
    lasts_ms = (entry.stock_pieces + ahead) / entry.rate.per_hour * _MS_PER_HOUR
    return now_ms + round(min(lasts_ms, AHEAD_MOST_MS))


def _request(floor: Floor, place: int, entry: QueueEntry, needed_ms: int) -> OpenRequest:
    card, loop = entry.card, floor.loop(entry.card.loop)
    return OpenRequest(
        place=place,
        card=card.id,
        item=loop.item,
        item_name=floor.plant.item_name(loop),
        supplier_item=loop.supplier_item,
        quantity=entry.quantity,
        consumer=loop.consumer,
        state=card.state,
        asked_ms=card.waits_since_ms,
        needed_ms=needed_ms,
        promised_ms=entry.promise.ready_ms if entry.promise else None,
        is_replacement=entry.is_replacement,
    )
