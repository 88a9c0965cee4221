"""`kanban-station update …`: for root, and for the units that root has installed; never for the station."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from kanban_device import config
from kanban_device.errors import DeviceError
from kanban_device.update import course
from kanban_device.update.layout import ROOT, Layout
from kanban_device.update.state import Memory, State
from kanban_protocol import logs
from kanban_protocol.tomlfile import ConfigError

FAILED, WRONG_USE = 1, 2

P = ParamSpec("P")
_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)

root_option = click.option(
    "--root", type=_FOLDER, default=ROOT, show_default=True, help="Where releases are installed."
)
restart_option = click.option(
    "--restart",
    metavar="COMMAND",
    default="systemctl restart kanban-station.service",
    show_default=True,
    help="What starts the station anew.",
)


def _option(name: str, default: str, text: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    return click.option(name, type=_FILE, default=Path(default), show_default=True, help=text)


def place_options(command: Callable[P, None]) -> Callable[P, None]:
    """What belongs to this station, at the places that it has on a Pi."""
    for option in (
        _option("--vitals", "/run/kanban-station/vitals.json", "Where the station shows how it is."),
        _option("--key", "/etc/kanban-station/release.pub", "The public keys whose releases are trusted."),
        _option("--config", "/etc/kanban-station/station.toml", "The station's file."),
        restart_option,
        root_option,
    ):
        command = option(command)
    return command


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """What goes wrong is told in words. What is made everybody may read, and root alone may write."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        os.umask(0o022)
        logs.configure("text")
        try:
            command(*args, **kwargs)
        except ConfigError as error:
            click.echo(str(error), err=True)
            sys.exit(WRONG_USE)
        except DeviceError as error:
            click.echo(str(error), err=True)
            sys.exit(FAILED)
        except OSError as error:
            click.echo(f"{error.filename or 'update'}: {error.strerror or error}", err=True)
            sys.exit(FAILED)

    return told


@click.group()
def update() -> None:
    """Signed releases of this program: installed beside the running one, tried, and led back."""


@update.command()
@place_options
@plainly
def serve(**given: Any) -> None:
    """Go on with a trial, then do what the hub has asked for. The unit kanban-station-update starts it."""
    from kanban_device.update import assembly  # noqa: PLC0415  # the station's process never loads cryptography

    loaded = config.load(given["config"])
    assembly.updater(loaded, given).serve(assembly.door_of(loaded))


@update.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Though signals are unsent, or the release was bad before.")
@place_options
@plainly
def install(folder: Path, *, force: bool, **given: Any) -> None:
    """Install the signed release in FOLDER. The first one runs at once, a later one after its trial."""
    from kanban_device.update import assembly  # noqa: PLC0415
    from kanban_device.update.source import FolderSource  # noqa: PLC0415

    loaded = config.load(given["config"])
    _tell(assembly.updater(loaded, given).install(FolderSource(folder), force=force))


@update.command()
@root_option
@plainly
def start(root: Path) -> None:
    """Count a start of a release on trial; after too many the one before is started instead."""
    Memory(Layout(root)).change(course.started)


@update.command()
@place_options
@plainly
def back(**given: Any) -> None:
    """Run the release before again. The newer one then comes back only by force."""
    from kanban_device.update import assembly  # noqa: PLC0415

    _tell(assembly.updater(config.load(given["config"]), given).back())


@update.command()
@root_option
@plainly
def status(root: Path) -> None:
    """Say which release runs, which one would run instead, and what became of the last order."""
    _tell(Memory(Layout(root)).read())


def _tell(state: State) -> None:
    if not state.running:
        click.echo("no release is installed here")
        return
    trial = f", on trial after {state.trial.starts} starts" if state.trial is not None else ""
    click.echo(f"release {state.running} runs{trial}")
    click.echo(
        f"release {state.before} is kept to go back to" if state.before else "none is kept to go back to"
    )
    if state.bad:
        click.echo(f"bad here: {', '.join(map(str, state.bad))}")
    if state.report is not None:
        fault = f" ({state.report.fault})" if state.report.fault is not None else ""
        click.echo(f"release {state.report.release}: {state.report.step}{fault}")
