"""The command `kanban-station wiring`: the drawing of a station's file, and the lists beside it."""

from pathlib import Path

import click

from kanban_device import config
from kanban_device.commands import choice, config_option, plainly
from kanban_hardware.drawing.circuit import CHOICES, Driver, Supply, circuit
from kanban_hardware.drawing.document import Show, document
from kanban_hardware.drawing.parts import Board


@click.command()
@config_option
@choice("--show", tuple(Show), "The drawing as SVG, or a list.")
@choice("--driver", CHOICES, "What lamps and buzzer hang on that the file puts on no board.")
@choice("--supply", tuple(Supply), "What feeds the lamps and the buzzer.")
@choice("--board", tuple(Board), "For the list of parts.")
@plainly
def wiring(path: Path, show: Show, driver: Driver, supply: Supply, board: Board) -> None:
    """Draw the wiring of a station's file, or list its wires, its parts or what a meter must show."""
    loaded = config.load(path)
    drawn = circuit(loaded.hardware, driver, supply)
    click.echo(document(show, drawn, board, loaded.station.id), nl=False)
