"""Links for external suppliers, screens and software stations: made for a time, taken back when need be."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kanban_hub.domain.errors import Reason, UnknownError
from kanban_hub.domain.plant import Plant, Station
from kanban_hub.errors import NotLoadedError
from kanban_hub.ports import Link, ScreenLink, StationLink, Store, SupplierLink
from kanban_hub.suppliers.errors import NotExternalError, UnknownLinkError

DAY_MS = 86_400_000
DAYS_USUAL = 365
DAYS_MOST = 3_650
PLACE_MOST = 80

AnyLink = TypeVar("AnyLink", bound=Link)


def add(store: Store, station: str, days: int, now_ms: int) -> SupplierLink:
    """Make a link for `station`, good for `days` (1 to `DAYS_MOST`).

    Raises an `UnknownError` or `NotExternalError`, and `NotLoadedError` without a plant.
    """
    with store.transaction() as work:
        _check_external(work.plant(), station)
        link = SupplierLink(*_fresh(days, now_ms), station)
        work.save_link(link)
    return link


def add_screen(store: Store, place: str, days: int, now_ms: int) -> ScreenLink:
    """Make a link for the screen that hangs at `place`."""
    with store.transaction() as work:
        link = ScreenLink(*_fresh(days, now_ms), place)
        work.save_link(link)
    return link


def add_station(store: Store, whose: tuple[str, str], days: int, now_ms: int) -> StationLink:
    """Make a link that lets the browser at a place be a station: `whose` are the station and the place.

    Raises an `UnknownError`, and `NotLoadedError` without a plant.
    """
    with store.transaction() as work:
        _check_known(work.plant(), whose[0])
        link = StationLink(*_fresh(days, now_ms), *whose)
        work.save_link(link)
    return link


def revoke(store: Store, link_id: str, now_ms: int) -> SupplierLink:
    """Take a supplier's link back, at once and for ever; once more is no fault. Raises `UnknownLinkError`."""
    with store.transaction() as work:
        revoked = _known(work.links(), link_id).revoked(now_ms)
        work.save_link(revoked)
    return revoked


def revoke_screen(store: Store, link_id: str, now_ms: int) -> ScreenLink:
    """The same for a screen."""
    with store.transaction() as work:
        revoked = _known(work.screens(), link_id).revoked(now_ms)
        work.save_link(revoked)
    return revoked


def renew_screen(store: Store, link_id: str, now_ms: int) -> ScreenLink:
    """Give a screen's link back, or for longer: `DAYS_USUAL` from now. Raises `UnknownLinkError`."""
    with store.transaction() as work:
        renewed = _known(work.screens(), link_id).renewed(now_ms + DAYS_USUAL * DAY_MS)
        work.save_link(renewed)
    return renewed


def set_screen(
    store: Store, link_id: str, target: str | None, look: tuple[str | None, str | None]
) -> ScreenLink:
    """Change what a screen shows, and how: `look` is language and theme. Raises `UnknownLinkError`."""
    with store.transaction() as work:
        known = _known(work.screens(), link_id)
        changed = replace(known, target=target, language=look[0], theme=look[1])
        work.save_link(changed)
    return changed


def known_screen(store: Store, link_id: str) -> ScreenLink:
    """The screen's link of this id, good or not. Raises `UnknownLinkError`."""
    with store.view() as view:
        return _known(view.screens(), link_id)


def revoke_station(store: Store, link_id: str, now_ms: int) -> StationLink:
    """The same for a software station."""
    with store.transaction() as work:
        revoked = _known(work.station_links(), link_id).revoked(now_ms)
        work.save_link(revoked)
    return revoked


def good_link(store: Store, link_id: str, now_ms: int) -> SupplierLink | None:
    """The link of this id while it is good and its station is an external one of the plant."""
    with store.view() as view:
        link = next((known for known in view.links() if known.id == link_id), None)
        plant = view.plant()
    if link is None or plant is None or not link.is_good(now_ms):
        return None
    station = plant.stations.get(link.station)
    return link if station is not None and station.external else None


def good_station(store: Store, link_id: str, now_ms: int) -> StationLink | None:
    """The station's link of this id while it is good and its station is one of the plant."""
    with store.view() as view:
        link = next((known for known in view.station_links() if known.id == link_id), None)
        plant = view.plant()
    if link is None or plant is None or not link.is_good(now_ms):
        return None
    return link if link.station in plant.stations else None


def _fresh(days: int, now_ms: int) -> tuple[str, int, int]:
    """The id of a new link, and from when to when it is good."""
    return secrets.token_hex(6), now_ms, now_ms + days * DAY_MS


def _known(links: Iterable[AnyLink], link_id: str) -> AnyLink:
    found = next((link for link in links if link.id == link_id), None)
    if found is None:
        raise UnknownLinkError(link_id)
    return found


def _check_external(plant: Plant | None, station: str) -> None:
    if not _check_known(plant, station).external:
        raise NotExternalError(station)


def _check_known(plant: Plant | None, station: str) -> Station:
    if plant is None:
        raise NotLoadedError
    if station not in plant.stations:
        raise UnknownError(Reason.UNKNOWN_STATION, f"no station {station}")
    return plant.stations[station]
