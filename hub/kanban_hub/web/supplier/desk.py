"""What a supplier sees: its own parts and nothing of anybody else's."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from kanban_hub.domain.andon import AndonCall, CallKind
from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.records.promise import Promise
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue, starves_before_promise
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.supplier import urgency

_WORDS = {State.REQUESTED: N_("not seen yet"), State.ACCEPTED: N_("seen")}


@dataclass(frozen=True)
class AskedCard:
    """A container to deliver. `asked_ms` tells this round of the card from any other."""

    id: str
    asked_ms: int
    quantity: int
    lot: str
    age: str
    word: str
    note: str
    is_unseen: bool
    is_whole: bool


@dataclass(frozen=True)
class SentCard:
    id: str
    quantity: int
    lot: str
    age: str


@dataclass(frozen=True)
class Part:
    """One item that the supplier delivers, under its own number."""

    loop: str
    number: str
    name: str
    plant_number: str
    need: urgency.Need | None
    asked: tuple[AskedCard, ...]
    sent: tuple[SentCard, ...]
    collecting: str
    promise: datetime | None
    is_late: bool
    trouble: str

    @property
    def unseen(self) -> int:
        return sum(card.is_unseen for card in self.asked)


class Desk:
    """Looks at a floor for one supplier at one moment; it can name only what that supplier delivers."""

    def __init__(self, floor: Floor, station: str, now_ms: int, zone: tzinfo) -> None:
        self.floor = floor
        self.now_ms = now_ms
        self.zone = zone
        self._station = station
        self.loops = {loop.id: loop for loop in floor.plant.loops.values() if loop.supplier == station}

    def card(self, card: str) -> Card | None:
        """The card of exactly this number, if it is one of this supplier's that is not void."""
        known = self.floor.cards.get(card)
        return known if known and known.loop in self.loops and not known.is_void else None

    def promise(self, loop: str) -> Promise | None:
        known = self.floor.record(Promise, loop)
        return known if known is not None and known.is_open else None

    def trouble(self, loop: str) -> AndonCall | None:
        """The open call that the supplier raised because it cannot deliver."""
        calls = (c for c in self.floor.open_calls(self._station) if c.kind is CallKind.MATERIAL)
        return next((call for call in calls if call.loop == loop), None)

    def parts(self) -> tuple[Part, ...]:
        """The most urgent first; those of which nothing is asked last."""
        queue = replenishment_queue(self.floor, self._station, self.now_ms)
        order = dict.fromkeys([*(entry.card.loop for entry in queue), *self.loops])
        return tuple(
            self._part(self.loops[loop], [e for e in queue if e.card.loop == loop]) for loop in order
        )

    def asked(self, loop: str) -> list[Card]:
        """The containers of a loop that are to be delivered, in the order of the queue."""
        queue = replenishment_queue(self.floor, self._station, self.now_ms)
        return [entry.card for entry in queue if entry.card.loop == loop]

    def clock(self, at_ms: int) -> str:
        """A time by the plant's clock, as every language reads it."""
        return f"{datetime.fromtimestamp(at_ms / 1000, self.zone):%Y-%m-%d %H:%M} ({self.zone})"

    def quantity(self, card: Card) -> int:
        """Pieces in the container, or of the lot that a signal card asks for."""
        loop = self.loops[card.loop]
        return loop.lot_quantity if loop.is_signal else card.quantity or loop.container_quantity

    def age(self, since_ms: int) -> str:
        return words.age(max(0, self.now_ms - since_ms) / 1000)

    def number(self, loop: KanbanLoop) -> str:
        return loop.supplier_item or loop.item

    def _part(self, loop: KanbanLoop, asked: list[QueueEntry]) -> Part:
        cards = self.floor.cards_of(loop.id)
        promise, trouble = self.promise(loop.id), self.trouble(loop.id)
        collected = sum(card.state is State.COLLECTING for card in cards)
        return Part(
            loop=loop.id,
            number=self.number(loop),
            name=self.floor.plant.item_name(loop),
            plant_number=loop.item,
            need=urgency.need(asked[0]) if asked else None,
            asked=tuple(self._asked(entry.card) for entry in asked),
            sent=tuple(self._sent(card) for card in cards if card.state is State.IN_TRANSIT),
            collecting=_collected(collected, loop.batch),
            promise=instant(promise.ready_ms) if promise else None,
            is_late=starves_before_promise(self.floor, loop, self.now_ms),
            trouble=self._reason(trouble) if trouble else "",
        )

    def _reason(self, trouble: AndonCall) -> str:
        return self.floor.plant.reason_name(trouble.topic) if trouble.topic else _("no reason given")

    def _asked(self, card: Card) -> AskedCard:
        return AskedCard(
            id=card.id,
            asked_ms=card.waits_since_ms,
            quantity=self.quantity(card),
            lot="",
            age=self.age(card.waits_since_ms),
            word=_(_WORDS[card.state]) if card.state in _WORDS else words.state(card.state),
            note=_note(card),
            is_unseen=card.state is State.REQUESTED,
            is_whole=self.loops[card.loop].is_signal,
        )

    def _sent(self, card: Card) -> SentCard:
        return SentCard(card.id, self.quantity(card), card.lot or "", self.age(card.since_ms))


def _note(card: Card) -> str:
    if card.replaces is not None:
        return _("replaces a bad container: first")
    last = card.last.move if card.last else None
    if last is Move.RETURN:
        return _("sent back to you: deliver a good one")
    return _("rework it") if last is Move.REWORK else ""


def _collected(count: int, batch: int) -> str:
    return _("%(count)s of %(batch)s collected") % {"count": count, "batch": batch} if count else ""
