"""The pages of stations: all of them, and one with what can be told it, joined, and replaced."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import Access
from kanban_hub.accounts.errors import AccountError, AccountFaultError
from kanban_hub.accounts.rights import Errand
from kanban_hub.identity.errors import NoCodeError, NothingToRevokeError
from kanban_hub.language import N_, _
from kanban_hub.paper.code import QR_QUIET, qr_modules, qr_rows
from kanban_hub.stationfile import broker_url, station_file
from kanban_hub.suppliers import links
from kanban_hub.suppliers.addresses import station_url
from kanban_hub.suppliers.errors import LinkError
from kanban_hub.web import sheetfile
from kanban_hub.web.api.commands import CommandGiven, commanded
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.station import picture, sdcard
from kanban_hub.web.station.identity import door_of, handed
from kanban_protocol.messages import CommandKind

MAY_COMMAND = (Errand.COMMAND,)
MAY_LINK = (Errand.LINKS,)
MAY_JOIN = (Errand.IDENTITIES,)
COMMANDS = {
    "identify": CommandKind.IDENTIFY,
    "self_test": CommandKind.SELF_TEST,
    "rebirth": CommandKind.REBIRTH,
}
SAID = {
    "withdrawn": N_("The code is void."),
    "barred": N_("It is revoked. The hub takes nothing from it any more, and ends its connection."),
    "heard": N_("Sent. The station shows it for some seconds; whether it did is seen there."),
    "again": N_("Sent. What the station is and shows is told anew within seconds, if it heard it."),
    "silent": N_("Sent, but the station is silent: if nothing blinks there, it did not hear it."),
    "unsent": N_("Not sent: the hub has no link to the broker. Only pages of the station show it."),
    "revoked": N_("The link no longer works. What its browser keeps is sent when it is let in again."),
}


def stations(parts: WebParts) -> Response:
    known = picture.rows(parts)
    is_narrowed = request.args.get("only") == "trouble"
    rows = [row for row in known if _is_troubled(row)] if is_narrowed else known
    troubled = sum(map(_is_troubled, known))
    content = {"rows": rows, "known": len(known), "troubled": troubled, "is_narrowed": is_narrowed}
    return live(parts, "station/stations.html", content)


def stations_csv(parts: WebParts) -> Response:
    """The same for a spreadsheet."""
    columns = (
        "station",
        "state",
        "heard_at",
        "troubles",
        "firmware",
        "clock",
        "temperature",
        "free",
        "panels",
    )
    lines = sheetfile.lines(columns, map(_cells, picture.rows(parts)))
    response = Response("".join(lines), mimetype=sheetfile.MEDIA_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename="stations.csv")
    return response


def station(parts: WebParts, station: str) -> Response:
    return live(parts, "station/station.html", _content(parts, station))


def command(parts: WebParts, station: str) -> AnyResponse:
    kind = COMMANDS.get(request.form.get("command", ""))
    if kind is None:
        raise not_found("no such command")
    said = _said(commanded(parts, station, kind), kind)
    return redirect(f"/stations/{station}?said={said}#commands", 303)


def station_toml(parts: WebParts, station: str) -> Response:
    with parts.floor() as (floor, _revision):
        if station not in floor.plant.stations:
            raise not_found(f"no station {station[:80]!r}")
        text = station_file(floor, station, _broker(parts), door=_door(parts))
    response = Response(text, mimetype="application/toml")
    response.headers.set("Content-Disposition", "attachment", filename="station.toml")
    return response


def add_link(parts: WebParts, station: str) -> Response:
    """The link is shown once, so the answer is the page itself."""
    content = _content(parts, station)
    place = " ".join(request.form.get("place", "").split())
    if not 1 <= len(place) <= links.PLACE_MOST or not place.isprintable():
        said = _("Say where the tablet is, in 1 to %(most)s signs.") % {"most": links.PLACE_MOST}
        return _shown(parts, content, AccountFaultError(said), place)
    link = links.add_station(parts.store, (station, place), links.DAYS_USUAL, parts.clock.now_ms())
    parts.register.note(Access.STATION_LINKED, parts.caller.name, f"{station}: {place}"[: links.PLACE_MOST])
    url = station_url(request.host_url.rstrip("/"), parts.signer, link.id)
    content |= {"handed": {"place": place, "url": url, "qr": _qr(url)}}
    return _shown(parts, content | {"one": _content(parts, station)["one"]})


def revoke_link(parts: WebParts, station: str, link: str) -> AnyResponse:
    try:
        revoked = links.revoke_station(parts.store, link, parts.clock.now_ms())
    except LinkError:
        return _shown(parts, _content(parts, station), AccountFaultError(_("There is no such link.")))
    about = f"{revoked.station}: {revoked.place}"[: links.PLACE_MOST]
    parts.register.note(Access.STATION_UNLINKED, parts.caller.name, about)
    return redirect(f"/stations/{station}?said=revoked#panels", 303)


def add_code(parts: WebParts, station: str) -> Response:
    """The code is shown once, so the answer is the page itself."""
    content, office = _content(parts, station), parts.office
    if office is None:
        raise not_found("this hub keeps no identities")
    issued = office.codes.issue(station, parts.caller.name)
    one = _content(parts, station)["one"]
    made = handed(office, issued.text, issued.code, one.identity.door)
    return _shown(parts, content | {"one": one, "ticket": made, "ticket_qr": _qr(made.line)})


def withdraw_code(parts: WebParts, station: str) -> AnyResponse:
    return _identity_order(parts, station, "withdrawn")


def revoke_station(parts: WebParts, station: str) -> AnyResponse:
    return _identity_order(parts, station, "barred")


def _identity_order(parts: WebParts, station: str, said: str) -> AnyResponse:
    content, office = _content(parts, station), parts.office
    if office is None:
        raise not_found("this hub keeps no identities")
    order = office.codes.withdraw if said == "withdrawn" else office.joining.revoke
    try:
        order(station, parts.caller.name)
    except (NoCodeError, NothingToRevokeError):  # somebody else was first
        return _shown(parts, content, AccountFaultError(_("There is nothing to take back any more.")))
    return redirect(f"/stations/{station}?said={said}#identity", 303)


PAGES = (
    Page("GET /stations", stations, is_reading=True),
    Page("GET /stations.csv", stations_csv, is_reading=True),
    Page("GET /stations/{station}", station, is_reading=True),
    Page("POST /stations/{station}/command", command, MAY_COMMAND),
    Page("GET /stations/{station}/station.toml", station_toml, is_reading=True),
    Page("POST /stations/{station}/code", add_code, MAY_JOIN),
    Page("POST /stations/{station}/code/withdraw", withdraw_code, MAY_JOIN),
    Page("POST /stations/{station}/revoke", revoke_station, MAY_JOIN),
    Page("POST /stations/{station}/links", add_link, MAY_LINK),
    Page("POST /stations/{station}/links/{link}/revoke", revoke_link, MAY_LINK),
    *sdcard.PAGES,
)


def _content(parts: WebParts, station: str) -> dict[str, Any]:
    with parts.floor() as (floor, _revision):
        known = floor.plant.stations.get(station)
        if known is None:
            raise not_found(f"no station {station[:80]!r}")
        one = picture.one(parts, floor, known, request.host)
    return {
        "one": one,
        "broker": _broker(parts),
        "may": {
            "command": parts.caller.may(*MAY_COMMAND),
            "link": parts.caller.may(*MAY_LINK),
            "sd_card": parts.caller.may(*sdcard.MAY),
            "join": parts.caller.may(*MAY_JOIN),
        },
        "said": _(SAID[key]) if (key := request.args.get("said", "")) in SAID else "",
        "is_secure": request.is_secure,
    }


def _shown(
    parts: WebParts, content: Mapping[str, Any], fault: AccountError | None = None, place: str = ""
) -> Response:
    given = {**content, "fault": fault, "place": place, "is_part": False}
    return shown(parts, "station/station.html", given, 400 if fault else 200)


def _said(given: CommandGiven, kind: CommandKind) -> str:
    if not given.sent:
        return "unsent"
    if not given.online:
        return "silent"
    return "again" if kind is CommandKind.REBIRTH else "heard"


def _is_troubled(row: picture.StationRow) -> bool:
    return row.sign == "bad" or bool(row.troubles)


def _cells(row: picture.StationRow) -> tuple[sheetfile.Cell, ...]:
    heard_at = row.heard_at.isoformat() if row.heard_at is not None else None
    told = "; ".join(row.troubles)
    return (row.id, row.word, heard_at, told, row.firmware, row.clock, row.temperature, row.room, row.panels)


def _broker(parts: WebParts) -> str:
    """As a station that joins is told, where there is a door."""
    if parts.office is not None and parts.office.port is not None:
        return parts.office.broker(request.host)
    return broker_url(parts.broker, urlsplit(f"//{request.host}").hostname or "hub.local")


def _door(parts: WebParts) -> str:
    return door_of(parts.office, request.host) if parts.office is not None else ""


def _qr(text: str) -> dict[str, Any]:
    """A QR code as stretches of dark modules, for a drawing."""
    stretches = [
        (start + QR_QUIET, row + QR_QUIET, many)
        for row, dark in enumerate(qr_rows(text))
        for start, many in dark
    ]
    return {"side": qr_modules(text), "stretches": stretches}
