"""The programs as they are typed, in this process."""

from pathlib import Path

from click import Command
from click.testing import CliRunner

from kanban_device.main import main as station_program
from kanban_hub.main import main as hub_program


def kanban_hub(data: Path, *words: str, **environment: str) -> str:
    """What `kanban-hub` says to stdout about the hub in `data`; it must end well."""
    return _typed(hub_program, *words, "--data", str(data), **environment)


def load_plant(data: Path, plant: str, **environment: str) -> None:
    """Make the directory of a hub, and load a plant given as TOML."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "plant.toml"
    path.write_text(plant)
    kanban_hub(data, "load", str(path), **environment)


def kanban_station(*words: str) -> str:
    """What `kanban-station` says to stdout; it must end well."""
    return _typed(station_program, *words)


def _typed(command: Command, *words: str, **environment: str) -> str:
    done = CliRunner().invoke(command, words, env=environment)
    assert done.exit_code == 0, done.output
    return done.stdout
