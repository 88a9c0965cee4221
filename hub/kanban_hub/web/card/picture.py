"""A card as plain values: what it is, where it should be, and since when."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.labels.check import checked
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.instant import instant, instant_or_none

_PLACES: dict[State, str] = {
    State.FULL: N_("A full container stands at %(consumer)s."),
    State.COLLECTING: N_("Empty at %(consumer)s: it waits until its batch is complete."),
    State.REQUESTED: N_("Asked of %(supplier)s, not seen there yet."),
    State.ACCEPTED: N_("%(supplier)s has seen it."),
    State.IN_PROCESS: N_("It is being made at %(supplier)s."),
    State.DONE: N_("It is made, and waits at %(supplier)s for transport."),
    State.IN_TRANSIT: N_("It is on the way from %(supplier)s to %(consumer)s."),
    State.QUARANTINED: N_("The container is bad or doubted: set it apart, use and ship nothing of it."),
}
_STANDINGS: dict[Standing, str] = {
    Standing.HELD: N_("held"),
    Standing.LOST: N_("lost: void"),
    Standing.RETIRED: N_("retired: void"),
}
_SIGNS: dict[State, str] = {
    State.FULL: "calm",
    State.COLLECTING: "asked",
    State.REQUESTED: "asked",
    State.QUARANTINED: "bad",
}


@dataclass(frozen=True)
class CardPicture:
    """`look` names the shape, `sign` the colour, `word` says it. A loop that has ended has no names."""

    id: str
    printed: str
    name: str
    item: str
    look: str
    sign: str
    word: str
    where: str
    since: datetime
    since_ms: int
    age: str
    is_void: bool
    reason: str
    quantity: int
    is_whole: bool
    lot: str
    filled_at: datetime | None
    loop: str
    supplier: str
    supplier_name: str
    consumer: str
    consumer_name: str
    place: int | None
    notes: tuple[str, ...]
    suspect_of: str
    replaces: str
    call: str


def picture(floor: Floor, card: Card, now_ms: int) -> CardPicture:
    loop = floor.plant.loops.get(card.loop)
    look, sign, word = sign_of(card)
    names = _names(floor, loop)
    call = next((c for c in floor.open_calls() if c.card == card.id), None)
    return CardPicture(
        id=card.id,
        printed=checked(card.id),
        name=floor.plant.item_name(loop) if loop else card.loop,
        item=loop.item if loop else "",
        look=look,
        sign=sign,
        word=word,
        where=_where(card, names),
        since=instant(card.since_ms),
        since_ms=card.since_ms,
        age=words.age(max(0, now_ms - card.since_ms) / 1000),
        is_void=card.is_void,
        reason=floor.plant.reason_name(card.hold_reason) if card.hold_reason else "",
        quantity=loop.quantity_of(card) if loop else 0,
        is_whole=loop is not None and loop.is_signal,
        lot=card.lot or "",
        filled_at=instant_or_none(card.filled_ms),
        loop=loop.id if loop else "",
        supplier=loop.supplier if loop else "",
        supplier_name=names["supplier"],
        consumer=loop.consumer if loop else "",
        consumer_name=names["consumer"],
        place=_place(floor, loop, card, now_ms) if loop else None,
        notes=tuple(_notes(card, now_ms)),
        suspect_of=card.suspect_of or "",
        replaces=card.replaces or "",
        call=call.id if call else "",
    )


def sign_of(card: Card) -> tuple[str, str, str]:
    """Shape, colour and word of where a card stands."""
    if card.is_void:
        return "quarantined", "bad", _(_STANDINGS[card.standing])
    if card.standing is Standing.HELD and card.state is not State.QUARANTINED:
        return "held", "quiet", _("held, %(state)s") % {"state": words.state(card.state)}
    return card.state.value, _SIGNS.get(card.state, "work"), words.state(card.state)


def _where(card: Card, names: dict[str, str]) -> str:
    if card.is_void:
        return _("Its number is void for ever: do not use this card, throw it away.")
    return _(_PLACES[card.state]) % names


def _names(floor: Floor, loop: KanbanLoop | None) -> dict[str, str]:
    if loop is None:
        return {"supplier": "", "consumer": ""}
    stations = floor.plant.stations
    return {"supplier": stations[loop.supplier].name, "consumer": stations[loop.consumer].name}


def _place(floor: Floor, loop: KanbanLoop, card: Card, now_ms: int) -> int | None:
    """Its place in the queue of its supplier."""
    queue = replenishment_queue(floor, loop.supplier, now_ms)
    return next((place for place, entry in enumerate(queue, 1) if entry.card.id == card.id), None)


def _notes(card: Card, now_ms: int) -> list[str]:
    said = []
    if card.is_obsolete:
        said.append(_("What is printed on it no longer holds: it is exchanged at its next pull."))
    if card.is_temporary and card.replaces is None:
        said.append(_("A one-time card: it ends by itself."))
    if card.ends_when_pulled(now_ms):
        said.append(_("It ends when it is next emptied: put it aside then."))
    return said
