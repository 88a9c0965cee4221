from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_hub.errors import StoreError
from kanban_hub.main import main
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import is_file, parse, place, url_of

SECRET = "4711-secret"
URL = f"postgresql+psycopg://hub:{SECRET}@127.0.0.1:1/plant?application_name=x&password={SECRET}"


def test_without_a_url_the_database_is_a_file_in_the_data_directory(tmp_path: Path) -> None:
    url = url_of(tmp_path)
    assert is_file(url)
    assert place(url) == str(tmp_path / "hub.db")


def test_a_url_names_a_server_and_a_database(tmp_path: Path) -> None:
    url = url_of(tmp_path, "postgresql://hub@db.plant:5433/kanban")
    assert not is_file(url)
    assert url.drivername == "postgresql+psycopg"
    assert place(url) == "PostgreSQL db.plant:5433/kanban"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"mysql://hub:{SECRET}@h/kanban", "kind 'mysql' is not supported"),
        (f"sqlite:////{SECRET}", "kind 'sqlite' is not supported"),
        (f"hub:{SECRET}@h/kanban", "no URL of a database"),
        (f"postgresql://hub:{SECRET}@h:port/kanban", "no URL of a database"),
        (f"postgresql://hub:{SECRET}@h", "names no database"),
        ("", "no URL of a database"),
    ],
)
@pytest.mark.parametrize("command", ["run", "load", "export", "check", "backup", "restore"])
def test_a_wrong_url_is_wrong_use_and_is_never_repeated(command: str, text: str, said: str) -> None:
    arguments = {"load": ["hub/plant.example.toml"], "backup": ["copy"]}.get(command, [])
    done = CliRunner().invoke(main, [command, *arguments, "--database", text])
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert "write postgresql+psycopg://USER@HOST/DATABASE" in " ".join(done.output.split())
    assert SECRET not in done.output


def test_a_password_is_in_no_error() -> None:
    with pytest.raises(StoreError, match=r"PostgreSQL 127\.0\.0\.1:1/plant: ") as caught:
        DatabaseStore(parse(URL))
    assert SECRET not in str(caught.value)


def test_a_server_that_is_away_is_one_clear_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "--data", str(tmp_path), "--database", URL])
    assert done.exit_code == 1
    assert done.output.startswith("kanban-hub: PostgreSQL 127.0.0.1:1/plant: ")
    assert done.output.count("\n") == 1
    assert SECRET not in done.output
