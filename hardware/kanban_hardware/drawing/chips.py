"""The rows of the ULN2803A: eight Darlingtons in one chip, with their flyback diodes."""

from kanban_hardware.drawing.circuit import CHANNELS, Circuit, Driver, Load
from kanban_hardware.drawing.rails import BOX_LEFT, BOX_MIDDLE, BOX_RIGHT, NODE, PITCH, PLUS_AT, Rails
from kanban_hardware.drawing.sheet import GREY

HEAD = "ULN2803A: flags bear the pin they come from; beside IN and OUT the chip's own pins"
PIEZO_FROM = 134.0


def draw(rails: Rails, circuit: Circuit, y: float) -> float:
    """Draw every chip from `y` down; returns where they end."""
    for chip in range(1, circuit.chips + 1):
        loads = [load for load in circuit.driven_by(Driver.ULN2803A) if load.chip == chip]
        y = _chip(rails, f"U{chip}", loads, rails.head(y, HEAD))
    return y


def _chip(rails: Rails, name: str, loads: list[Load], y: float) -> float:
    rails.box(y - 4, (len(loads) + 1) * PITCH)
    rails.sheet.text((BOX_MIDDLE, y - 1.3), name, size=2.9, bold=True)
    for load in loads:
        with rails.sheet.group(f"{load.label}: {load.pin.name} to {load.input}, {load.output} to it"):
            _row(rails, load, y)
        y += PITCH
    _feed(rails, y, free=CHANNELS - len(loads))
    return y + 5


def _row(rails: Rails, load: Load, y: float) -> None:
    rails.signal(load, y, BOX_LEFT)
    rails.in_box(y, f"{load.channel} · IN {load.channel}", f"OUT {load.channel} · {19 - load.channel}")
    rails.load(load, y, BOX_RIGHT)
    if load.is_passive:
        rails.across(load, y, PIEZO_FROM)


def _feed(rails: Rails, y: float, free: int) -> None:
    rails.ground(y, BOX_LEFT)
    rails.plus(y, BOX_RIGHT)
    rails.in_box(y, "9 · GND", "COM · 10")
    note = "COM: the chip's own flyback diodes"
    rails.sheet.text((PLUS_AT - 3, y + 3.2), note, size=2.5, anchor="end")
    if free:
        rails.sheet.text(
            (NODE - 2, y - 0.9), f"{free} channels stay free", size=2.4, anchor="end", colour=GREY
        )
