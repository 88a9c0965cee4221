"""Tokens for programs: made, shown once, taken back."""

from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import ROLES_OF_ACCOUNTS, AccountRole
from kanban_hub.accounts.errors import AccountError, AccountFaultError
from kanban_hub.accounts.rights import Errand
from kanban_hub.accounts.tokens import DAYS_USUAL, WantedToken
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web.account.roles import role_pictures
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.parts import WebParts

MAY = (Errand.TOKENS,)
SAID = {"revoked": N_("The token no longer works.")}
# Which lengths are offered, in days.
DAYS = {30: N_("30 days"), 90: N_("90 days"), DAYS_USUAL: N_("a year"), 3 * 366: N_("three years")}


def tokens(parts: WebParts) -> Response:
    return _shown(parts)


def add(parts: WebParts) -> Response:
    form = request.form
    known = set(AccountRole)
    roles = [AccountRole(role) for role in form.getlist("role") if role in known]
    days = int(form.get("days", "0")) if form.get("days", "").isdecimal() else 0
    wanted = WantedToken(form.get("name", "").strip().lower(), roles, days, form.get("station") or None)
    try:
        wanted.check(_plant(parts))
        made, borne = parts.tokens.add(wanted, parts.caller.named)
    except AccountError as error:
        return _shown(parts, fault=error)
    return _shown(parts, handed={"name": made.name, "token": borne, "here": request.host_url.rstrip("/")})


def revoke(parts: WebParts, token: str) -> AnyResponse:
    try:
        parts.tokens.revoke(token, parts.caller.named)
    except AccountFaultError as error:
        return _shown(parts, fault=error)
    return redirect("/tokens?said=revoked", 303)


PAGES = (
    Page("GET /tokens", tokens, MAY),
    Page("POST /tokens", add, MAY),
    Page("POST /tokens/{token}/revoke", revoke, MAY),
)


def _shown(parts: WebParts, fault: AccountError | None = None, **content: Any) -> Response:
    now_ms, plant = parts.clock.now_ms(), _plant(parts)
    known = [
        {
            "token": one,
            "is_good": one.is_good(now_ms),
            "is_revoked": one.revoked_ms is not None,
            "made": instant(one.made_ms),
            "expires": instant(one.expires_ms),
            "seen": instant_or_none(one.seen_ms),
        }
        for one in parts.tokens.all()
    ]
    said = SAID.get(request.args.get("said", ""))
    content |= {
        "tokens": sorted(known, key=lambda one: not one["is_good"]),
        "roles": role_pictures([*ROLES_OF_ACCOUNTS, AccountRole.SCREEN]),
        "stations": [one for one in plant.stations.values() if not one.external] if plant else [],
        "days": DAYS,
        "days_usual": DAYS_USUAL,
        "fault": fault,
        "said": _(said) if said else None,
        "given": request.form,
    }
    return shown(parts, "account/tokens.html", content, 400 if fault else 200)


def _plant(parts: WebParts) -> Plant | None:
    with parts.store.view() as view:
        return view.plant()
