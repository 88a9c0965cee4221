"""What a software station shows beside its lamps, as plain values: what it needs, makes, and waits for."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, Standing, State
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue, starves_before_promise
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.web import words
from kanban_hub.web.urgency import urgency

# So many of the queue stand on the page; the rest is behind the link to the queue.
CARDS_SHOWN = 8
# More arrivals than a hand can take at once are booked in one after the other.
COMING_SHOWN = 3
# From which states a card may be received, the furthest along first.
COMING = (State.IN_TRANSIT, State.DONE, State.IN_PROCESS, State.ACCEPTED, State.REQUESTED)


class Needed(Struct, frozen=True, kw_only=True):
    """What a consumer's slot stands for: how much is left here, and who brings more."""

    slot: int
    full: int
    cards: int
    quantity: Annotated[int, Meta(description="Pieces in a container.")]
    coming: Annotated[list[str], Meta(description="Cards that may arrive next, the furthest along first.")]
    lasts: Annotated[str, Meta(description="How long they last, in words; empty with none left.")]
    supplier: str


class Made(Struct, frozen=True, kw_only=True):
    """A card of the queue. `urgency` is `calm`, `soon`, `late` or `out`: shape and colour."""

    place: int
    slot: int | None
    loop: str
    card: str
    item: str
    quantity: int
    consumer: str
    state: str
    asked: Annotated[str, Meta(description="How long ago, in words.")]
    spare: Annotated[str, Meta(description="The time until the consumer starves, in words.")]
    urgency: str
    is_replacement: bool
    is_promised_late: bool


class Call(Struct, frozen=True, kw_only=True):
    """An open call that this station raised or has to answer."""

    id: str
    kind: str
    word: str
    about: str
    age: str


def needed_at(floor: Floor, station: str) -> list[Needed]:
    """The slots on the consumer's side."""
    return [
        _needed(floor, slot, loop)
        for slot, loop in sorted(floor.plant.slots_at(station).items())
        if loop.side_of(station) is Side.CONSUMER
    ]


def made_at(floor: Floor, station: str, now_ms: int) -> list[Made]:
    """The first cards of the queue, in its order."""
    slots = {loop.id: slot for slot, loop in floor.plant.slots_at(station).items()}
    entries = replenishment_queue(floor, station, now_ms)[:CARDS_SHOWN]
    return [_made(floor, place, slots, (entry, now_ms)) for place, entry in enumerate(entries, 1)]


def calls_at(floor: Floor, station: str, now_ms: int) -> list[Call]:
    """The open calls, the oldest first."""
    calls = [call for call in floor.open_calls() if station in (call.station, call.raised_by)]
    return [_call(floor, call, now_ms) for call in sorted(calls, key=lambda call: (call.raised_ms, call.id))]


def _needed(floor: Floor, slot: int, loop: KanbanLoop) -> Needed:
    full = full_containers(floor, loop)
    minutes = stock_pieces(floor, loop) / rate(floor, loop).per_hour * 60
    return Needed(
        slot=slot,
        full=full,
        cards=len(floor.cards_of(loop.id)),
        quantity=loop.container_quantity,
        coming=_coming(floor, loop),
        lasts=words.duration(minutes) if full else "",
        supplier=floor.plant.stations[loop.supplier].name,
    )


def _coming(floor: Floor, loop: KanbanLoop) -> list[str]:
    """Where the supplier says what it ships, what is on the way; elsewhere what is asked for."""
    says_so = Move.SHIP in loop.steps
    cards = [
        card
        for card in floor.cards_of(loop.id)
        if card.standing is Standing.ACTIVE
        and (card.state is State.IN_TRANSIT if says_so else card.state in COMING)
    ]
    cards.sort(key=lambda card: (COMING.index(card.state), card.waits_since_ms, card.id))
    return [card.id for card in cards[:COMING_SHOWN]]


def _made(floor: Floor, place: int, slots: dict[str, int], which: tuple[QueueEntry, int]) -> Made:
    entry, now_ms = which
    loop = floor.plant.loops[entry.card.loop]
    return Made(
        place=place,
        slot=slots.get(loop.id),
        loop=loop.id,
        card=entry.card.id,
        item=floor.plant.item_name(loop),
        quantity=entry.quantity,
        consumer=floor.plant.stations[loop.consumer].name,
        state=words.state(entry.card.state),
        asked=words.age(entry.age_s),
        spare=words.spare(entry.minutes_to_starvation),
        urgency=urgency(entry),
        is_replacement=entry.is_replacement,
        is_promised_late=starves_before_promise(floor, loop, now_ms),
    )


def _call(floor: Floor, call: AndonCall, now_ms: int) -> Call:
    loop = floor.plant.loops.get(call.loop or "")
    item = floor.plant.item_name(loop) if loop is not None else None
    topic = floor.plant.reason_name(call.topic) if call.topic else None
    return Call(
        id=call.id,
        kind=words.kind(call.kind),
        word=words.call(call),
        about=", ".join(part for part in (item, call.card, topic) if part),
        age=words.age((now_ms - call.raised_ms) / 1000),
    )
