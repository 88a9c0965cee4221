"""Logging in and out, the own password, and the links that let somebody in: the pages before the door."""

from dataclasses import replace
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import Account
from kanban_hub.accounts.errors import AccountError, LogInError, TooManyTriesError
from kanban_hub.language import N_, _
from kanban_hub.web import cookies, preferences
from kanban_hub.web.account import elsewhere
from kanban_hub.web.address import local
from kanban_hub.web.caller import NOBODY
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.origin import is_ours
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

RETRY_AFTER_S = 60
SAID = {
    "out": N_("You are logged out."),
    "password": N_("The password is set. Log in with it."),
}
_STATUS: dict[type[AccountError], int] = {LogInError: 403, TooManyTriesError: 429}


def login(parts: WebParts) -> Response:
    return _login(
        parts,
        request.args.get("next", ""),
        said=_said(),
    )


def log_in(parts: WebParts) -> AnyResponse:
    _check_origin(parts)
    name, following = request.form.get("name", ""), request.form.get("next", "")
    try:
        session = parts.sessions.log_in(name, request.form.get("password", ""), _address())
    except AccountError as error:
        return _login(parts, following, name=name, fault=error)
    _end_session(parts)  # a browser that logs in anew gets another session, and the old one is of no use
    response = redirect(local(following), 303)
    cookies.give(response, cookies.SESSION, session)
    return response


def logout(parts: WebParts) -> Response:
    return shown(parts, "account/logout.html", {})


def log_out(parts: WebParts) -> AnyResponse:
    known = _own(parts)
    _end_session(parts)
    there = elsewhere.logged_out(replace(parts, caller=NOBODY)) if known and not known.is_local else None
    response = there or redirect("/login?said=out", 303)
    cookies.take(response, cookies.SESSION)
    return response


def account(parts: WebParts) -> Response:
    return _account(parts)


def change_password(parts: WebParts) -> AnyResponse:
    name, form = str(parts.caller.name), request.form
    try:
        parts.sessions.check_pace(name, _address())
        new = form.get("new", ""), form.get("again", "")
        parts.register.change_password(name, form.get("old", ""), new)
    except AccountError as error:
        return _account(parts, error)
    response = redirect("/login?said=password", 303)
    cookies.take(response, cookies.SESSION)
    return response


def welcome(parts: WebParts, link: str) -> Response:
    """Opening it uses nothing up: mail programs and messengers open every address that they see."""
    return _welcome(parts, link)


def accept(parts: WebParts, link: str) -> AnyResponse:
    _check_origin(parts)
    form = request.form
    try:
        new = form.get("new", ""), form.get("again", "")
        is_first = parts.register.invited(link).account is None
        parts.register.accept(link, form.get("name", ""), new)
    except AccountError as error:
        return _welcome(parts, link, error)
    return redirect(f"/login?said=password{'&next=/start' if is_first else ''}", 303)


def prefer(_parts: WebParts) -> AnyResponse:
    """Keep how the reader wants the pages, and go back to where it was said."""
    response = redirect(local(request.form.get("next", "/")), 303)
    preferences.keep(response, request.form)
    return response


PAGES = (
    Page("GET /login", login, is_open=True),
    Page("POST /login", log_in, is_open=True),
    Page("GET /logout", logout),
    Page("POST /logout", log_out),
    Page("GET /account", account),
    Page("POST /account", change_password),
    Page("GET /welcome/{link}", welcome, is_open=True),
    Page("POST /welcome/{link}", accept, is_open=True),
    Page("POST /preferences", prefer, is_open=True),
)


def _said() -> str | None:
    found = SAID.get(request.args.get("said", ""))
    return _(found) if found is not None else None


def _login(parts: WebParts, following: str, fault: AccountError | None = None, **content: Any) -> Response:
    content |= {
        "next": local(following),
        "fault": fault,
        "provider": parts.provider,
        "begin": elsewhere.begin_address(parts, following),
    }
    status = _STATUS[type(fault)] if fault is not None else 200
    response = shown(parts, "account/login.html", content, status)
    if isinstance(fault, TooManyTriesError):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _account(parts: WebParts, fault: AccountError | None = None) -> Response:
    status = _STATUS.get(type(fault), 400) if fault else 200
    known = _own(parts)
    is_elsewhere = known is not None and not known.is_local
    return shown(
        parts,
        "account/account.html",
        {"fault": fault, "is_elsewhere": is_elsewhere, "provider": parts.provider},
        status,
    )


def _welcome(parts: WebParts, link: str, fault: AccountError | None = None) -> Response:
    invitation = parts.register.invited(link)
    content = {"invitation": invitation, "fault": fault, "name": request.form.get("name", "")}
    return shown(parts, "account/welcome.html", content, 400 if fault else 200)


def _own(parts: WebParts) -> Account | None:
    """The account of this browser's session."""
    session = request.cookies.get(cookies.SESSION)
    return parts.sessions.account(session) if session else None


def _end_session(parts: WebParts) -> None:
    session = request.cookies.get(cookies.SESSION)
    if session:
        parts.sessions.end(session, _address())


def _check_origin(parts: WebParts) -> None:
    """These forms are sent without a session, so there is no secret that another site could not have."""
    if not is_ours(parts.public_url):
        raise ProblemError(problem(403, _("nothing was done: this form was not sent by a page of this hub")))


def _address() -> str:
    return request.remote_addr or ""
