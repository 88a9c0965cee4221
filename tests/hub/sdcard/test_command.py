"""`kanban-hub station add` and `replace`, as somebody uses them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_device import config
from kanban_hub.main import main
from kanban_hub.releases.shelf import Shelf

PLANT = """\
site = "plant"
[[stations]]
id = "assembly"
name = "Final assembly"
[[stations]]
id = "paint"
name = "Paint shop"
[[stations]]
id = "castings-inc"
name = "Castings Inc."
external = true
[[items]]
id = "bracket"
name = "Bracket, left"
[[loops]]
id = "bracket"
item = "bracket"
supplier = "paint"
consumer = "assembly"
container_quantity = 20
cards = 4
"""
Bootfs = Callable[..., Path]
Hub = Callable[..., Result]


@pytest.fixture
def hub(tmp_path: Path, release: tuple[Path, Path]) -> Hub:
    """`kanban-hub station …` with a loaded plant and a signed release at hand."""
    (tmp_path / "plant.toml").write_text(PLANT)
    data = ["--data", str(tmp_path / "data")]
    loaded = CliRunner().invoke(main, ["load", str(tmp_path / "plant.toml"), *data])
    assert loaded.exit_code == 0, loaded.output

    def run(*words: str, answer: str = "") -> Result:
        named = ["--release", str(release[0]), "--release-key", str(release[1])]
        return CliRunner().invoke(main, ["station", *words, *named, *data], input=answer)

    return run


def test_a_card_is_written_and_what_comes_next_is_said(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    folder = bootfs()

    done = hub("add", "paint", "--to", str(folder), "--hub", "https://hub.lan:8443")

    assert done.exit_code == 0, done.output
    assert "station paint, release 7" in done.output
    assert "the broker              mqtts://hub.lan:8883" in done.output
    assert re.search(r"one-time code is good until \d{4}-\d\d-\d\d \d\d:\d\d UTC", done.output)
    assert "Now: eject the card" in done.output
    found = config.load(folder / "kanban/station.toml")
    assert (found.station.id, found.mqtt.url) == ("paint", "mqtts://hub.lan:8883")
    assert (folder / "kanban/ca.crt").read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    assert (folder / "kanban/code").read_text().strip() not in done.output


@pytest.mark.parametrize(("build", "slots"), [("one-slot", 1), ("scanner-only", 0)])
def test_the_build_says_what_is_wired(hub: Hub, bootfs: Bootfs, build: str, slots: int) -> None:
    folder = bootfs()

    done = hub("add", "paint", "--to", str(folder), "--build", build)

    assert done.exit_code == 0, done.output
    found = config.load(folder / "kanban/station.toml").hardware
    assert (len(found.slots), len(found.scanners)) == (slots, 1 - slots)


def test_a_file_of_ones_own_comes_to_the_card_as_it_is(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    folder, own = bootfs(), tmp_path / "own.toml"
    own.write_text('[station]\nid = "paint"\nsite = "plant"\n[hub]\nurl = "https://hub.lan:8443"\n# mine\n')

    done = hub("add", "paint", "--to", str(folder), "--file", str(own))

    assert done.exit_code == 0, done.output
    assert (folder / "kanban/station.toml").read_text() == own.read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[station]\nid = "assembly"\nsite = "plant"\n', "--file: it is of the station assembly, not paint"),
        ('[station]\nid = "paint"\nsite = "other"\n', "--file: it is of the site other, not plant"),
        ('[station]\nid = "paint"\nsite = "plant"\n', "--file: it has no [hub] with url = "),
        ("[station\n", "--file: "),
        ("", "--file: it has no [station] with id and site"),
    ],
)
def test_a_file_of_another_station_is_refused(
    hub: Hub, bootfs: Bootfs, tmp_path: Path, text: str, said: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)

    done = hub("add", "paint", "--to", str(bootfs()), "--file", str(own))

    assert done.exit_code == 1
    assert said in done.output


def test_the_wifis_password_is_asked_for_and_kept_nowhere(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    folder = bootfs()

    done = hub(
        "add",
        "paint",
        "--to",
        str(folder),
        "--wifi",
        "Plant",
        "--wifi-country",
        "de",
        answer="correct horse\n",
    )

    assert done.exit_code == 0, done.output
    assert "cfg80211.ieee80211_regdom=DE" in (folder / "cmdline.txt").read_text()
    everything = [
        path.read_bytes()
        for path in (*folder.rglob("*"), *tmp_path.joinpath("data").rglob("*"))
        if path.is_file()
    ]
    assert not any(b"correct horse" in content for content in everything)
    kept = (tmp_path / "data/sdcards/paint.json").read_text()
    key = re.search(r'"password": "([0-9a-f]{64})"', (folder / "network-config").read_text())
    assert key is not None
    assert key[1] not in kept


def test_the_card_of_the_next_pi_is_as_the_last_one(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    folder = bootfs()
    first = ["--build", "one-slot", "--static-ip", "10.0.0.21/24", "--hub", "https://hub.lan:8443"]
    hub("add", "paint", "--to", str(folder), *first)
    before = (folder / "network-config").read_text(), (folder / "kanban/station.toml").read_text()
    code, instance = (folder / "kanban/code").read_text(), (folder / "meta-data").read_text()

    done = hub("replace", "paint", "--to", str(folder))

    assert done.exit_code == 0, done.output
    assert ((folder / "network-config").read_text(), (folder / "kanban/station.toml").read_text()) == before
    assert (folder / "kanban/code").read_text() != code
    assert (folder / "meta-data").read_text() != instance
    assert "The old Pi of paint is shut out as soon as the new one has joined." in done.output


def test_the_cable_takes_the_place_of_the_wifi_when_told(hub: Hub, bootfs: Bootfs) -> None:
    folder = bootfs()
    hub(
        "add",
        "paint",
        "--to",
        str(folder),
        "--wifi",
        "Plant",
        "--wifi-country",
        "DE",
        answer="correct horse\n",
    )

    hub("replace", "paint", "--to", str(folder), "--cable")

    assert "wifis" not in (folder / "network-config").read_text()


def test_every_fault_is_told_at_once_and_nothing_is_written(hub: Hub, tmp_path: Path) -> None:
    wrong = ["--hub", "hub.lan", "--static-ip", "10.0.0.21", "--timezone", "Mars/Olympus"]

    done = hub("add", "nobody", "--to", str(tmp_path / "none"), *wrong)

    assert done.exit_code == 1
    for said in (
        "5 faults, and nothing was written",
        "no such folder",
        "the plant has no station 'nobody': it has assembly, paint, castings-inc",
        "--hub: 'hub.lan': write https://HOST:PORT",
        "--static-ip: '10.0.0.21' is not an address with its prefix",
        "--timezone: 'Mars/Olympus'",
    ):
        assert said in done.output
    assert not (tmp_path / "data/sdcards").exists()


def test_the_newest_release_of_the_hub_comes_to_the_card(
    hub: Hub, bootfs: Bootfs, tmp_path: Path, release: tuple[Path, Path]
) -> None:
    shelf = Shelf(tmp_path / "data")
    shelf.trust(release[1])
    shelf.add(release[0])
    words = ["--to", str(bootfs()), "--data", str(tmp_path / "data")]

    done = CliRunner().invoke(main, ["station", "add", "paint", *words])
    other = CliRunner().invoke(main, ["station", "add", "paint", *words, "--release", "9"])

    assert "station paint, release 7" in done.output
    assert "the hub keeps no release 9; it has 7" in other.output


def test_without_a_release_a_card_is_not_begun(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    folder = bootfs()
    words = ["add", "paint", "--to", str(folder), "--data", str(tmp_path / "data")]

    done = CliRunner().invoke(main, ["station", *words])

    assert "the hub keeps no release of the stations' program" in done.output
    assert not (folder / "kanban").exists()


def test_an_external_supplier_gets_no_card(hub: Hub, bootfs: Bootfs) -> None:
    done = hub("add", "castings-inc", "--to", str(bootfs()))

    assert "castings-inc is an external supplier" in done.output


def test_a_private_key_is_not_put_on_a_card(hub: Hub, bootfs: Bootfs, tmp_path: Path) -> None:
    key = tmp_path / "id_ed25519"
    key.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")

    done = hub("add", "paint", "--to", str(bootfs()), "--ssh-key", str(key))

    assert done.exit_code == 1
    assert "--ssh-key: this is not one public key" in done.output
