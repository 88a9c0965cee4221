"""The programs as they are typed, in this process."""

from pathlib import Path

from click import Command
from click.testing import CliRunner

from kanban_device.main import main as station_program
from kanban_hub.main import main as hub_program


def kanban_hub(data: Path, *words: str) -> str:
    """What `kanban-hub` says to stdout about the hub in `data`; it must end well."""
    return _typed(hub_program, *words, "--data", str(data))


def kanban_station(*words: str) -> str:
    """What `kanban-station` says to stdout; it must end well."""
    return _typed(station_program, *words)


def _typed(command: Command, *words: str) -> str:
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    return done.stdout
