"""Counting the cards: scan into the page whatever is found, and see what is missing and where it was last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain import auditing
from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.records.audit import Audit
from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.reading import read
from kanban_hub.language import N_, _
from kanban_hub.orders import BeginAudit, EndAudit, MoveCard, SightCard
from kanban_hub.web.filled import Filled
from kanban_hub.web.frame import Page, Sorry, shown, told
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.loop.overview import look, look_word
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found

SAID = {
    "found": N_("%(card)s is found."),
    "lost": N_("%(card)s is lost for ever. Its successor is %(new)s: print it and put it in its place."),
    "gone": N_("%(card)s is lost for ever. The loop is to have fewer cards, so it has no successor."),
    "ended": N_("The count has ended. Nothing is lost by it: say of each missing card whether it is."),
}
FOUND_SHOWN = 12


@dataclass(frozen=True)
class AuditRow:
    id: str
    name: str  # of what is counted; empty when it is all cards
    begun: datetime
    ended: datetime | None
    found: int
    missing: int


@dataclass(frozen=True)
class MissingRow:
    """A card that should be there, with its last sign of life."""

    id: str
    look: str
    word: str
    station: str
    seen: datetime


def audits(parts: WebParts) -> Response:
    with parts.floor() as (floor, _revision):
        known = floor.records_of(Audit, only_open=False)
        rows = [_row(floor, one) for one in sorted(known, key=lambda one: -one.begun_ms)]
    return shown(parts, "loop/audits.html", {"rows": rows, "may": parts.caller.may(BeginAudit)})


def begin(parts: WebParts) -> AnyResponse:
    loop = request.form.get("loop") or None
    parts.ask(BeginAudit(loop))
    with parts.floor() as (floor, _revision):
        begun = [one.id for one in floor.records_of(Audit) if one.loop == loop]
    return redirect(f"/audits/{begun[-1]}", 303)


def audit(parts: WebParts, audit: str) -> Response:
    return _shown(parts, audit)


def sight(parts: WebParts, audit: str) -> AnyResponse:
    """A scanner types the code and ends it with the key that sends the form."""
    filled = Filled(request.form)
    try:
        card = read(filled.typed("code")).card
    except LabelError:
        card = None
    if card is None:
        # The field is empty again, or the next scan would be typed after this one.
        filled.faults["code"] = _("This code names no card: %(code)s") % {"code": filled.typed("code")[:40]}
        return _shown(parts, audit, filled)
    place = filled.short_text("place") if filled.typed("place") else None
    if not filled.is_good:
        return _shown(parts, audit, filled)
    try:
        parts.ask(SightCard(audit, card, place))
    except DomainError as error:
        return _shown(parts, audit, filled, error)
    return redirect(f"/audits/{audit}?said=found&card={card}", 303)


def end(parts: WebParts, audit: str) -> AnyResponse:
    parts.ask(EndAudit(audit))
    return redirect(f"/audits/{audit}?said=ended", 303)


def lose(parts: WebParts, audit: str) -> AnyResponse:
    card = request.form.get("card", "")
    with parts.floor() as (floor, _revision):
        loop = floor.card(card).loop
        before = {one.id for one in floor.cards_of(loop)}
    parts.ask(MoveCard(card, "lose"))
    with parts.floor() as (floor, _revision):
        new = [one.id for one in floor.cards_of(loop) if one.id not in before]
    said = f"lost&new={new[0]}" if new else "gone"
    return redirect(f"/audits/{audit}?card={card}&said={said}", 303)


PAGES = (
    Page("GET /audits", audits, is_reading=True),
    Page("POST /audits", begin, (BeginAudit,)),
    Page("GET /audits/{audit}", audit, is_reading=True),
    Page("POST /audits/{audit}/sight", sight, (SightCard,)),
    Page("POST /audits/{audit}/end", end, (EndAudit,)),
    Page("POST /audits/{audit}/lose", lose, (MoveCard,)),
)


def _shown(
    parts: WebParts, audit: str, filled: Filled | None = None, error: Exception | None = None
) -> Response:
    with parts.floor() as (floor, _revision):
        known = floor.record(Audit, audit)
        if known is None:
            raise not_found(_("there is no such count"))
        content: dict[str, Any] = {
            "row": _row(floor, known),
            "loop_id": known.loop,
            "found": list(reversed(known.found))[:FOUND_SHOWN],
            "missing": [_missing(floor, card) for card in auditing.missing(floor, known)],
        }
    content |= {
        "filled": filled or Filled({"place": request.args.get("place", "")}),
        "sorry": told(error) if error else None,
        "said": "" if filled else _said(),
        "may_sight": parts.caller.may(SightCard),
        "may_end": parts.caller.may(EndAudit),
        "may_lose": parts.caller.may(MoveCard),
    }
    return shown(parts, "loop/audit.html", content, _status(content["filled"], content["sorry"]))


def _status(filled: Filled, sorry: Sorry | None) -> int:
    return sorry.status if sorry else 200 if filled.is_good else 400


def _said() -> str:
    word = SAID.get(request.args.get("said", ""))
    card, new = request.args.get("card", "")[:40], request.args.get("new", "")[:40]
    return _(word) % {"card": card, "new": new} if word else ""


def _row(floor: Floor, one: Audit) -> AuditRow:
    loop = floor.plant.loops.get(one.loop or "")
    name = floor.plant.item_name(loop) if loop else one.loop or ""
    missing = len(auditing.missing(floor, one)) if one.loop is None or loop else 0
    ended = instant_or_none(one.ended_ms)
    return AuditRow(one.id, name, instant(one.begun_ms), ended, len(one.found), missing)


def _missing(floor: Floor, card: Card) -> MissingRow:
    last, kind = card.last, look(card)
    station = floor.plant.stations.get(last.station or "") if last else None
    seen_ms = last.moment.at_ms if last else card.since_ms
    return MissingRow(card.id, kind, look_word(kind), station.name if station else "", instant(seen_ms))
