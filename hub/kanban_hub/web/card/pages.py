"""The card's page, where the code on a card leads: made for the phone of whoever has it in the hand."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.events import CardIssued
from kanban_hub.domain.reasons import ReasonKind
from kanban_hub.language import _
from kanban_hub.orders import CountCard, MoveCard, Scan, Supply, TakeBack
from kanban_hub.ports import EventFilter
from kanban_hub.web.card.code import Nothing, card_in, unknown
from kanban_hub.web.card.deeds import TEXTS, deeds
from kanban_hub.web.card.order import WrongEntryError, order_of
from kanban_hub.web.card.picture import picture
from kanban_hub.web.frame import Page, refused_text, shown
from kanban_hub.web.history.picture import told
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts

HISTORY = 20
_BEFORE_ALL = 2**53
_ISSUED_MOST = 1_000


def card(parts: WebParts, card: str) -> AnyResponse:
    return _page(parts, card)


def code(parts: WebParts, code: str) -> AnyResponse:
    """What a code on a card opens; a card has one address, whatever form of its number was read."""
    found = card_in(code)
    if isinstance(found, Nothing):
        return _nothing(parts, found)
    return redirect(f"/cards/{found}", 302)


def act(parts: WebParts, card: str) -> AnyResponse:
    """Do what a button of the page says. What was typed stays when it cannot be."""
    name = request.form.get("do", "")
    try:
        with parts.floor() as (floor, _revision):
            known = floor.card(card)
            possible = deeds(floor, known, parts.caller, parts.clock.now_ms())
        parts.ask(order_of(possible.named(name), known, request.form))
    except (WrongEntryError, DomainError) as error:
        text = refused_text(error) if isinstance(error, DomainError) else str(error)
        status = 409 if isinstance(error, DomainError) else 400
        return _page(parts, card, {"sorry": text, "given": request.form, "open": name}, status)
    return redirect(f"/cards/{card}?done={name}", 303)


ACTS = (Scan, Supply, MoveCard, CountCard, TakeBack)
PAGES = (
    Page("GET /cards/{card}", card, is_reading=True),
    Page("POST /cards/{card}", act, ACTS),
    Page("GET /c/{code}", code, is_reading=True),
    # As the code on a card says it: in upper case a QR code stays small.
    Page("GET /C/{code}", code, is_reading=True),
)


def _page(
    parts: WebParts, card: str, more: Mapping[str, Any] | None = None, status: int = 200
) -> AnyResponse:
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _revision):
        known = floor.cards.get(card)
        if known is None:
            return _nothing(parts, unknown(floor, card))
        content = {
            "card": picture(floor, known, now_ms),
            "deeds": deeds(floor, known, parts.caller, now_ms),
            "reasons": {
                kind.value: floor.plant.reasons_for(kind) for kind in (ReasonKind.DEFECT, ReasonKind.HOLD)
            },
        }
        plant = floor.plant
    with parts.store.view() as view:
        found = view.events(EventFilter(card=card, before=_BEFORE_ALL, limit=HISTORY + 1))
        content["successor"] = _successor(view.events, known)
    content |= {
        "rows": [told(recorded, plant) for recorded in found[:HISTORY]],
        "has_more": len(found) > HISTORY,
        "done": _(TEXTS[request.args["done"]][1]) if request.args.get("done") in TEXTS else "",
        "given": {},
        **(more or {}),
    }
    if more is not None:
        return shown(parts, "card/card.html", {"is_part": False, **content}, status)
    return live(parts, "card/card.html", content)


def _nothing(parts: WebParts, nothing: Nothing) -> Response:
    return shown(parts, "card/unknown.html", {"nothing": nothing}, 404)


def _successor(events: Any, card: Card) -> str:
    """The number that took the place of a void one."""
    if not card.is_void:
        return ""
    issued = events(EventFilter(loop=card.loop, kind=CardIssued.kind, before=_BEFORE_ALL, limit=_ISSUED_MOST))
    return next((e.event.card for e in issued if e.event.succeeds == card.id), "")
