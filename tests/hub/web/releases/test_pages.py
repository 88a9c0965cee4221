"""An admin brings stations to a release on the hub's page."""

from pathlib import Path

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.releases.signing import make_key
from kanban_protocol import release
from kanban_protocol.messages import StationHeartbeat, UpdateFault, UpdateReport, UpdateStep
from tests.hub.releases.shop import signed
from tests.hub.releases.test_rollouts import heartbeat
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site

REST = {"Range": "bytes=60-"}
FORM: dict[str, str | list[str]] = {
    "release": "12",
    "station": ["paint"],
    "first": "1",
    "size": "1",
    "minutes": "10",
}


@pytest.fixture
def root(site: Site) -> Person:
    return account(site, "root", AccountRole.ADMIN)


@pytest.fixture(autouse=True)
def shelf(site: Site, tmp_path: Path) -> None:
    """The hub hands out release 12, and two stations run release 11."""
    private, public = make_key(tmp_path / "key", None)
    site.parts.rollouts.shelf.trust(public)
    site.parts.rollouts.shelf.add(signed(tmp_path / "shop", private, 12))
    for station in ("paint", "assembly"):
        site.presence.hear(station, beat())


def beat(number: int = 11, report: UpdateReport | None = None) -> StationHeartbeat:
    return heartbeat(release=number, **({"update": report} if report else {}))


def order(root: Person, **changes: str | list[str]) -> str:
    fields = {**root.form("/releases", "/releases/order"), **FORM, **changes}
    return root.send("/releases/order", fields).get_data(as_text=True)


def test_the_page_shows_what_is_there_and_who_runs_it(root: Person) -> None:
    text = root.read("/releases")

    assert "0.12" in text
    assert text.count("runs release 11") == 2
    assert "Update stations" in text


def test_an_update_is_ordered_followed_and_aborted(site: Site, root: Person) -> None:
    assert root.fill("/releases", "/releases/order", **FORM).status_code == 303
    site.parts.rollouts.tick()
    assert [(station, command.release) for station, command in site.commands] == [("paint", "12")]
    fetching = UpdateReport(release=12, step=UpdateStep.FETCHING)
    site.presence.hear("paint", beat(11, fetching))
    site.parts.rollouts.tick()

    text = root.read("/releases?said=ordered")
    assert "Update to release 12" in text
    assert "fetches it" in text
    assert "One update at a time" in text
    root.fill("/releases", "/releases/abort")
    assert "aborted" in root.read("/releases")


def test_a_failure_says_which_station_and_why(site: Site, root: Person) -> None:
    order(root)
    site.parts.rollouts.tick()
    returned = UpdateReport(release=12, step=UpdateStep.RETURNED, fault=UpdateFault.NOT_WELL)
    site.presence.hear("paint", beat(11, returned))
    site.parts.rollouts.tick()

    text = root.read("/releases")

    assert "stopped by a failure" in text
    assert "the release was not well there" in text
    assert "the release was not well there" in root.read("/stations/paint")


WRONG: list[tuple[dict[str, str | list[str]], str]] = [
    ({"release": "13"}, "no release 13"),
    ({"release": "x"}, "Choose a release"),
    ({"station": ["nowhere"]}, "no such station"),
    ({"station": []}, "at least one station"),
    ({"size": "0"}, "from 1 to 100"),
    ({"first": "1.5"}, "from 1 to 100"),
    ({"minutes": "9" * 20}, "from 1 to 1440"),
]


def test_a_form_that_cannot_be_followed_says_why(site: Site, root: Person) -> None:
    for changes, told in WRONG:
        assert told in order(root, **changes), changes
    assert site.parts.rollouts.latest(1) == []


def test_only_an_admin_updates_stations(site: Site, root: Person) -> None:
    form = root.form("/releases", "/releases/order")
    for role in (AccountRole.OPERATOR, AccountRole.SUPERVISOR, AccountRole.QUALITY):
        somebody = account(site, role.value, role)

        assert somebody.open("/releases").status_code == 403
        assert somebody.send("/releases/order", {**form, **FORM}).status_code == 403
        assert somebody.send("/releases/abort", form).status_code == 403
    assert site.parts.rollouts.latest(1) == []


def test_stations_read_the_files_without_an_account_also_in_parts(site: Site) -> None:
    address = f"/releases/12/{release.SIGNATURE}"

    with site.client().get(address) as whole, site.client().get(address, headers=REST) as rest:
        assert (len(whole.get_data()), len(rest.get_data())) == (64, 4)
    assert site.client().get("/releases/12/notes.txt").status_code == 404
    assert site.client().get("/releases/x/manifest.json").status_code == 404
