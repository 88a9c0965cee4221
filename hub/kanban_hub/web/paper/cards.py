"""Cards on sheets of paper: chosen, laid out, shown as they will be printed."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.floor import Floor
from kanban_hub.language import _
from kanban_hub.orders import MoveCard
from kanban_hub.paper.card import Face
from kanban_hub.paper.errors import TooManyError
from kanban_hub.paper.shape import Drawing, Lack
from kanban_hub.paper.sheet import COPIES_MOST, sheets
from kanban_hub.paper.zpl import DOTS_PER_MM, Media, job
from kanban_hub.printers.errors import PrinterError
from kanban_hub.web.frame import Page
from kanban_hub.web.paper import labelprinters
from kanban_hub.web.paper import wish as wishes
from kanban_hub.web.paper.chosen import Chosen, cards, drawn, faces, labels
from kanban_hub.web.paper.files import pdf_file, sheet_page, with_query, zpl_file
from kanban_hub.web.paper.wish import Wish, wish_of
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

NAME = "cards"


def page(parts: WebParts) -> Response:
    """The sheets, and above them how they are made."""
    return _shown(parts, wished())


def send(parts: WebParts) -> AnyResponse:
    """To a label printer. Where that does not go, the page says why, and keeps what was typed."""
    wish = wish_of(request.form, request.host_url)
    printer = request.form.get("printer", "")
    back = labelprinters.sent_to("/print/cards", list(wishes.pairs(wish)), printer)
    try:
        return labelprinters.print_labels(parts, wish, printer, back)
    except PrinterError as error:
        return _shown(parts, wish, labelprinters.refusal(error), 502)


def _shown(parts: WebParts, wish: Wish, fault: str = "", status: int = 200) -> Response:
    with parts.floor() as (floor, _revision):
        found, content = faces(floor, wish), _choices(floor, wish)
    made: list[Drawing] = []
    chosen, faults = Chosen(), [*wish.faults, *([fault] if fault else [])]
    try:
        chosen = drawn(found, wish)
        made = sheets(chosen.drawings, wish.how)
    except TooManyError as error:
        words = {"many": error.many, "most": error.most}
        faults.append(_("%(many)s at once are too many: at most %(most)s.") % words)
    content |= _content(wish, chosen) | {"faults": faults, "count": len(found) * wish.how.copies}
    content["single"] = found[0].card if len(found) == 1 and parts.caller.may(MoveCard) else ""
    content |= labelprinters.shown(parts, list(wishes.pairs(wish)), request.args.get("sent", ""))
    return sheet_page(parts, "paper/cards.html", made, content, status)


def pdf_page(parts: WebParts) -> Response:
    wish = wished()
    with parts.floor() as (floor, _revision):
        found = faces(floor, wish)
    return _file(found, lambda: pdf_file(sheets(drawn(found, wish).drawings, wish.how), _("Cards"), NAME))


def zpl_page(parts: WebParts) -> Response:
    """For a printer that the hub does not reach: its labels have the size of the form."""
    wish = wished()
    dpi = request.args.get("dpi", "203")
    media = Media(int(dpi) if dpi.isdigit() and int(dpi) in DOTS_PER_MM else 203)
    with parts.floor() as (floor, _revision):
        found = faces(floor, wish)
    return _file(found, lambda: zpl_file(job(labels(found, wish, wish.form), media, wish.how.copies), NAME))


def wished() -> Wish:
    return wish_of(request.args, request.host_url)


PAGES = (
    Page("GET /print/cards", page, is_reading=True),
    Page("POST /print/cards/printer", send, (Errand.PRINT,)),
    Page("GET /print/cards.pdf", pdf_page, is_reading=True),
    Page("GET /print/cards.zpl", zpl_page, is_reading=True),
)


def _file(found: list[Face], made: Callable[[], Response]) -> Response:
    """Raises a 404 without a card, and a 400 for too many."""
    if not found:
        raise ProblemError(problem(404, "no card to print"))
    try:
        return made()
    except TooManyError as error:
        raise ProblemError(problem(400, str(error))) from None


def _choices(floor: Floor, wish: Wish) -> dict[str, Any]:
    """The loops and their cards, and which of them are chosen."""
    wanted = {card.id for card in cards(floor, wish)}
    chosen = {floor.cards[card].loop for card in wanted}
    loops = [
        {
            "id": loop.id,
            "name": floor.plant.item_name(loop),
            "is_chosen": loop.id in chosen,
            "cards": [(card.id, card.id in wanted) for card in floor.cards_of(loop.id)],
        }
        for loop in floor.plant.loops.values()
    ]
    return {"loops": loops}


def _content(wish: Wish, chosen: Chosen) -> dict[str, Any]:
    query = list(wishes.pairs(wish))
    return {
        "wish": wish,
        "forms": wishes.forms(),
        "papers": wishes.papers(),
        "contents": wishes.qr_contents(),
        "copies_most": COPIES_MOST,
        "cells": wish.how.grid.cells,
        "own_lacks_bars": chosen.lacks.get(Lack.BARS, ()),
        "own_lacks_qr": chosen.lacks.get(Lack.QR, ()),
        "unprintable": chosen.unprintable,
        "is_local": wishes.is_for_this_machine_only(wish.address),
        "pdf": with_query("/print/cards.pdf", query),
        "zpl": with_query("/print/cards.zpl", query),
    }
