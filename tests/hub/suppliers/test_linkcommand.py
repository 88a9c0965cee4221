"""The commands of links as a person types them."""

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub import datadir
from kanban_hub.main import main
from kanban_hub.suppliers.signing import Signer
from tests.hub.test_main import EXAMPLE

URL = "https://kanban.example.com"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "plant.toml").write_text(EXAMPLE)
    found = tmp_path / "hub"
    assert (
        CliRunner().invoke(main, ["load", str(tmp_path / "plant.toml"), "--data", str(found)]).exit_code == 0
    )
    return found


def link(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["link", *arguments, "--data", str(data)])


def link_id(result: Result) -> str:
    found = re.search(r"link ([0-9a-f]{12})", result.output)
    assert found, result.output
    return found[1]


def test_a_link_is_made_listed_and_taken_back(data: Path) -> None:
    made = link(data, "add", "castings-inc", "--days", "30", "--public-url", f"{URL}/")
    assert made.exit_code == 0
    token = made.stdout.strip().removeprefix(f"{URL}/s/")
    assert Signer(datadir.link_key(data)).link(token) == link_id(made)

    listed = link(data, "list")
    assert f"{link_id(made)}  castings-inc  good until" in listed.output
    assert token not in listed.output
    assert link(data, "revoke", link_id(made)).exit_code == 0
    assert f"{link_id(made)}  castings-inc  revoked on" in link(data, "list").output


def test_without_a_public_address_the_path_is_printed_and_what_to_do(data: Path) -> None:
    made = link(data, "add", "castings-inc")

    assert made.stdout.startswith("/s/")
    assert "--public-url" in made.stderr


def test_the_key_of_links_is_readable_by_the_hubs_user_only(data: Path) -> None:
    link(data, "add", "castings-inc")

    key = data / datadir.LINK_KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert datadir.link_key(data) == key.read_text().strip() != datadir.token(data)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "paint"), 1, "external = true"),
        (("add", "nowhere"), 1, "no station nowhere"),
        (("add", "castings-inc", "--days", "0"), 2, "--days"),
        (("add", "castings-inc", "--public-url", "kanban"), 2, "--public-url"),
        (("revoke", "000000000000"), 1, "no link 000000000000"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    data: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = link(data, *arguments)

    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_directory_without_a_plant_is_named(tmp_path: Path) -> None:
    result = link(tmp_path, "list")

    assert (result.exit_code, "no database" in result.output) == (1, True)


def test_a_link_for_a_tablet_is_made_listed_and_taken_back(data: Path) -> None:
    made = link(data, "tablet", "paint", "Line 2", "--url", "http://hub.lan:8080")
    assert made.exit_code == 0, made.output
    token = made.stdout.strip().removeprefix("http://hub.lan:8080/station/")
    assert Signer(datadir.link_key(data)).station(token) == link_id(made)

    assert f"{link_id(made)}  paint at Line 2  good until" in link(data, "list").output
    assert "paint at Line 2 no longer works" in link(data, "revoke", link_id(made)).output
    assert f"{link_id(made)}  paint at Line 2  revoked on" in link(data, "list").output


def test_a_tablet_of_a_station_that_is_not_there_is_told(data: Path) -> None:
    made = link(data, "tablet", "nowhere", "Line 2", "--url", "http://hub.lan:8080")

    assert made.exit_code == 1
    assert "no station nowhere" in made.output
