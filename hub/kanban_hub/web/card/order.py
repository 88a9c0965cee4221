"""From a form of a card's page to the order that it comes to."""

from collections.abc import Mapping
from uuid import uuid4

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.moves import Move
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.scanning import Intent
from kanban_hub.language import _
from kanban_hub.orders import CountCard, MoveCard, Order, Scan, Supply, TakeBack
from kanban_hub.web.card.deeds import Deed

REASON_MOST = 200
Fields = Mapping[str, str]
_SCANS = {"pull": Intent.NEXT, "receive": Intent.RECEIVE, "fail": Intent.FAIL}
_MOVES = ("accept", "start", "finish", "ship")


class WrongEntryError(Exception):
    """What was typed in cannot be; the text says what to type instead."""


def order_of(deed: Deed | None, card: Card, fields: Fields) -> Order:
    """What `deed` orders. Raises a `WrongEntryError`, or a `DomainError` when the card has gone on."""
    if deed is None:
        raise WrongEntryError(_("Nothing was done: the card has gone on, or you may not do that."))
    if fields.get("since") != str(card.since_ms):
        raise DomainError(Reason.BUILT_ON, f"{card.id} has gone on since the page was made", card.id)
    if deed.name in _SCANS:
        said = Defect(defect=text_of(fields, "defect"), lot=lot_of(fields), note=None)
        is_fail = deed.name == "fail"
        return Scan(deed.station, card.id, card.since_ms, _SCANS[deed.name], said if is_fail else Defect())
    if deed.name in _MOVES:
        kept = contents_of(fields) if deed.name == "ship" else None
        return Supply(card.id, Move(deed.name), kept, str(uuid4()))
    if deed.name == "count":
        return CountCard(card.id, contents_of(fields))
    if deed.name == "undo" and deed.station and card.last is not None:
        return TakeBack(deed.station, card.last.signal or "")
    return MoveCard(card.id, deed.name, _reason(deed, fields))


def contents_of(fields: Fields) -> Contents:
    """Quantity and lot as they were typed; an empty field says nothing."""
    return Contents(quantity_of(fields), lot_of(fields))


def quantity_of(fields: Fields) -> int | None:
    text = fields.get("quantity", "").strip()
    if not text:
        return None
    if (
        not (text.isascii() and text.isdigit())
        or len(text) > len(str(QUANTITY_MOST))
        or int(text) > QUANTITY_MOST
    ):
        raise WrongEntryError(
            _("The quantity is a number of pieces, 0 to %(most)s.") % {"most": QUANTITY_MOST}
        )
    return int(text)


def lot_of(fields: Fields) -> str | None:
    lot = " ".join(fields.get("lot", "").split())
    if len(lot) > LOT_MOST or not lot.isprintable():
        raise WrongEntryError(_("A lot has at most %(most)s letters and digits.") % {"most": LOT_MOST})
    return lot or None


def text_of(fields: Fields, name: str) -> str | None:
    """A reason: one of the plant's list, or in somebody's own words."""
    text = " ".join((fields.get(f"{name}_own", "") or fields.get(name, "")).split())
    if len(text) > REASON_MOST or not text.isprintable():
        raise WrongEntryError(_("Say it in at most %(most)s letters.") % {"most": REASON_MOST})
    return text or None


def _reason(deed: Deed, fields: Fields) -> str | None:
    reason = text_of(fields, "reason")
    if deed.name == "hold" and reason is None:
        raise WrongEntryError(_("Say why it is kept out of use: choose a reason or write one."))
    return reason
