from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_hub.main import main
from tests.hub.paper.zplreader import labels
from tests.hub.printers.listener import Listener


@pytest.fixture
def file(tmp_path: Path) -> Path:
    listener = Listener()
    path = tmp_path / "printers.toml"
    path.write_text(
        f'[[printers]]\nid = "here"\nname = "Here"\nhost = "127.0.0.1"\nport = {listener.port}\n'
        "width = 62\nheight = 100\n"
    )
    listener.close()
    return path


def test_a_label_is_really_printed(tmp_path: Path) -> None:
    listener = Listener()
    path = tmp_path / "printers.toml"
    path.write_text(
        f'[[printers]]\nid = "here"\nname = "Here"\nhost = "127.0.0.1"\nport = {listener.port}\n'
        "width = 62\nheight = 100\n"
    )

    done = CliRunner().invoke(main, ["printers", "test", str(path), "--to", "here"])
    listener.close()

    assert (done.exit_code, done.output) == (0, f"here: sent to 127.0.0.1:{listener.port}\n")
    assert [field.data for field in labels(listener.jobs[0])[0].fields][:2] == ["Here", "here"]


def test_what_stands_in_the_way_is_told(file: Path) -> None:
    done = CliRunner().invoke(main, ["printers", "test", str(file), "--to", "here"])

    assert done.exit_code == 1
    assert "Here (127.0.0.1:" in done.output
    assert "is raw printing switched on" in done.output


def test_a_printer_that_is_not_in_the_file_is_told_with_those_that_are(file: Path) -> None:
    done = CliRunner().invoke(main, ["printers", "test", str(file), "--to", "there"])

    assert done.exit_code == 2
    assert "known: here" in done.output


def test_a_file_is_checked_without_printing(file: Path) -> None:
    done = CliRunner().invoke(main, ["check", "--printers", str(file)])

    assert done.output == f"{file}: 1 printers: no fault found\n"
