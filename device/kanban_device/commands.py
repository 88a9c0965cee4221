"""What the commands of `kanban-station` share, and the group that loads each one only when it is called."""

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec

import click

from kanban_device.errors import DeviceError
from kanban_hardware.errors import HardwareError
from kanban_protocol.tomlfile import ConfigError

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


def choice(
    name: str, words: Sequence[StrEnum], text: str
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """An option whose words are the values of an enum, not the names in code; the first one holds."""
    return click.option(
        name,
        type=click.Choice([word.value for word in words]),
        default=words[0].value,
        show_default=True,
        callback=lambda _context, _option, value: type(words[0])(value),
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


class Commands(click.Group):
    """A group whose commands, as `module:name`, are imported when they are called.

    A station that runs then keeps nothing of the others in memory, and what runs before it at boot is quick.
    """

    def __init__(self, *args: Any, later: Mapping[str, str], **named: Any) -> None:
        super().__init__(*args, **named)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._later:
            return None
        module, _, name = self._later[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command
