"""The page of releases: what is there, who runs what, and updates of stations, a few at a time."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound, RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.errors import AccountFaultError
from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_, _
from kanban_hub.releases.errors import RolloutError, UnknownReleaseError
from kanban_hub.releases.handout import handed
from kanban_hub.releases.rollouts import Wish
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem
from kanban_hub.web.releases import picture

MAY = (Errand.UPDATE,)
ROLLOUTS_SHOWN = 10
MINUTE_MS = 60_000
SAID = {
    "ordered": N_("Ordered. Each station is asked when it is its turn, is heard, and has sent all it keeps."),
    "aborted": N_("Aborted. No further station is asked; one that has begun goes on to its end."),
}
# Field to its usual value and its bounds.
NUMBERS = {"first": (1, 1, 100), "size": (1, 1, 100), "minutes": (10, 1, 1_440)}


def releases(parts: WebParts) -> Response:
    return live(parts, "releases/releases.html", _content(parts))


def order(parts: WebParts) -> AnyResponse:
    """Begin an update; what is wrong with the form is told above it."""
    try:
        parts.rollouts.order(_wish(parts), parts.caller.named)
    except (RolloutError, UnknownReleaseError) as error:
        content = {**_content(parts), "fault": AccountFaultError(str(error)), "is_part": False}
        return shown(parts, "releases/releases.html", content, 400)
    return redirect("/releases?said=ordered", 303)


def abort(parts: WebParts) -> AnyResponse:
    parts.rollouts.abort(parts.caller.named)
    return redirect("/releases?said=aborted", 303)


def file(parts: WebParts, number: str, name: str) -> AnyResponse:
    """One file of a release, for stations: they check themselves what they get."""
    try:
        if number.isascii() and number.isdigit():
            return handed(parts.rollouts.shelf, int(number), name, request.environ)
    except RequestedRangeNotSatisfiable:
        raise ProblemError(problem(416, "the file has no such part")) from None
    except NotFound:
        pass
    raise not_found("no such file of a release")


PAGES = (
    Page("GET /releases", releases, MAY),
    Page("POST /releases/order", order, MAY),
    Page("POST /releases/abort", abort, MAY),
    Page("GET /releases/{number}/{name}", file, is_open=True),
)


def _content(parts: WebParts) -> dict[str, Any]:
    seen, shelf = parts.rollouts.seen(), parts.rollouts.shelf
    rollouts = parts.rollouts.latest(ROLLOUTS_SHOWN)
    with parts.floor() as (floor, _revision):
        rows = [picture.rollout(one, floor, seen) for one in rollouts]
        stations = picture.stations(floor, seen)
    return {
        "releases": picture.releases(shelf.all(), seen, parts.clock.now_ms()),
        "stations": stations,
        "running": next((row for row in rows if row.is_running), None),
        "ended": [row for row in rows if not row.is_running],
        "numbers": NUMBERS,
        "said": _(SAID[key]) if (key := request.args.get("said", "")) in SAID else "",
        "fault": None,
    }


def _wish(parts: WebParts) -> Wish:
    """What the form says. Raises `RolloutError`."""
    form = request.form
    with parts.floor() as (floor, _revision):
        known = set(floor.plant.stations)
    chosen = list(dict.fromkeys(form.getlist("station")))
    if any(station not in known for station in chosen):
        raise RolloutError(_("There is no such station."))
    numbers = {name: _number(form, name) for name in NUMBERS}
    return Wish(
        release=_release(form),
        stations=chosen,
        first=numbers["first"],
        size=numbers["size"],
        prove_ms=numbers["minutes"] * MINUTE_MS,
        force=form.get("force") == "1",
    )


def _release(form: Mapping[str, str]) -> int:
    text = form.get("release", "")
    if not (text.isascii() and text.isdigit()):
        raise RolloutError(_("Choose a release."))
    return int(text[:12])


def _number(form: Mapping[str, str], name: str) -> int:
    _usual, least, most = NUMBERS[name]
    text = form.get(name, "")
    if text.isascii() and text.isdigit() and least <= int(text[:6]) <= most:
        return int(text)
    raise RolloutError(
        _("A whole number from %(least)s to %(most)s is wanted.") % {"least": least, "most": most}
    )
