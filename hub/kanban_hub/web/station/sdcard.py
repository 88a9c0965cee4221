"""The page of a station's SD card: what makes a Pi that station, to be unpacked onto the card's partition."""

import io
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from flask import Response, request

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.floor import Floor
from kanban_hub.identity.office import Office
from kanban_hub.language import N_, _
from kanban_hub.releases.shelf import Shelf
from kanban_hub.sdcard import cmdline, memory
from kanban_hub.sdcard.bundle import shelved
from kanban_hub.sdcard.card import files
from kanban_hub.sdcard.errors import CardError
from kanban_hub.sdcard.making import DAYS_MOST, Maker
from kanban_hub.sdcard.network import Network, Wifi
from kanban_hub.sdcard.request import Request
from kanban_hub.stationfile import BUILDS, door_url
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem

MAY = (Errand.SD_CARDS,)
USUAL = "four-slots"
OWN = "own"  # the file that somebody wrote for the station's last card
WORDS = {
    "four-slots": N_("Four lit buttons, quality button, stack light, buzzer, scanner"),
    "one-slot": N_("One lit button, quality button, buzzer"),
    "scanner-only": N_("A scanner and a buzzer"),
    OWN: N_("As on its last card, by a file of its own"),
}


@dataclass(frozen=True)
class _Site:
    """What the hub has for a card, and what stands in the way of one."""

    office: Office | None
    obstacles: tuple[str, ...]


def form(parts: WebParts, station: str) -> Response:
    return _shown(parts, station)


def make(parts: WebParts, station: str) -> Response:
    """The card's files, and its code within, which is handed out this once."""
    found = _obstacles(parts, station)
    if found.obstacles or found.office is None:
        raise ProblemError(problem(409, found.obstacles[0]))
    wifi = _wifi()
    faults = _faults(wifi)
    if faults:
        return _shown(parts, station, faults)
    with parts.floor() as (floor, _revision):
        content = _zipped(parts, found.office, _request(found.office, station, wifi, floor), floor)
    headers = {
        "Content-Disposition": f'attachment; filename="{station}-sd-card.zip"',
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/zip", headers=headers)


PAGES = (
    Page("GET /stations/{station}/sd-card", form, MAY),
    Page("POST /stations/{station}/sd-card", make, MAY),
)


def _zipped(parts: WebParts, office: Office, asked: Request, floor: Floor) -> bytes:
    maker = Maker(office.parts.data, office.codes, office.authority, parts.clock.now_ms, parts.caller.named)
    try:
        card, _issued = maker.make(asked, floor, shelved(Shelf(office.parts.data)))
    except CardError as error:
        raise ProblemError(problem(409, str(error))) from None
    country = card.machine.network.wifi.country if card.machine.network.wifi is not None else None
    line = cmdline.prepared(cmdline.STOCK, card.machine.instance, country)
    written = io.BytesIO()
    # Wheels are packed already.
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name, content in (files(card) | {"cmdline.txt": line.encode()}).items():
            archive.writestr(name, content)
    return written.getvalue()


def _request(office: Office, station: str, wifi: Wifi | None, floor: Floor) -> Request:
    last = memory.recall(office.parts.data, station)
    build = request.form.get("build", "")
    return Request(
        station=station,
        door=door_url(request.host, office.port or 0),
        broker=office.broker(request.host),
        network=Network(wifi, last.network.fixed if last is not None else None),
        build=BUILDS.get(build, BUILDS[USUAL]),
        own_file=last.own_file if last is not None and build == OWN else None,
        timezone=floor.plant.calendar.timezone,
        ntp=last.ntp if last is not None else (),
        ssh_key=last.ssh_key if last is not None else None,
        is_writable=last.is_writable if last is not None else False,
    )


def _wifi() -> Wifi | None:
    name = request.form.get("wifi", "").strip()
    if not name:
        return None
    country = request.form.get("country", "").strip().upper()
    return Wifi(name, request.form.get("password", ""), country, "hidden" in request.form)


def _faults(wifi: Wifi | None) -> list[str]:
    if wifi is None:
        return []
    told = [
        (wifi.is_named, _("A Wi-Fi network has a name of 1 to 32 bytes.")),
        (
            wifi.is_keyed,
            _("A Wi-Fi password has 8 to 63 letters, digits and signs, none with an accent."),
        ),
        (
            wifi.is_placed,
            _("Name the country by two letters, as DE or US: the Pi's radio stays off without."),
        ),
    ]
    return [text for is_well, text in told if not is_well]


def _obstacles(parts: WebParts, station: str) -> _Site:
    with parts.floor() as (floor, _revision):
        known = floor.plant.stations.get(station)
    if known is None:
        raise not_found(f"no station {station[:80]!r}")
    office = parts.office
    found = []
    if known.external:
        found.append(_("It is outside the plant and let in by a link: it has no Pi."))
    if office is None or office.port is None:
        found.append(_("The hub runs without a door for stations: whoever runs it starts it with --door."))
    elif not Shelf(office.parts.data).all():
        found.append(_("The hub keeps no release of the stations' program: whoever runs it adds one."))
    return _Site(office, tuple(found))


def _shown(parts: WebParts, station: str, faults: list[str] | None = None) -> Response:
    found = _obstacles(parts, station)
    with parts.floor() as (floor, _revision):
        name = floor.plant.stations[station].name
    content: dict[str, Any] = {
        "station": station,
        "name": name,
        "obstacles": found.obstacles,
        "faults": faults or [],
        "days": DAYS_MOST,
    }
    if not found.obstacles and found.office is not None:
        content |= _choices(found.office, station)
    return shown(parts, "station/sdcard.html", content, 400 if faults else 200)


def _choices(office: Office, station: str) -> dict[str, Any]:
    last = memory.recall(office.parts.data, station)
    names = [*BUILDS, *([OWN] if last is not None and last.own_file is not None else [])]
    usual = (
        OWN
        if OWN in names
        else next((n for n, b in BUILDS.items() if last and last.build == b), "four-slots")
    )
    given = request.form
    wifi = last.network.wifi if last is not None else None
    return {
        "builds": [(name, _(WORDS[name])) for name in names],
        "build": given.get("build", usual),
        "wifi": given.get("wifi", wifi.ssid if wifi is not None else ""),
        "country": given.get("country", wifi.country if wifi is not None else ""),
        "is_hidden": "hidden" in given or (not given and wifi is not None and wifi.is_hidden),
        "release": Shelf(office.parts.data).all()[0].number,
        "has_joined": bool(office.papers(station).certificates),
        "door": door_url(request.host, office.port or 0),
    }
