"""Logging in at the provider of log-ins, where the hub has one: there, back again, and out."""

from urllib.parse import urlencode

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.errors import AccountError, TooManyTriesError
from kanban_hub.language import _
from kanban_hub.oidc.admission import admitted
from kanban_hub.oidc.errors import AnswerError, NoRoleError, ProviderAwayError
from kanban_hub.oidc.login import LogIn
from kanban_hub.oidc.ports import Provider
from kanban_hub.web import cookies
from kanban_hub.web.address import local
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts

BEGIN, BACK = "/login/provider", "/login/provider/back"
# Time to find a password, and the second factor.
BEGUN_FOR_S = 15 * 60
RETRY_AFTER_S = 60
_STATUS: dict[type[AccountError], int] = {AnswerError: 400, ProviderAwayError: 503, TooManyTriesError: 429}
_REFUSED = 403


def begin_address(parts: WebParts, following: str) -> str | None:
    """Where the button leads: to the very address that the answer comes back to, for the cookie's sake."""
    if parts.provider is None:
        return None
    return f"{parts.provider.hub_url}{BEGIN}?{urlencode({'next': local(following)})}"


def begin(parts: WebParts) -> AnyResponse:
    provider = _provider(parts)
    log_in = LogIn.begun(local(request.args.get("next", "")))
    try:
        address = provider.address(log_in, _here(provider) + BACK)
    except AccountError as error:
        return _not_in(parts, log_in.following, error)
    response = redirect(address, 303)
    cookies.give(response, cookies.LOG_IN, log_in.secret, BEGUN_FOR_S)
    return response


def back(parts: WebParts) -> AnyResponse:
    """What the browser brings from the provider. What was begun is then over, whatever it was.

    But for a provider that is away: the same answer may be good a moment later.
    """
    provider, following = _provider(parts), "/"
    try:
        log_in = _begun(provider)
        following = local(log_in.following)
        response = _let_in(parts, provider, log_in)
    except AccountError as error:
        response = _not_in(parts, following, error)
        if isinstance(error, ProviderAwayError):
            return response
    cookies.take(response, cookies.LOG_IN)
    return response


def logged_out(parts: WebParts) -> AnyResponse | None:
    """The page after logging out here that leads on to logging out there; `None`: nothing is known of there.

    A page and no redirect: after a form browsers follow none to elsewhere (CSP, `form-action`).
    """
    address = parts.provider.log_out_address(_here(parts.provider) + "/login") if parts.provider else None
    if parts.provider is None or address is None:
        return None
    content = {"provider": parts.provider.name, "address": address}
    response = shown(parts, "account/out.html", content)
    response.headers["Refresh"] = f"0; url={address}"
    return response


PAGES = (
    Page(f"GET {BEGIN}", begin, is_open=True),
    Page(f"GET {BACK}", back, is_open=True),
)


def _provider(parts: WebParts) -> Provider:
    if parts.provider is None:
        raise NotFound(_("This hub has no log-in elsewhere: log in with a password."))
    return parts.provider


def _begun(provider: Provider) -> LogIn:
    """The log-in that this is the answer to. Raises `AnswerError`."""
    known = LogIn.answered(request.cookies.get(cookies.LOG_IN, ""), request.args.get("state", ""))
    if known is None:
        raise AnswerError(
            _("This browser has not begun this log-in at %(provider)s, or too long ago. Begin anew.")
            % {"provider": provider.name}
        )
    return known


def _let_in(parts: WebParts, provider: Provider, log_in: LogIn) -> AnyResponse:
    """Raises an `AccountError`."""
    address = request.remote_addr or ""
    parts.sessions.check_address(address)
    try:
        _check_granted(provider)
        who = provider.identity(log_in, request.args.get("code", ""), _here(provider) + BACK)
        session = parts.sessions.begun(admitted(parts.store, who, parts.clock.now_ms()), address)
    except ProviderAwayError:
        raise
    except AccountError:
        parts.sessions.refused(address)
        raise
    before = request.cookies.get(cookies.SESSION)
    if before:  # as with a password: the old one is of no use any more
        parts.sessions.end(before, address)
    response = redirect(local(log_in.following), 303)
    cookies.give(response, cookies.SESSION, session)
    return response


def _check_granted(provider: Provider) -> None:
    """Raise for an error that the provider tells (RFC 6749, section 4.1.2.1)."""
    error = request.args.get("error", "")
    if error in ("temporarily_unavailable", "server_error"):
        text = _("%(provider)s cannot let anybody in just now. Try again in a while.")
        raise ProviderAwayError(text % {"provider": provider.name})
    if error:
        text = _("%(provider)s has not let you in: it says “%(why)s”.")
        raise NoRoleError(text % {"provider": provider.name, "why": error[:80]})


def _not_in(parts: WebParts, following: str, error: AccountError) -> Response:
    status = _STATUS.get(type(error), _REFUSED)
    again = begin_address(parts, following)
    content = {"fault": error, "again": again, "own": f"/login?{urlencode({'next': following})}"}
    response = shown(parts, "account/notin.html", content, status)
    if isinstance(error, TooManyTriesError):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _here(provider: Provider) -> str:
    return provider.hub_url or request.host_url.rstrip("/")
