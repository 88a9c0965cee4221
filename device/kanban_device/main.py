"""The program `kanban-station`: its commands, its signals, its exit codes."""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import ParamSpec

import click

from kanban_device import config
from kanban_device.build import build
from kanban_device.errors import DeviceError
from kanban_device.update.command import update
from kanban_hardware.drawing.circuit import Driver, Supply, circuit
from kanban_hardware.drawing.document import Show, document
from kanban_hardware.drawing.parts import Board
from kanban_hardware.errors import HardwareError
from kanban_protocol import logs
from kanban_protocol.tomlfile import ConfigError

__all__ = ["build", "main"]

log = logging.getLogger(__name__)

FAILED = 1
WRONG_USE = 2

P = ParamSpec("P")

config_option = click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The station's file; see station.example.toml.",
)


def choice(name: str, default: StrEnum, text: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """An option whose words are the values of an enum, not the names that code gives them."""
    words = type(default)
    return click.option(
        name,
        type=click.Choice([word.value for word in words]),
        default=default.value,
        show_default=True,
        callback=lambda _context, _option, value: words(value),
        help=text,
    )


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """What goes wrong is told in words, with the exit code that says whose fault it is."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ConfigError as error:
            click.echo(str(error), err=True)
            sys.exit(WRONG_USE)
        except (DeviceError, HardwareError) as error:
            click.echo(str(error), err=True)
            sys.exit(FAILED)

    return told


@click.group()
@click.version_option(package_name="kanban-signal-station")
def main() -> None:
    """The firmware of a kanban signal station."""


main.add_command(update)


@main.command()
@config_option
@click.option("--log", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@plainly
def run(path: Path, form: str) -> None:
    """Serve the station until SIGTERM or SIGINT."""
    loaded = config.load(path)
    logs.configure(form)
    stop = _stop_on_signals()
    program = build(loaded)
    try:
        program.run(stop)
    except (DeviceError, HardwareError):
        raise
    except Exception:  # the top of the thread that owns the station: a half-dead one is worse than a restart
        log.exception("unexpected: the program ends so that it is started again")
        sys.exit(FAILED)
    finally:
        program.close()


@main.command("check")
@config_option
@click.option("--hub/--no-hub", default=True, show_default=True, help="Also look at broker and hub.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object for machines, instead of lines.")
@click.option("--interactive", is_flag=True, help="Then test lamps, buttons, buzzer and scanners by hand.")
@click.option("--presses", type=click.IntRange(1, 50), default=5, show_default=True, help="Of each button.")
@plainly
def check_command(path: Path, *, hub: bool, as_json: bool, interactive: bool, presses: int) -> None:
    """Look at all that can be wrong with a station, and say what to do about each fault."""
    from kanban_device.check import command  # noqa: PLC0415 a station that runs never needs it

    sys.exit(command.run(path, with_hub=hub, as_json=as_json, presses=presses if interactive else None))


@main.command()
@config_option
@plainly
def outbox(path: Path) -> None:
    """List the signals that wait for the hub's receipt. Changes nothing; the station may be running."""
    from kanban_device import listing  # noqa: PLC0415 a station that runs never needs it

    for line in listing.lines(config.load(path).data):
        click.echo(line)


@main.command()
@config_option
@choice("--show", Show.DRAWING, "The drawing as SVG, or a list.")
@choice("--driver", Driver.ULN2803A, "What the lamps and the buzzer hang on.")
@choice("--supply", Supply.V24, "What feeds the lamps and the buzzer.")
@choice("--board", Board.PI, "For the list of parts.")
@plainly
def wiring(path: Path, show: Show, driver: Driver, supply: Supply, board: Board) -> None:
    """Draw the wiring of a station's file, or list its wires, its parts or what a meter must show."""
    loaded = config.load(path)
    drawn = circuit(loaded.hardware, driver, supply)
    click.echo(document(show, drawn, board, loaded.station.id), nl=False)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop
