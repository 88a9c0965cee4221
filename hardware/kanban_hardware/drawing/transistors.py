"""The rows of single transistors: 1 kΩ to the base, the emitter at 0 V, the lamp at the collector."""

from kanban_hardware.drawing import ink, symbols
from kanban_hardware.drawing.circuit import Circuit, Driver, Load
from kanban_hardware.drawing.rails import LAMP_AT, Rails

HEAD = "Transistors (BC337 or 2N2222A, NPN): look up which leg is which for your maker"
PITCH = 15.0
BASE_AT = 98.0


def draw(rails: Rails, circuit: Circuit, y: float) -> float:
    """Draw every transistor from `y` down; returns where they end."""
    loads = circuit.driven_by(Driver.TRANSISTOR)
    if not loads:
        return y
    y = rails.head(y, HEAD) + 2
    for load in loads:
        with rails.sheet.group(f"{load.label}: {load.pin.name} to {load.input}, {load.output} to it"):
            _row(rails, load, y)
        y += PITCH
    return y - 6


def _row(rails: Rails, load: Load, y: float) -> None:
    colour = ink.of(load.part)
    rails.signal(load, y, BASE_AT)
    symbols.resistor(rails.sheet, (88, y), "1 kΩ", colour)
    collector, emitter = symbols.transistor(rails.sheet, (BASE_AT, y), colour)
    rails.sheet.text((108, y + 0.9), f"Q{load.place + 1}", size=3, anchor="start", bold=True)
    low = y + 8
    rails.sheet.line(emitter, (emitter[0], low), width=0.7)
    rails.ground(low, emitter[0])
    rails.load(load, collector[1], collector[0])
    if load.is_buzzer:
        rails.across(load, collector[1], LAMP_AT - 12)
