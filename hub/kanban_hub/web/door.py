"""The door of pages and API: says who asks, and lets nobody do what the table `RIGHTS` has not for him."""

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import redirect, request
from werkzeug.wrappers import Response

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.rights import Errand, is_of_station, role_for
from kanban_hub.accounts.secret import form_token, is_same
from kanban_hub.errors import StoreError
from kanban_hub.language import _
from kanban_hub.orders import Order
from kanban_hub.suppliers.links import good_station
from kanban_hub.web import cookies, token
from kanban_hub.web.caller import BEARER, NOBODY, Caller
from kanban_hub.web.origin import is_ours
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

FORM_FIELD = "form"
FORM_HEADER = "X-Kanban-Form"


class Door:
    """A token in the header comes before a cookie: no other site can make a browser send one."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def caller(self) -> Caller:
        """Who sent the request at hand. Raises a 401 for a wrong token."""
        authorization = request.headers.get("Authorization", "")
        if authorization:
            return self._by_token(authorization)
        try:
            return self._by_cookie()
        except StoreError:
            # A page must come that says what is wrong; to change something needs the store anyway.
            if self._parts.is_private or request.method != "GET":
                raise
            return NOBODY

    def parts_for(self, caller: Caller) -> WebParts:
        """The parts as `caller` may use them: each order is looked at before it is asked for."""
        return replace(self._parts, caller=caller, ask=partial(self._ask, caller))

    def check_order(self, caller: Caller, gives: tuple[Errand | type[Any], ...]) -> None:
        """Raise a 401 or 403 unless `caller` may do something of `gives`, by a form of this hub."""
        if not caller.is_known:
            token.check("", self._parts.token)
        if not caller.may(*gives):
            raise ProblemError(problem(403, _("your roles do not allow this")))
        if caller.form is not None and request.method != "GET":
            self.check_form(caller)

    def is_closed_to(self, caller: Caller) -> bool:
        """Whether `caller` may not even read."""
        return self._parts.is_private and not caller.is_known

    def turned_away(self, *, is_page: bool) -> Response:
        """A person is sent to log in, and from there to where the way led. Raises a 401 for programs."""
        if not is_page:
            token.check("", self._parts.token)
        return redirect(f"/login?{urlencode({'next': request.full_path.rstrip('?')})}", 303)

    def check_form(self, caller: Caller) -> None:
        """Raise a 403 unless a page of this hub, made for this very `caller`, sent the request at hand."""
        sent = request.headers.get(FORM_HEADER) or request.form.get(FORM_FIELD, "")
        if caller.form is None or not is_ours(self._parts.public_url) or not is_same(sent, caller.form):
            raise ProblemError(problem(403, _("nothing was done: load the page anew and try again")))

    def _by_token(self, authorization: str) -> Caller:
        """The token in the data directory may all; others what they were made for."""
        if token.is_right(authorization, self._parts.token):
            return BEARER
        known = self._parts.tokens.borne(token.borne(authorization))
        if known is None:
            token.check(authorization, self._parts.token)
            return NOBODY
        return Caller(known.roles, station=known.station, program=known.name)

    def _by_cookie(self) -> Caller:
        session = request.cookies.get(cookies.SESSION)
        account = self._parts.sessions.account(session) if session else None
        caller = NOBODY
        if session and account is not None:
            caller = Caller(account.roles, account.name, account.station, form_token(session))
        caller = self._with_link(caller)
        if caller.is_known:
            return caller
        screen = self._parts.screens.good(self._parts, request.cookies.get(cookies.SCREEN, ""))
        return Caller(frozenset({AccountRole.SCREEN}), screen=screen) if screen else NOBODY

    def _with_link(self, caller: Caller) -> Caller:
        """A tablet is a station by its link, also while somebody is logged in on it."""
        borne = request.cookies.get(cookies.STATION, "")
        link_id = self._parts.signer.station(borne) if borne else None
        link = good_station(self._parts.store, link_id, self._parts.clock.now_ms()) if link_id else None
        if link is None:
            return caller
        form = caller.form or form_token(borne)
        roles = caller.roles | {AccountRole.STATION}
        return replace(caller, roles=roles, form=form, panel=link.station, link=link.id)

    def _ask(self, caller: Caller, order: Order, _role: str | None = None) -> None:
        role = self._role_for(caller, order)
        if role is None:
            raise ProblemError(problem(403, _("your roles do not allow this")))
        self._parts.ask(order, role)

    def _role_for(self, caller: Caller, order: Order) -> str | None:
        """What only the roles supplier and station allow is for their own station."""
        own = {AccountRole.SUPPLIER: caller.station, AccountRole.STATION: caller.panel}
        role = role_for(caller.roles - own.keys(), order)
        if role is not None:
            return role
        with self._parts.floor() as (floor, _):
            mine = {one for one, at in own.items() if at is not None and is_of_station(order, at, floor)}
        return role_for(caller.roles & mine, order)
