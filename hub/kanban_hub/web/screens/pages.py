"""The wall displays: links to let them in, what each shows, and the word that is sent to one."""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import Access
from kanban_hub.accounts.errors import AccountError, AccountFaultError
from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_, _
from kanban_hub.ports import ScreenLink
from kanban_hub.suppliers import links
from kanban_hub.suppliers.addresses import screen_url
from kanban_hub.suppliers.errors import LinkError
from kanban_hub.web import cookies
from kanban_hub.web.frame import Page, ended, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.preferences import THEMES
from kanban_hub.web.screens import telling
from kanban_hub.web.screens.picture import paint_screen, targets
from kanban_protocol.catalogue import LANGUAGES

MAY = (Errand.LINKS,)
# Far longer than links are good: one that is given back works again without a hand at the screen.
COOKIE_S = 3_650 * 86_400
SAID = {
    "revoked": N_("The link no longer works."),
    "renewed": N_("The link is good for a year from now. The screen finds it out by itself."),
    "set": N_("It is set. The screen follows within seconds, if it is on."),
    "identify": N_("The screen shows its name for half a minute, if it is on."),
    "reload": N_("The screen loads its page anew, if it is on."),
}
_ORDERS: dict[str, Callable[[WebParts, ScreenLink], None]] = {
    "identify": telling.identify,
    "reload": telling.reload,
}


def screens(parts: WebParts) -> Response:
    return _screens(parts)


def add(parts: WebParts) -> Response:
    place = " ".join(request.form.get("place", "").split())
    if not 1 <= len(place) <= links.PLACE_MOST:
        text = _("Say where the screen hangs, in 1 to %(most)s signs.") % {"most": links.PLACE_MOST}
        return _screens(parts, AccountFaultError(text), place=place)
    link = links.add_screen(parts.store, place, links.DAYS_USUAL, parts.clock.now_ms())
    links.set_screen(parts.store, link.id, _target(parts), (None, None))
    parts.screens.forget()
    parts.register.note(Access.SCREEN_ADDED, parts.caller.name, place)
    url = screen_url(request.host_url.rstrip("/"), parts.signer, link.id)
    return _screens(parts, handed={"to": place, "url": url})


def revoke(parts: WebParts, link: str) -> AnyResponse:
    revoked = links.revoke_screen(parts.store, link, parts.clock.now_ms())
    parts.register.note(Access.SCREEN_REVOKED, parts.caller.name, revoked.place)
    return _done(parts, "revoked")


def renew(parts: WebParts, link: str) -> AnyResponse:
    """Take the taking back back, or let a link run for longer."""
    renewed = links.renew_screen(parts.store, link, parts.clock.now_ms())
    parts.register.note(Access.SCREEN_ADDED, parts.caller.name, renewed.place)
    return _done(parts, "renewed")


def settle(parts: WebParts, link: str) -> AnyResponse:
    """Set what it shows, and how."""
    language, theme = request.form.get("language", ""), request.form.get("theme", "")
    look = language if language in LANGUAGES else None, theme if theme in THEMES else None
    changed = links.set_screen(parts.store, link, _target(parts), look)
    telling.go(parts, changed)
    return _done(parts, "set")


def tell(parts: WebParts, link: str) -> AnyResponse:
    """Let it show its name, or load its page anew."""
    order = request.form.get("order", "")
    if order not in _ORDERS:
        return _screens(parts, AccountFaultError(_("A screen cannot do that.")))
    _ORDERS[order](parts, links.known_screen(parts.store, link))
    return _done(parts, order)


def enter(parts: WebParts, token: str) -> AnyResponse:
    """A wall display opens this at every start; from then on it may read, until the link is taken back."""
    screen = parts.screens.good(parts, token)
    if screen is None:
        return ended(parts, token, 404)
    response = redirect(telling.target_of(screen), 303)
    cookies.give(response, cookies.SCREEN, token, COOKIE_S)
    return response


def _or_sorry(order: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """`order`, or the page that says that there is no such screen."""

    def handler(parts: WebParts, link: str) -> AnyResponse:
        try:
            return order(parts, link)
        except LinkError:
            return _screens(parts, AccountFaultError(_("There is no such screen.")))

    return handler


PAGES = (
    Page("GET /screens", screens, MAY),
    Page("POST /screens", add, MAY),
    Page("POST /screens/{link}/revoke", _or_sorry(revoke), MAY),
    Page("POST /screens/{link}/renew", _or_sorry(renew), MAY),
    Page("POST /screens/{link}/settings", _or_sorry(settle), MAY),
    Page("POST /screens/{link}/tell", _or_sorry(tell), MAY),
    Page("GET /screen/{token}", enter, is_open=True),
)


def _screens(parts: WebParts, fault: AccountError | None = None, **content: Any) -> Response:
    with parts.store.view() as view:
        known, plant = view.screens(), view.plant()
    said = SAID.get(request.args.get("said", ""))
    content |= {
        "screens": [paint_screen(parts, one) for one in known],
        "targets": list(targets(plant)),
        "fault": fault,
        "said": _(said) if said else None,
    }
    return shown(parts, "screens/screens.html", content, 400 if fault else 200)


def _target(parts: WebParts) -> str | None:
    """The board that the form names, if it is one."""
    wanted = request.form.get("target", "")
    with parts.store.view() as view:
        plant = view.plant()
    return wanted if wanted in {target.path for target in targets(plant)} else None


def _done(parts: WebParts, said: str) -> AnyResponse:
    parts.screens.forget()
    return redirect(f"/screens?said={said}", 303)
