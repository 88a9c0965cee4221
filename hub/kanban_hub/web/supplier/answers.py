"""A supplier's answer becomes an order. Said twice it is done once; about a request gone by, not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.moves import OPEN, Move, State
from kanban_hub.domain.promising import AHEAD_MOST_S
from kanban_hub.language import _
from kanban_hub.orders import Cannot, MakePromise, Order, See, Supply
from kanban_hub.suppliers.signing import Answer
from kanban_hub.web import words
from kanban_hub.web.supplier.desk import Desk
from kanban_hub.web.supplier.errors import PastError, WrongEntryError

REASON_MOST = 200
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Deed:
    """The orders that an answer comes to, and what is said when they are carried out."""

    orders: tuple[Order, ...]
    said: str


def deed(desk: Desk, answer: Answer, request: tuple[str, int], fields: Fields) -> Deed:
    """What `answer` comes to, about a card and since when it is asked for. No orders when it is so already.

    Raises `PastError` and `WrongEntryError`.
    """
    card = _asked_card(desk, answer, request)
    if isinstance(card, Deed):
        return card
    return _ANSWERS[answer](desk, card, fields)


def _asked_card(desk: Desk, answer: Answer, request: tuple[str, int]) -> Card | Deed:
    """The card as it was asked for; when it is shipped since, that is what is said."""
    card_id, asked_ms = request
    card = desk.card(card_id)
    if card is None:
        raise PastError(_("There is no such card of yours any more."))
    if card.waits_since_ms == asked_ms and card.state in OPEN:
        return card
    if card.waits_since_ms == asked_ms and card.state is State.IN_TRANSIT and answer is Answer.SHIP:
        return Deed((), _("%(card)s is shipped already.") % {"card": card.id})
    told = {"card": card.id, "state": words.state(card.state)}
    raise PastError(_("Nothing was done: %(card)s is no longer asked for, it is %(state)s.") % told)


def _seen(desk: Desk, card: Card, _fields: Fields) -> Deed:
    number = desk.number(desk.loops[card.loop])
    if card.state is not State.REQUESTED:
        return Deed((), _("%(number)s was seen already.") % {"number": number})
    return Deed(
        (See(card.loop),), _("%(number)s: the plant knows now that you have seen it.") % {"number": number}
    )


def _ready(desk: Desk, card: Card, fields: Fields) -> Deed:
    """Who says when has also seen it."""
    ready_ms = _ready_ms(fields.get("ready", ""), _zone(fields, desk.zone))
    if not 0 <= ready_ms - desk.now_ms <= AHEAD_MOST_S * 1000:
        raise WrongEntryError(_("Promise a time ahead, at most a year."))
    number, known = desk.number(desk.loops[card.loop]), desk.promise(card.loop)
    said = _("%(number)s: the plant knows now that it is ready at %(time)s.") % {
        "number": number,
        "time": desk.clock(ready_ms),
    }
    if known is not None and known.ready_ms == ready_ms:
        return Deed((), said)
    seen = (See(card.loop),) if card.state is State.REQUESTED else ()
    return Deed((MakePromise(card.loop, ready_ms, _reason(fields)), *seen), said)


def _cannot(desk: Desk, card: Card, fields: Fields) -> Deed:
    number = desk.number(desk.loops[card.loop])
    if desk.trouble(card.loop) is not None:
        return Deed(
            (), _("%(number)s: the plant knows already that you cannot deliver.") % {"number": number}
        )
    said = _(
        "%(number)s: the plant is told that you cannot deliver. Somebody there has a call on it now."
    ) % {"number": number}
    return Deed((Cannot(card.loop, _reason(fields)),), said)


def _ship(desk: Desk, card: Card, fields: Fields) -> Deed:
    contents = Contents(_quantity(fields.get("quantity", "")), _lot(fields.get("lot", "")))
    quantity, whole = contents.quantity or desk.quantity(card), desk.quantity(card)
    if desk.loops[card.loop].is_signal and quantity != whole:
        told = {"card": card.id, "pieces": whole}
        raise WrongEntryError(_("%(card)s asks for %(pieces)s pieces, all at once.") % told)
    shipped = {"card": card.id, "quantity": quantity, "lot": contents.lot}
    said = _("%(card)s is on the way: %(quantity)s pieces.") % shipped
    if contents.lot:
        said = _("%(card)s is on the way: %(quantity)s pieces, lot %(lot)s.") % shipped
    return Deed((Supply(card.id, Move.SHIP, contents),), said)


_ANSWERS: dict[Answer, Callable[[Desk, Card, Fields], Deed]] = {
    Answer.SEEN: _seen,
    Answer.READY: _ready,
    Answer.CANNOT: _cannot,
    Answer.SHIP: _ship,
}


def _ready_ms(text: str, zone: tzinfo) -> int:
    """Date and time as browsers write them in a field for both, by the clock of `zone`."""
    try:
        found = datetime.fromisoformat(text.strip())
        return int(found.replace(tzinfo=zone).timestamp() * 1000)
    except (ValueError, OverflowError):
        raise WrongEntryError(_("Say date and time when it is ready, such as 2027-03-01T14:20.")) from None


def _zone(fields: Fields, plants: tzinfo) -> tzinfo:
    """The supplier's own zone, where its browser has told one."""
    try:
        return ZoneInfo(fields["zone"]) if fields.get("zone") else plants
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return plants


def _quantity(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text) <= QUANTITY_MOST:
        raise WrongEntryError(
            _("The quantity is a number of pieces, 1 to %(most)s.") % {"most": QUANTITY_MOST}
        )
    return int(text)


def _lot(text: str) -> str | None:
    lot = " ".join(text.split())
    if len(lot) > LOT_MOST or not lot.isprintable():
        raise WrongEntryError(_("A lot has at most %(most)s letters and digits.") % {"most": LOT_MOST})
    return lot or None


def _reason(fields: Fields) -> str | None:
    reason = " ".join(fields.get("reason", "").split())
    if len(reason) > REASON_MOST or not reason.isprintable():
        raise WrongEntryError(_("Say the reason in at most %(most)s letters.") % {"most": REASON_MOST})
    return reason or None
