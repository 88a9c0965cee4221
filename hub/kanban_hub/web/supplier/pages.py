"""The pages of external suppliers: complete without scripts, made for a phone, seen by nobody else.

They are for people and no part of the API: what they say may be worded anew at any time.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Flask, Response, redirect, request

from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.floor import Floor
from kanban_hub.language import _
from kanban_hub.paper.card import QrContent, front
from kanban_hub.paper.form import FORMS
from kanban_hub.paper.svg import svg
from kanban_hub.suppliers.pace import pulls_by_day
from kanban_hub.suppliers.signing import Answer, Reply
from kanban_hub.web.api.findings import photo as photo_operation
from kanban_hub.web.api.requests import requests_csv, requests_edi, requests_json
from kanban_hub.web.instant import instant
from kanban_hub.web.operation import JSON
from kanban_hub.web.paper.faces import face
from kanban_hub.web.parts import WebParts
from kanban_hub.web.supplier.answers import Deed, deed
from kanban_hub.web.supplier.bad import bad_containers, photos
from kanban_hub.web.supplier.desk import Desk
from kanban_hub.web.supplier.due import due_days
from kanban_hub.web.supplier.entry import Entry, Visit, zone_of
from kanban_hub.web.supplier.errors import PastError, WrongEntryError
from kanban_hub.web.supplier.frame import as_page, followed, shown
from kanban_hub.web.supplier.lamp import lamp
from kanban_hub.web.supplier.performance import performance

_HOUR_MS = 3_600_000
FILES: dict[str, Callable[[WebParts, str], Response]] = {
    "csv": requests_csv.handler,
    "json": lambda parts, station: Response(
        msgspec.json.encode(requests_json.handler(parts, station)), mimetype=JSON
    ),
    "edi": requests_edi.handler,
}


def install(app: Flask, parts: WebParts) -> None:
    """Serve the pages by `app`."""
    pages = SupplierPages(parts)
    app.add_url_rule("/s/<token>", "supplier", pages.page, methods=["GET"])
    app.add_url_rule("/s/<token>", "supplier_answer", pages.answer, methods=["POST"])
    app.add_url_rule("/s/<token>/label/<card>", "supplier_label", pages.label, methods=["GET"])
    files = f"/s/<token>/requests.<any({','.join(FILES)}):form>"
    app.add_url_rule("/s/<token>/photo/<photo>", "supplier_photo", pages.photo, methods=["GET"])
    app.add_url_rule(files, "supplier_requests", pages.requests, methods=["GET"])
    app.add_url_rule("/r/<token>", "supplier_reply", pages.ask, methods=["GET"])
    app.add_url_rule("/r/<token>", "supplier_replied", pages.reply, methods=["POST"])


class SupplierPages:
    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self.entry = Entry(parts)

    @as_page
    def page(self, token: str) -> Response:
        """Everything that the supplier needs to know; opening it changes nothing."""
        visit = self.entry.by_link(token)
        now_ms = self._parts.clock.now_ms()
        said = self._parts.signer.word(request.args.get("said", ""), visit.link.id, now_ms)
        return self._whole(visit, said=said)

    @as_page
    def answer(self, token: str) -> Any:
        visit = self.entry.by_link(token)
        self.entry.check_form(visit)
        try:
            answer = Answer(request.form.get("answer", ""))
            about = request.form.get("card", ""), int(request.form.get("asked", ""))
        except ValueError:
            raise WrongEntryError(_("Nothing was done: use one of the buttons of the page.")) from None
        return self._carried_out(visit, answer, about)

    @as_page
    def label(self, token: str, card: str) -> str:
        """What goes onto the container, to be printed."""
        visit = self.entry.by_link(token)
        with self._parts.floor() as (floor, _revision):
            desk = self._desk(visit, floor)
            known = desk.card(card)
            if known is None:
                raise PastError(_("There is no such card of yours any more."))
            printed = face(floor, known, contents=True)
            number = desk.number(desk.loops[known.loop])
        facts = {
            "card": printed,
            "number": number,
            "drawing": svg(front(printed, FORMS["a7"], QrContent.DATA)),
        }
        return shown("label", facts | {"token": visit.token})

    @as_page
    def photo(self, token: str, photo: str) -> Response:
        """A photo of a container of this supplier's."""
        visit = self.entry.by_link(token)
        with self._parts.floor() as (floor, _revision):
            is_own = photo in photos(self._desk(visit, floor))
        if not is_own:
            raise PastError(_("There is no such photo of yours any more."))
        answer: Response = photo_operation.handler(self._parts, photo)
        return answer

    @as_page
    def requests(self, token: str, form: str) -> Response:
        """All that is asked for as a file, for a system of the supplier's."""
        visit = self.entry.by_link(token)
        return FILES[form](self._parts, visit.station)

    @as_page
    def ask(self, token: str) -> str:
        """Ask whether the answer of a mail's link is meant. Mail programs open links by themselves."""
        visit, reply = self.entry.by_reply(token)
        return self._question(visit, reply, token)

    @as_page
    def reply(self, token: str) -> Any:
        visit, reply = self.entry.by_reply(token)
        self.entry.check_form(visit)
        return self._carried_out(visit, reply.answer, (reply.card, reply.asked_ms))

    def _carried_out(self, visit: Visit, answer: Answer, about: tuple[str, int]) -> Any:
        meant = self._meant(visit, answer, about)
        try:
            for order in meant.orders:
                self._parts.ask(order)
        except DomainError:
            meant = self._meant(visit, answer, about)  # the same form, sent twice at once, was faster
            if meant.orders:
                raise
        word = self._parts.signer.word_token(visit.link.id, meant.said, self._parts.clock.now_ms())
        # A page that was asked for and not sent to: loading it anew sends nothing twice.
        return redirect(f"/s/{visit.token}?said={word}", 303)

    def _meant(self, visit: Visit, answer: Answer, about: tuple[str, int]) -> Deed:
        with self._parts.floor() as (floor, _revision):
            return deed(self._desk(visit, floor), answer, about, request.form)

    def _whole(self, visit: Visit, said: str | None) -> Response:
        now_ms = self._parts.clock.now_ms()
        with self._parts.floor() as (floor, _revision):
            desk = self._desk(visit, floor)
            zone = zone_of(floor.plant)
            facts = {
                "parts": desk.parts(),
                "bad": bad_containers(desk),
                "supplier": floor.plant.stations[visit.station].name,
                "site": floor.plant.site,
                "zone": str(zone),
                "lamp": lamp(floor, visit.station, now_ms),
                "days": due_days(desk),
            }
        with self._parts.store.view() as view:
            pace = {loop: pulls_by_day(view, loop, zone, now_ms) for loop in desk.loops}
        own: dict[str, Any] = {"said": said, "form": self._form(visit), "token": visit.token, "pace": pace}
        own |= {"as_of": instant(now_ms), "kept": performance(self._parts, visit.station, now_ms)}
        return followed("page", facts | own)

    def _question(self, visit: Visit, reply: Reply, token: str) -> str:
        with self._parts.floor() as (floor, _revision):
            desk = self._desk(visit, floor)
            card = desk.card(reply.card)
            if card is None:
                raise PastError(_("There is no such card of yours any more."))
            loop = desk.loops[card.loop]
            facts = {
                "number": desk.number(loop),
                "name": floor.plant.item_name(loop),
                "quantity": desk.quantity(card),
                "is_whole": loop.is_signal,
                "zone": str(zone_of(floor.plant)),
            }
        own = {"reply": reply, "form": self._form(visit), "token": token, "page": visit.token}
        return shown("reply", facts | own)

    def _form(self, visit: Visit) -> str:
        """The same for an hour, so that a page in which nothing has changed is the same page."""
        now_ms = self._parts.clock.now_ms()
        return self._parts.signer.form_token(visit.link.id, now_ms - now_ms % _HOUR_MS)

    def _desk(self, visit: Visit, floor: Floor) -> Desk:
        return Desk(floor, visit.station, self._parts.clock.now_ms(), zone_of(floor.plant))
