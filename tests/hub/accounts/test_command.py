"""The commands of accounts as a person types them."""

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub.accounts.account import Invitation, Session
from kanban_hub.main import main
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from tests.hub.test_main import EXAMPLE


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "plant.toml").write_text(EXAMPLE)
    found = tmp_path / "hub"
    loaded = CliRunner().invoke(main, ["load", str(tmp_path / "plant.toml"), "--data", str(found)])
    assert loaded.exit_code == 0
    return found


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", str(data)])


def test_an_account_is_added_listed_disabled_and_reset(data: Path) -> None:
    added = run(data, "account", "add", "anna", "--role", "admin", "--url", "http://hub.lan:8080/")
    assert re.fullmatch(r"http://hub\.lan:8080/welcome/[\w-]{43}\n", added.stdout)
    assert run(data, "account", "add", "ben", "--role", "quality", "--role", "operator").exit_code == 0
    listed = run(data, "account", "list").stdout
    assert listed == "anna  admin  no password yet\nben  operator, quality  no password yet\n"

    assert run(data, "account", "disable", "ben").exit_code == 0
    assert "disabled" in run(data, "account", "list").stdout
    again = run(data, "account", "reset", "ben")

    assert again.stdout.startswith("/welcome/")
    assert "--url" in again.stderr
    assert "disabled" not in run(data, "account", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "An na", "--role", "admin"], 1, "A name has"),
        (["add", "anna"], 2, "--role"),
        (["add", "anna", "--role", "screen"], 2, "screen"),
        (["add", "anna", "--role", "supplier", "--station", "castings-inc"], 1, "a link, not an account"),
        (["disable", "nobody"], 1, "no account"),
        (["reset", "nobody"], 1, "no account"),
        (["reset", "nobody", "--url", "hub.lan"], 2, "--url"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(
    data: Path, arguments: list[str], code: int, said: str
) -> None:
    result = run(data, "account", *arguments)

    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert "Traceback" not in result.output


def test_a_screens_link_is_made_listed_and_taken_back(data: Path) -> None:
    made = run(data, "link", "screen", "Hall 2", "--url", "http://hub.lan:8080")
    assert made.stdout.startswith("http://hub.lan:8080/screen/")
    link = re.findall(r"link ([0-9a-f]{12})", made.stderr)[0]
    assert f"{link}  screen Hall 2  good until" in run(data, "link", "list").stdout

    assert "the screen Hall 2 no longer works" in run(data, "link", "revoke", link).stdout
    assert "revoked on" in run(data, "link", "list").stdout


def test_the_database_with_the_hashes_is_in_a_directory_for_the_hubs_user_alone(data: Path) -> None:
    run(data, "account", "add", "anna", "--role", "admin")

    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_after_a_restore_nobody_is_logged_in_and_no_link_of_that_time_works(
    data: Path, tmp_path: Path
) -> None:
    run(data, "account", "add", "anna", "--role", "admin")
    store = DatabaseStore(url_of(data))
    with store.accounts() as book:
        book.save_session(Session("digest", "anna", 0, 0))
        book.invite(Invitation("digest", "anna", 10))
    store.close()
    assert run(data, "backup", str(tmp_path / "copy.db")).exit_code == 0
    assert run(data, "restore", str(tmp_path / "copy.db")).exit_code == 0

    store = DatabaseStore(url_of(data))
    with store.accounts(writes=False) as book:
        found = book.account("anna"), book.session("digest"), book.invitation("digest")
    store.close()
    assert [one is not None for one in found] == [True, False, False]
