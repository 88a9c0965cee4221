"""`kanban-hub station` as a person types it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub.main import main
from tests.hub.test_main import EXAMPLE


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "plant.toml").write_text(EXAMPLE)
    found = tmp_path / "hub"
    loaded = CliRunner().invoke(main, ["load", str(tmp_path / "plant.toml"), "--data", str(found)])
    assert loaded.exit_code == 0
    return found


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
