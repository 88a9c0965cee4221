"""One card: printed again, which voids nothing, or reissued, which voids its number for ever."""

from dataclasses import dataclass, replace

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import CardIssued, CardStood
from kanban_hub.orders import MoveCard
from kanban_hub.paper.sheet import sheets
from kanban_hub.ports import EventFilter, View
from kanban_hub.web.frame import Page
from kanban_hub.web.paper import labelprinters, wish
from kanban_hub.web.paper.chosen import drawn, faces
from kanban_hub.web.paper.files import sheet_page, with_query
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found

REASON_MOST = 80
_NEVER = 2**53
"""No event has so high a number: what is before it is all there is, the newest first."""


@dataclass(frozen=True)
class Kin:
    """The card whose place this one took, and the one that took its place."""

    before: str | None = None
    after: str | None = None


def page(parts: WebParts, card: str) -> Response:
    with parts.floor() as (floor, _revision):
        known = floor.cards.get(card)
        if known is None or known.loop not in floor.plant.loops:
            raise not_found(f"no card {card[:80]!r} to print")
        name = floor.plant.item_name(floor.loop(known.loop))
        asked = wish.wish_of(request.args, request.host_url, card)
        found = [] if known.is_void else faces(floor, asked)
    made = sheets(drawn(found, asked).drawings, replace(asked.how, copies=1))
    with parts.store.view() as view:
        kin = kin_of(view, known)
    pairs = [("card", card), *wish.pairs(asked)]
    content = {
        "card": known,
        "name": name,
        "kin": kin,
        "is_quarantined": known.failed_from is not None,
        "may_reissue": parts.caller.may(MoveCard) and not known.is_void,
        "reason_most": REASON_MOST,
        "pdf": with_query("/print/cards.pdf", pairs),
        "more": with_query("/print/cards", [("loop", known.loop), *pairs]),
        "is_local": wish.is_for_this_machine_only(asked.address),
        **labelprinters.shown(parts, pairs, ""),
    }
    return sheet_page(parts, "paper/card.html", made, content)


def reissue(parts: WebParts, card: str) -> AnyResponse:
    """Void the number and go to the page of the one that takes its place."""
    reason = request.form.get("reason", "").strip()[:REASON_MOST]
    parts.ask(MoveCard(card, "reissue", reason or None))
    with parts.floor() as (floor, _revision), parts.store.view() as view:
        kin = kin_of(view, floor.card(card))
    return redirect(f"/print/cards/{kin.after or card}", 303)


def kin_of(view: View, card: Card) -> Kin:
    """Read off the events: a card knows neither."""
    first = next(iter(view.events(EventFilter(card=card.id, limit=1))), None)
    issued = first.event if first is not None else None
    before = issued.succeeds if isinstance(issued, CardIssued) else None
    return Kin(before, _successor(view, card) if card.is_void else None)


def _successor(view: View, card: Card) -> str | None:
    """It was issued in the commit that voided the card, which is the last change of its standing."""
    voided = view.events(EventFilter(card=card.id, kind=CardStood.kind, before=_NEVER, limit=1))
    if not voided:
        return None
    issued = EventFilter(after=voided[0].number, loop=card.loop, kind=CardIssued.kind, limit=1)
    events = [recorded.event for recorded in view.events(issued)]
    return next((e.card for e in events if isinstance(e, CardIssued) and e.succeeds == card.id), None)


PAGES = (
    Page("GET /print/cards/{card}", page, is_reading=True),
    Page("POST /print/cards/{card}/reissue", reissue, (MoveCard,)),
)
