"""Who may come in: whoever bears a good link, and sends forms that a page of this hub has made."""

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from flask import request

from kanban_hub.domain.plant import Plant
from kanban_hub.ports import SupplierLink
from kanban_hub.suppliers.links import good_link
from kanban_hub.suppliers.signing import Reply
from kanban_hub.throttle import Throttle
from kanban_hub.web.origin import is_foreign
from kanban_hub.web.parts import WebParts
from kanban_hub.web.supplier.errors import BadLinkError, ForeignFormError, PageError, TooOftenError

BAD_LINKS_A_MINUTE = 20
ANSWERS_A_MINUTE = 60


@dataclass(frozen=True)
class Visit:
    """One request with a good link. `token` is the link's own, whatever address was opened."""

    link: SupplierLink
    token: str

    @property
    def station(self) -> str:
        return self.link.station


class Entry:
    """Tells the bearers of links apart from everybody else.

    A good link is never throttled for the bad tries of others: behind a reverse proxy all share an address.
    A signature of 256 bits needs no throttle against guessing; log, disk and threads are what is spared.
    """

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self.bad_links = Throttle(BAD_LINKS_A_MINUTE, parts.presence.now_s)
        self.answers = Throttle(ANSWERS_A_MINUTE, parts.presence.now_s)

    def by_link(self, token: str) -> Visit:
        """Raises `BadLinkError`, or `TooOftenError` after too many of them."""
        return self._visit(self._parts.signer.link(token))

    def by_reply(self, token: str) -> tuple[Visit, Reply]:
        """The same for the address of one answer."""
        reply = self._parts.signer.reply(token)
        visit = self._visit(reply.link if reply else None)
        if reply is None:
            raise BadLinkError
        return visit, reply

    def check_form(self, visit: Visit) -> None:
        """Raise unless the form that was sent is one of this hub's for this link, and not too many."""
        if not self.answers.allows(visit.link.id):
            raise self._turned_away(TooOftenError())
        token, now_ms = request.form.get("form", ""), self._parts.clock.now_ms()
        is_form = self._parts.signer.is_form(token, visit.link.id, now_ms)
        if is_foreign(self._parts.public_url) or not is_form:
            raise self._turned_away(ForeignFormError())

    def _visit(self, link_id: str | None) -> Visit:
        now_ms = self._parts.clock.now_ms()
        link = good_link(self._parts.store, link_id, now_ms) if link_id is not None else None
        if link is not None:
            return Visit(link, self._parts.signer.link_token(link.id))
        if not self.bad_links.allows(request.remote_addr or ""):
            raise self._turned_away(TooOftenError())
        raise self._turned_away(BadLinkError())

    def _turned_away(self, error: PageError) -> PageError:
        self._parts.turned_away.count(error.reason)
        return error


def zone_of(plant: Plant) -> tzinfo:
    """The plant's time zone."""
    return ZoneInfo(plant.calendar.timezone)
