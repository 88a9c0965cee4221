"""The commands as a person types them: exit codes, texts, never a traceback."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub import datadir
from kanban_hub.main import main

EXAMPLE = re.findall(
    r"```toml\n(.*?)```", (Path(__file__).parents[2] / "docs" / "integrator.md").read_text(), re.DOTALL
)[0]


def kanban_hub(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "plant.toml"
    path.write_text(EXAMPLE)
    return path


def test_a_plant_is_loaded_exported_and_checked(tmp_path: Path, plant: Path) -> None:
    data = tmp_path / "hub"
    assert kanban_hub("load", plant, "--data", data).exit_code == 0
    exported = kanban_hub("export", "--data", data)
    plant.write_text(exported.stdout)

    again = kanban_hub("load", plant, "--data", data)

    assert "0 changes" in again.output
    assert kanban_hub("check", plant).exit_code == 0
    checked = kanban_hub("check", "--data", data)
    assert (checked.exit_code, "in balance" in checked.output) == (0, True)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 2, "No such file"),
        (b"", 2, "site: is missing"),
        (b"\xff", 2, "not UTF-8"),
        (b"x = [", 2, "no TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_fault(
    tmp_path: Path, content: bytes | None, code: int, said: str
) -> None:
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_bytes(content)

    result = kanban_hub("load", path, "--data", tmp_path / "hub")

    assert (result.exit_code, "broken.toml" in result.output, said in result.output) == (code, True, True)
    assert "Traceback" not in result.output


def test_a_plant_of_another_site_is_refused(tmp_path: Path, plant: Path) -> None:
    kanban_hub("load", plant, "--data", tmp_path / "hub")
    plant.write_text(EXAMPLE.replace('site = "plant"', 'site = "other"'))

    result = kanban_hub("load", plant, "--data", tmp_path / "hub")

    assert (result.exit_code, "other" in result.output) == (1, True)


def test_what_was_never_loaded_is_neither_exported_nor_checked(tmp_path: Path) -> None:
    for command in ("export", "check"):
        result = kanban_hub(command, "--data", tmp_path)
        assert (result.exit_code, "kanban-hub load" in result.output) == (1, True)


def test_a_second_hub_on_the_same_data_ends_and_says_why(tmp_path: Path, plant: Path) -> None:
    data = tmp_path / "hub"
    kanban_hub("load", plant, "--data", data)
    with datadir.lock(data):
        result = kanban_hub("run", "--data", data, "--mqtt", "mqtt://127.0.0.1:9")

    assert (result.exit_code, "another hub" in result.output) == (1, True)


def test_a_hub_does_not_start_with_a_file_of_a_provider_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "oidc.toml"
    file.write_text('issuer = "http://login.example"\nclient_id = "x"\nname = "X"\n[roles]\n')

    result = kanban_hub("run", "--data", tmp_path, "--oidc", file)

    assert result.exit_code == 2
    assert "issuer: without TLS only on this machine" in result.output
    assert "roles: nobody would have a role" in result.output


@pytest.mark.parametrize(
    "wrong",
    [
        ["--mqtt", "http://x"],
        ["--mqtt", "mqtt://127.0.0.1:0"],
        ["--http", "8080"],
        ["--http", "127.0.0.1:99999"],
        ["--certificate", __file__],
    ],
)
def test_wrong_use_is_exit_code_2(tmp_path: Path, wrong: list[str]) -> None:
    result = kanban_hub("run", "--data", tmp_path, *wrong)

    assert result.exit_code == 2
    assert wrong[0] in result.output


def test_a_backup_is_restored_with_a_new_epoch(tmp_path: Path, plant: Path) -> None:
    data, copy = tmp_path / "hub", tmp_path / "copy.db"
    kanban_hub("load", plant, "--data", data)
    assert kanban_hub("backup", copy, "--data", data).exit_code == 0
    assert kanban_hub("backup", copy, "--data", data).exit_code == 1

    assert kanban_hub("restore", copy, "--data", data).exit_code == 0
    assert kanban_hub("check", "--data", data).exit_code == 0


OIDC = Path(__file__).parents[2] / "hub" / "oidc.example.toml"


@pytest.fixture
def oidc(tmp_path: Path) -> Path:
    """The example, with its secret beside it."""
    path = tmp_path / "oidc.toml"
    path.write_text(OIDC.read_text())
    secret = tmp_path / "oidc.secret"
    secret.write_text("a-secret-of-the-client")
    secret.chmod(0o600)
    return path


def test_a_hub_takes_the_file_of_a_provider_of_log_ins(tmp_path: Path, plant: Path, oidc: Path) -> None:
    data = tmp_path / "hub"
    kanban_hub("load", plant, "--data", data)

    assert "Plant log-in: no fault found" in kanban_hub("check", "--oidc", oidc).output
    with datadir.lock(data):
        result = kanban_hub("run", "--data", data, "--oidc", oidc)

    assert (result.exit_code, "another hub" in result.output) == (1, True), "it came as far as the lock"


def test_all_faults_of_the_file_are_said_before_anything_starts(tmp_path: Path, oidc: Path) -> None:
    oidc.write_text(oidc.read_text().replace("https://login", "http://login").replace("oidc.secret", "none"))

    result = kanban_hub("run", "--data", tmp_path / "hub", "--oidc", oidc)

    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert "issuer: without TLS only on this machine" in result.output
    assert "client_secret_file: " in result.output
    assert not (tmp_path / "hub").exists()


def test_without_the_packages_for_it_the_hub_says_how_they_are_had(
    tmp_path: Path, oidc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "kanban_hub.oidc.provider", None)

    result = kanban_hub("run", "--data", tmp_path / "hub", "--oidc", oidc)

    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert "pip install 'kanban-signal-station[oidc]'" in result.output
