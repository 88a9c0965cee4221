"""`kanban-hub station` as a person types it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub.identity.desk import desk_in
from kanban_hub.main import main
from tests.hub.identity.desk import asked


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["station", *arguments, "--data", str(data)])


def test_a_code_is_made_with_the_fingerprint_listed_and_withdrawn(data: Path) -> None:
    made = run(data, "code", "paint")
    assert re.fullmatch(r"code {9}[A-Z2-7]{5}-[A-Z2-7]{5}\nauthority {4}[0-9a-f]{64}\n", made.stdout)
    assert "kanban-station join" in made.stderr
    assert "paint  code" in run(data, "list").stdout
    assert "open until" in run(data, "list").stdout

    assert run(data, "withdraw", "paint").stdout == "the code of paint is void\n"
    assert "withdrawn" in run(data, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["code", "nowhere"], 1, "no station 'nowhere'"),
        (["code", "paint", "--minutes", "0"], 2, "--minutes"),
        (["code", "paint", "--minutes", "10081"], 2, "--minutes"),
        (["withdraw", "paint"], 1, "no code is open"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(
    data: Path, arguments: list[str], exit_code: int, said: str
) -> None:
    result = run(data, *arguments)

    assert (result.exit_code, said in result.output) == (exit_code, True), result.output


def kanban_hub(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(data)])


def test_what_the_broker_needs_is_written_with_the_commands_that_put_it_there(data: Path) -> None:
    told = kanban_hub(data, "broker", "hub.example", "10.0.0.5")

    assert (told.exit_code, "hub.example, 10.0.0.5" in told.stdout) == (0, True), told.output
    files = {path.name for path in (data / "identity" / "broker").iterdir()}
    assert files == {"ca.crt", "crl.pem", "kanban.acl", "kanban.conf", "server.crt", "server.key"}
    settings = (data / "identity" / "broker" / "kanban.conf").read_text()
    assert "\nrequire_certificate true\n" in settings
    assert "listener 1883" not in settings
    access = (data / "identity" / "broker" / "kanban.acl").read_text()
    assert "pattern write kanban/v1/plant/up/%u/#" in access
    kanban_hub(data, "broker", "--passwords")
    assert "password_file" in (data / "identity" / "broker" / "kanban.conf").read_text()


def test_a_station_that_has_joined_is_listed_and_revoked(data: Path) -> None:
    assert "no certificate of this hub" in run(data, "revoke", "paint").output
    with desk_in(data, None) as desk:
        text = desk.codes.issue("paint", None).text
        desk.joining.join("paint", text, asked(), "10.0.0.7")
    assert "good until" in run(data, "list").stdout

    revoked = run(data, "revoke", "paint")

    assert (revoked.exit_code, "is revoked" in revoked.stdout) == (0, True), revoked.output
    assert "no hub runs" in revoked.stderr
    assert "revoked" in run(data, "list").stdout


def test_the_authority_is_shown_and_followed_by_another_one(data: Path) -> None:
    first = kanban_hub(data, "authority", "show").stdout
    assert first.startswith("authority 1 signs: ")
    assert kanban_hub(data, "authority", "switch").exit_code == 1
    for word in ("next", "switch", "drop"):
        assert kanban_hub(data, "authority", word).exit_code == 0
    assert kanban_hub(data, "authority", "show").stdout.startswith("authority 2 signs: ")
