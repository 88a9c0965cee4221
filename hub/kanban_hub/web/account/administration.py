"""What an admin does with accounts."""

from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import ROLES_OF_ACCOUNTS, Account, AccountRole
from kanban_hub.accounts.addresses import welcome_url
from kanban_hub.accounts.errors import AccountError
from kanban_hub.accounts.register import Wanted
from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web.account.roles import role_pictures
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts

MAY = (Errand.ACCOUNTS,)
SAID = {
    "enabled": N_("The account is let in again."),
    "disabled": N_("The account is disabled, and its sessions have ended."),
    "ended": N_("All sessions of the account have ended."),
    "roles": N_("The roles are set."),
}


@dataclass(frozen=True)
class Handed:
    """A link to be handed over now: it is shown once."""

    to: str
    url: str


def accounts(parts: WebParts) -> Response:
    return _accounts(parts)


def add(parts: WebParts) -> Response:
    name = request.form.get("name", "")
    try:
        link = parts.register.add(name, _wanted(parts), parts.caller.name)
    except AccountError as error:
        return _accounts(parts, fault=error, name=name)
    return _accounts(parts, handed=Handed(name, welcome_url(_here(), link)))


def change(parts: WebParts, name: str) -> AnyResponse:
    try:
        parts.register.change(name, _wanted(parts), parts.caller.name)
    except AccountError as error:
        return _accounts(parts, fault=error)
    return redirect("/accounts?said=roles", 303)


def disable(parts: WebParts, name: str) -> AnyResponse:
    try:
        parts.register.disable(name, parts.caller.name)
    except AccountError as error:
        return _accounts(parts, fault=error)
    return redirect("/accounts?said=disabled", 303)


def enable(parts: WebParts, name: str) -> AnyResponse:
    """Let in again whose log-in is elsewhere."""
    try:
        parts.register.enable(name, parts.caller.name)
    except AccountError as error:
        return _accounts(parts, fault=error)
    return redirect("/accounts?said=enabled", 303)


def end_sessions(parts: WebParts, name: str) -> AnyResponse:
    parts.register.end_sessions(name, parts.caller.name)
    return redirect("/accounts?said=ended", 303)


def reset(parts: WebParts, name: str) -> Response:
    link = parts.register.reset(name, parts.caller.name)
    return _accounts(parts, handed=Handed(name, welcome_url(_here(), link)))


PAGES = (
    Page("GET /accounts", accounts, MAY),
    Page("POST /accounts", add, MAY),
    Page("POST /accounts/{name}/roles", change, MAY),
    Page("POST /accounts/{name}/disable", disable, MAY),
    Page("POST /accounts/{name}/enable", enable, MAY),
    Page("POST /accounts/{name}/sessions", end_sessions, MAY),
    Page("POST /accounts/{name}/reset", reset, MAY),
)


def _accounts(parts: WebParts, fault: AccountError | None = None, **content: Any) -> Response:
    plant = _plant(parts)
    inside = [one.id for one in plant.stations.values() if not one.external] if plant else []
    known = parts.register.accounts()
    content |= {
        "accounts": sorted(known, key=_shown_after),
        "roles": role_pictures(ROLES_OF_ACCOUNTS),
        "stations": inside,
        "fault": fault,
        "said": _said(),
    }
    return shown(parts, "account/accounts.html", content, 400 if fault else 200)


def _said() -> str | None:
    said = SAID.get(request.args.get("said", ""))
    return _(said) if said else None


def _shown_after(account: Account) -> tuple[bool, str]:
    return account.is_disabled, account.name


def _wanted(parts: WebParts) -> Wanted:
    """What the form says. Raises an `AccountFaultError`."""
    known = set(AccountRole)
    roles = [AccountRole(role) for role in request.form.getlist("role") if role in known]
    wanted = Wanted(roles, request.form.get("station") or None)
    wanted.check(_plant(parts))
    return wanted


def _plant(parts: WebParts) -> Plant | None:
    with parts.store.view() as view:
        return view.plant()


def _here() -> str:
    """How the admin reached the hub, so others in the plant can too."""
    return request.host_url.rstrip("/")
