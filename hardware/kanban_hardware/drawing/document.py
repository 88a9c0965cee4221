"""What a wiring can be shown as: the drawing, or one of the lists that go with it."""

from enum import StrEnum

from kanban_hardware.drawing import meter, page, parts, wires
from kanban_hardware.drawing.circuit import Circuit
from kanban_hardware.drawing.parts import Board
from kanban_hardware.drawing.table import markdown


class Show(StrEnum):
    """The drawing is SVG, the lists are tables of Markdown."""

    DRAWING = "drawing"
    WIRES = "wires"
    PARTS = "parts"
    METER = "meter"


def document(show: Show, circuit: Circuit, board: Board, station: str) -> str:
    """The text of one of them for the station of this id, with the end of its last line."""
    match show:
        case Show.DRAWING:
            return page.draw(circuit, f"Wiring of the station {station}")
        case Show.WIRES:
            return markdown(wires.HEADS, wires.wires(circuit)) + "\n"
        case Show.PARTS:
            return markdown(parts.HEADS, parts.rows(parts.parts(circuit, board))) + "\n"
        case Show.METER:
            return markdown(meter.HEADS, meter.readings(circuit)) + "\n"
