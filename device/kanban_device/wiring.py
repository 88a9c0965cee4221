"""The command `kanban-station wiring`: the drawing of a station's file, and the lists beside it."""

from pathlib import Path

import click

from kanban_device import config
from kanban_device.commands import choice, config_option, plainly
from kanban_hardware.drawing.circuit import Driver, Supply, circuit
from kanban_hardware.drawing.document import Show, document
from kanban_hardware.drawing.parts import Board


@click.command()
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
