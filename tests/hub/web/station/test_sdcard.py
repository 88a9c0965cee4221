"""The page that makes a station's SD card."""

import io
import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.identity.keeper import KeeperParts
from kanban_hub.identity.office import Office
from kanban_hub.releases import folder as folders
from kanban_hub.releases import signing
from kanban_hub.releases.shelf import Shelf
from kanban_hub.sdcard import memory
from kanban_hub.sdcard.request import Request
from kanban_hub.web.app import create_app
from kanban_protocol.endpoint import Endpoint
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.wheels import write_wheel

OWN = '[station]\nid = "paint"\nsite = "plant"\n[hub]\nurl = "https://hub.lan:8443"\n'
PAGE = "/stations/paint/sd-card"


@pytest.fixture
def door(site: Site) -> Site:
    """A hub with a door for stations, and no release."""
    parts = KeeperParts(site.data, site.store, site.clock.now_ms, Endpoint("127.0.0.1", 1883))
    office = Office(parts, lambda _host: "mqtts://hub.lan:8883")
    office.keeper.port = 8443
    site.parts = replace(site.parts, office=office)
    site.app = create_app(site.parts)
    return site


@pytest.fixture
def ready(door: Site, tmp_path: Path) -> Site:
    private, public = signing.make_key(tmp_path / "key", None)
    (tmp_path / "R7").mkdir()
    write_wheel(tmp_path / "R7", "kanban_signal_station", "0.3.0")
    folders.write_manifest(tmp_path / "R7", 7, "0.3.0", 0, (datetime(2026, 11, 1, tzinfo=UTC), 365))
    folders.sign(tmp_path / "R7", signing.private_key(private, None))
    shelf = Shelf(door.data)
    shelf.trust(public)
    shelf.add(tmp_path / "R7")
    return door


@pytest.fixture
def admin(ready: Site) -> Person:
    return account(ready, "ann", AccountRole.ADMIN)


@pytest.fixture
def own(ready: Site) -> None:
    """The station's last card had a file that somebody wrote."""
    memory.keep(ready.data, Request("paint", "https://hub.lan:8443", "", own_file=OWN))


def unpacked(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def page(person: Person, url: str = PAGE) -> str:
    return person.open(url).get_data(as_text=True)


def test_an_admin_takes_all_that_a_card_needs(ready: Site, admin: Person) -> None:
    answer = admin.fill(PAGE, PAGE, build="one-slot", wifi="", password="", country="")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="paint-sd-card.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = unpacked(answer.get_data())
    station = tomllib.loads(found["kanban/station.toml"])
    assert (station["station"]["id"], station["mqtt"]["url"]) == ("paint", "mqtts://hub.lan:8883")
    assert station["hub"]["url"].endswith(":8443")
    assert " root=LABEL=rootfs " in found["cmdline.txt"]
    assert "resize" not in found["cmdline.txt"]
    assert "kanban/release/manifest.json" in found
    assert found["user-data"].startswith("#cloud-config\n")


def test_its_code_is_the_stations_and_the_audit_knows_who_took_it(ready: Site, admin: Person) -> None:
    admin.fill(PAGE, PAGE, build="one-slot", wifi="", password="", country="")

    (entry,) = [one for one in ready.parts.register.log(9) if one.what is Access.CODE_ADDED]
    assert (entry.by, entry.about) == ("ann", "paint")


def test_the_wifi_is_on_the_card_without_its_password(ready: Site, admin: Person) -> None:
    answer = admin.fill(PAGE, PAGE, build="four-slots", wifi="Plant", password="correct horse", country="de")

    found = unpacked(answer.get_data())
    (point,) = json.loads(found["network-config"])["network"]["wifis"]["wlan0"]["access-points"]
    assert point == "Plant"
    assert "regdom=DE" in found["cmdline.txt"]
    assert not any("correct horse" in text for text in found.values())
    assert 'value="Plant"' in page(admin)


def test_what_cannot_be_is_told_at_the_form(ready: Site, admin: Person) -> None:
    answer = admin.fill(PAGE, PAGE, build="four-slots", wifi="Plant", password="short", country="D")

    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "A Wi-Fi password has 8 to 63 letters" in text
    assert "Name the country by two letters" in text
    assert "short" not in text


def test_a_file_of_ones_own_is_offered_again(admin: Person, own: None) -> None:
    assert "As on its last card, by a file of its own" in admin.read(PAGE)

    answer = admin.fill(PAGE, PAGE, build="own", wifi="", password="", country="")

    assert unpacked(answer.get_data())["kanban/station.toml"] == OWN


@pytest.mark.parametrize("role", [AccountRole.SUPERVISOR, AccountRole.OPERATOR])
def test_nobody_but_an_admin_takes_a_card(ready: Site, role: AccountRole) -> None:
    person = account(ready, "bob", role)

    assert person.open(PAGE).status_code == 403
    assert "sd-card" not in page(person, "/stations/paint")


def test_the_page_of_the_station_leads_an_admin_there(admin: Person) -> None:
    assert PAGE in page(admin, "/stations/paint")


def test_what_the_hub_lacks_is_said_in_place_of_the_form(door: Site, site: Site) -> None:
    text = account(door, "ann", AccountRole.ADMIN).read(PAGE)

    assert "The hub keeps no release of the stations' program" in text
    assert "Make the files" not in text


def test_without_a_door_a_card_would_lead_nowhere(site: Site) -> None:
    text = account(site, "ann", AccountRole.ADMIN).read(PAGE)

    assert "The hub runs without a door for stations" in text


def test_an_external_supplier_has_no_pi(ready: Site, admin: Person) -> None:
    assert "it has no Pi" in admin.read("/stations/castings/sd-card")
