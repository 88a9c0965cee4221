"""Who came in and what was changed, by account; and how the plant became what it is, change by change."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from kanban_hub.accounts.account import Access, AccessEntry, AccountRole
from kanban_hub.accounts.ports import LOG_MOST, LogFilter
from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_, _
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantChange
from kanban_hub.web import sheetfile, words
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant, milliseconds
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.differences import WAYS, pictures
from kanban_hub.web.problem import not_found

MAY = (Errand.AUDIT,)
SHOWN_MOST = 100
PLANT_SHOWN_MOST = 25
_PLANT_READ = 1_000
WORDS: dict[Access, str] = {
    Access.LOGGED_IN: N_("logged in"),
    Access.REFUSED: N_("log-in refused"),
    Access.LOGGED_OUT: N_("logged out"),
    Access.PASSWORD_SET: N_("password set"),
    Access.ADDED: N_("account added"),
    Access.DISABLED: N_("account disabled"),
    Access.ENABLED: N_("account let in again"),
    Access.RESET: N_("account reset"),
    Access.ROLES_SET: N_("roles set"),
    Access.SESSIONS_ENDED: N_("sessions ended"),
    Access.SCREEN_ADDED: N_("screen added"),
    Access.SCREEN_REVOKED: N_("screen taken back"),
    Access.STATION_LINKED: N_("station link added"),
    Access.STATION_UNLINKED: N_("station link taken back"),
    Access.TOKEN_ADDED: N_("token added"),
    Access.TOKEN_REVOKED: N_("token taken back"),
    Access.PLANT_CHANGED: N_("plant changed"),
    Access.BACKED_UP: N_("backup downloaded"),
    Access.NOTICE_TESTED: N_("test notice sent"),
    Access.CODE_ADDED: N_("join code added"),
    Access.CODE_WITHDRAWN: N_("join code withdrawn"),
    Access.JOIN_REFUSED: N_("join refused"),
    Access.STATION_JOINED: N_("station joined"),
    Access.STATION_RENEWED: N_("station's certificate renewed"),
    Access.STATION_REVOKED: N_("station revoked"),
    Access.UPDATE_ORDERED: N_("update of stations ordered"),
    Access.UPDATE_ABORTED: N_("update of stations aborted"),
    Access.UPDATE_STOPPED: N_("update of stations stopped by a failure"),
    Access.UPDATE_DONE: N_("update of stations done"),
}
COLUMNS = ("at", "what", "about", "by", "address")


def audit(parts: WebParts) -> Response:
    """The log of access and administration, newest first."""
    which, skip = _asked(), _skip()
    found = parts.register.log(SHOWN_MOST + 1, which)
    content = {
        "entries": [_picture(one) for one in found[:SHOWN_MOST]],
        "older": _page(skip + SHOWN_MOST) if len(found) > SHOWN_MOST else None,
        "newer": _page(max(0, skip - SHOWN_MOST)) if skip else None,
        "kinds": sorted(((one.value, _(word)) for one, word in WORDS.items()), key=lambda pair: pair[1]),
        "given": request.args,
        "csv": f"/audit/log.csv?{request.query_string.decode()}",
    }
    return shown(parts, "upkeep/audit.html", content)


def audit_csv(parts: WebParts) -> Response:
    rows = (
        [instant(one.at_ms).isoformat(), one.what.value, one.about, one.by, one.address]
        for one in parts.register.log(LOG_MOST, _asked())
    )
    return Response("".join(sheetfile.lines(COLUMNS, rows)), mimetype=sheetfile.MEDIA_TYPE)


def plant(parts: WebParts) -> Response:
    """The changes of the plant that are kept, newest first."""
    before = request.args.get("before", "")
    limit = PLANT_SHOWN_MOST + 1
    with parts.store.view() as view:
        newest = view.plant_revision()
        found = list(
            _fitting(view.plant_changes(_PLANT_READ, int(before[:15]) if before.isdecimal() else None))
        )
    named = {one.about: one.by for one in parts.register.log(LOG_MOST, LogFilter(what=Access.PLANT_CHANGED))}
    content = {
        "changes": [_change(one, named, newest) for one in found[:PLANT_SHOWN_MOST]],
        "older": _plant_page(found[PLANT_SHOWN_MOST - 1].number) if len(found) >= limit else None,
        "ways_of": [(way.value, _(word)) for way, word in WAYS.items()],
        "may_change": parts.caller.may(ChangePlant),
        "given": request.args,
    }
    return shown(parts, "upkeep/plant.html", content)


def plant_before(parts: WebParts, number: str) -> Response:
    """The plant as it was before a change, as its file."""
    with parts.store.view() as view:
        found = view.plant_change(int(number[:15])) if number.isdecimal() else None
    if found is None or found.before is None:
        raise not_found("no such change")
    disposition = f'attachment; filename="before-{found.number}.toml"'
    return Response(found.before, mimetype="application/toml", headers={"Content-Disposition": disposition})


PAGES = (
    Page("GET /audit", audit, MAY),
    Page("GET /audit/log.csv", audit_csv, MAY),
    Page("GET /audit/plant", plant, MAY),
    Page("GET /audit/plant/{number}.toml", plant_before, MAY),
)


def _asked() -> LogFilter:
    given = request.args
    known = {one.value: one for one in Access}
    return LogFilter(
        what=known.get(given.get("what", "")),
        by=given.get("by", "").strip() or None,
        about=given.get("about", "").strip() or None,
        since_ms=_day_ms("since"),
        until_ms=_day_ms("until", days=1),
        skip=_skip(),
    )


def _fitting(changes: Iterable[PlantChange]) -> Iterator[PlantChange]:
    way, text = request.args.get("way", ""), request.args.get("about", "").strip().casefold()
    since_ms, until_ms = _day_ms("since"), _day_ms("until", days=1)
    for one in changes:
        keys = {row.key.casefold() for row in one.difference} | {row.table for row in one.difference}
        is_in_time = (since_ms or 0) <= one.at_ms and (until_ms is None or one.at_ms < until_ms)
        if is_in_time and way in ("", one.way.value) and (not text or text in keys):
            yield one


def _day_ms(name: str, days: int = 0) -> int | None:
    """The beginning of a day, in UTC as everything that is kept; what is no day asks for none."""
    try:
        day = datetime.strptime(request.args.get(name, ""), "%Y-%m-%d").replace(tzinfo=UTC)
        return milliseconds(day + timedelta(days=days))
    except (ValueError, OverflowError):
        return None


def _skip() -> int:
    skip = request.args.get("skip", "")
    return min(int(skip[:9]), LOG_MOST) if skip.isdecimal() else 0


def _page(skip: int) -> str:
    return f"/audit?{urlencode({**request.args, 'skip': skip})}"


def _plant_page(before: int) -> str:
    return f"/audit/plant?{urlencode({**request.args, 'before': before})}"


def _picture(one: AccessEntry) -> dict[str, Any]:
    return {
        "at": instant(one.at_ms),
        "word": _(WORDS[one.what]),
        "entry": one,
        "is_plant": one.what is Access.PLANT_CHANGED,
        "is_refused": one.what in {Access.REFUSED, Access.JOIN_REFUSED},
    }


def _change(one: PlantChange, named: dict[str | None, str | None], newest: int) -> dict[str, Any]:
    return {
        "change": one,
        "at": instant(one.at_ms),
        "way": _(WAYS[one.way]),
        "role": _role(one.role),
        "by": named.get(str(one.number)),
        "difference": pictures(one.difference),
        "can_undo": one.number == newest and one.before is not None,
    }


def _role(role: str | None) -> str | None:
    return words.role(AccountRole(role)) if role in set(AccountRole) else role
