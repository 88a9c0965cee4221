"""What is ordered from the pages of quality. A refused order comes back with the page as it is now."""

import re

from flask import redirect, request
from werkzeug.wrappers import Response

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.finding import NOTE_MOST
from kanban_hub.domain.records.finding import Defect, Finding
from kanban_hub.execution import CALL_ORDERS
from kanban_hub.language import _
from kanban_hub.orders import MoveCall, MoveCard, NoteDefect
from kanban_hub.photo import BYTES_MOST, PhotoError, photo_of
from kanban_hub.web import words
from kanban_hub.web.frame import Page, refused_text
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem
from kanban_hub.web.quality.pages import OPEN, Told, call_page, open_page

CARD_ORDERS = ("clear", "rework", "return", "scrap", "absolve")
TEXT_MOST = 80
_NUMBER = re.compile("[0-9]{1,9}")
# A photo, and the form around it.
UPLOAD_MOST_BYTES = BYTES_MOST + 64 * 1024


def move_call(parts: WebParts, call: str) -> Response:
    order, cause = request.form.get("order", ""), _reason("cause")
    if order not in CALL_ORDERS:
        raise ProblemError(problem(400, _("this order is not known")))
    if order == "close" and not cause and not _has_cause(parts, call):
        return _again(parts, call, Told(_("Say the cause: a call is closed when it is known."), status=400))
    try:
        parts.ask(MoveCall(call, order, cause or None))
    except DomainError as error:
        return _again(parts, call, Told(_meanwhile(parts, call), str(error), {"cause": cause}))
    return _back(call, order)


def decide(parts: WebParts, card: str) -> Response:
    """What becomes of a bad container, or of one that was held because of it."""
    order, call = request.form.get("order", ""), request.form.get("call", "")
    if order not in CARD_ORDERS:
        raise ProblemError(problem(400, _("this order is not known")))
    try:
        parts.ask(MoveCard(card, order, _reason("reason") or None))
    except DomainError as error:
        return _again(parts, call, Told(refused_text(error), str(error)))
    return _back(call, order)


def note(parts: WebParts, call: str) -> Response:
    """Add what is known of a bad container: only what is new is said."""
    typed = {name: request.form.get(name, "").strip() for name in ("quantity", "lot", "note")}
    typed["defect"] = _reason("defect")
    fault = _fault(typed)
    if fault:
        return call_page(parts, call, Told(fault, typed=typed, status=400))
    said = _news(parts, call, typed)
    if said == Defect():
        return call_page(parts, call, Told(_("Nothing new was said."), typed=typed, status=400))
    try:
        parts.ask(NoteDefect(call, said))
    except DomainError as error:
        return call_page(parts, call, Told(refused_text(error), str(error), typed))
    return _back(call, "finding")


def keep_photo(parts: WebParts, call: str) -> Response:
    """A photo from a phone or a file, drawn again without what cameras write beside it."""
    upload = request.files.get("photo")
    data = upload.read() if upload else b""
    if not data:
        return call_page(parts, call, Told(_("No photo was chosen."), status=400))
    try:
        photo = photo_of(data)
    except PhotoError as error:
        text = _("This photo cannot be kept: it must be a JPEG, PNG or WebP that is whole.")
        return call_page(parts, call, Told(text, str(error), status=400))
    parts.store.keep_photo(photo, parts.clock.now_ms())
    try:
        parts.ask(NoteDefect(call, Defect(photo=photo.id)))
    except DomainError as error:
        return call_page(parts, call, Told(refused_text(error), str(error)))
    return _back(call, "photo")


PAGES = (
    Page("POST /quality/{call}/moves", move_call, (MoveCall,)),
    Page("POST /quality/{call}/finding", note, (NoteDefect,)),
    Page("POST /quality/{call}/photos", keep_photo, (Errand.KEEP_PHOTO,), most_bytes=UPLOAD_MOST_BYTES),
    Page("POST /quality/cards/{card}", decide, (MoveCard,)),
)


def _reason(name: str) -> str:
    """One of the list, or what was typed beside it; no longer than signals carry it."""
    typed = " ".join(request.form.get(f"{name}_other", "").split()) or request.form.get(name, "")
    return "".join(filter(str.isprintable, typed))[:TEXT_MOST]


def _back(call: str, said: str) -> Response:
    where = f"{OPEN}/{call}" if request.form.get("from") == "call" and call else OPEN
    return redirect(f"{where}?said={said}", 303)


def _again(parts: WebParts, call: str, told: Told) -> Response:
    if request.form.get("from") == "call" and call:
        return call_page(parts, call, told)
    return open_page(parts, told)


def _has_cause(parts: WebParts, call: str) -> bool:
    with parts.floor() as (floor, _revision):
        known = floor.calls.get(call)
    return known is None or known.cause is not None


def _meanwhile(parts: WebParts, call: str) -> str:
    """Most often somebody else was quicker."""
    with parts.floor() as (floor, _revision):
        known = floor.calls.get(call)
    if known is None:
        return _("Nothing was done: this call is over.")
    return _("Nothing was done: meanwhile the call is “%(state)s”.") % {
        "state": words.call_state(known.state)
    }


def _fault(typed: dict[str, str]) -> str:
    quantity = typed["quantity"]
    if quantity and not (_NUMBER.fullmatch(quantity) and int(quantity) <= QUANTITY_MOST):
        return _("Pieces: a whole number from 0 to %(most)s.") % {"most": QUANTITY_MOST}
    if len(typed["lot"]) > LOT_MOST:
        return _("Lot: at most %(most)s characters.") % {"most": LOT_MOST}
    if len(typed["note"]) > NOTE_MOST:
        return _("Note: at most %(most)s characters.") % {"most": NOTE_MOST}
    return ""


def _news(parts: WebParts, call: str, typed: dict[str, str]) -> Defect:
    with parts.floor() as (floor, _revision):
        known = floor.record(Finding, call)
    quantity = int(typed["quantity"]) if typed["quantity"] else None
    return Defect(
        defect=_if_new(typed["defect"], known.defect if known else None),
        lot=_if_new(typed["lot"], known.lot if known else None),
        quantity=None if known is not None and quantity == known.quantity else quantity,
        note=typed["note"] or None,
    )


def _if_new(text: str, known: str | None) -> str | None:
    return text if text and text != known else None
