"""The lower half of the drawing: the rails, between them each driver with its lamp, and the lamps' supply."""

from kanban_hardware.drawing import boards, chips, ink, symbols, transistors
from kanban_hardware.drawing.circuit import Circuit, Supply
from kanban_hardware.drawing.header import DRIVER_GROUND, LAMPS_5V
from kanban_hardware.drawing.rails import (
    BOX_LEFT,
    BOX_MIDDLE,
    BOX_RIGHT,
    FLAG_AT,
    FLAG_WIDTH,
    GROUND_AT,
    LAMP_AT,
    PLUS_AT,
    Rails,
)
from kanban_hardware.drawing.sheet import Sheet


def draw(sheet: Sheet, circuit: Circuit, top: float) -> float:
    """Draw from `top` down; returns where it ends, which is `top` where nothing is driven."""
    if not circuit.loads:
        return top
    rails = Rails(sheet, circuit.supply)
    start = top + 3
    y = _feed_in(rails, circuit, start)
    for group in (chips, transistors, boards):
        y = group.draw(rails, circuit, y)
    return _feed_out(rails, circuit, start, y)


def _feed_in(rails: Rails, circuit: Circuit, y: float) -> float:
    rails.sheet.text((GROUND_AT - 3, y - 5), "0 V rail", size=2.6, anchor="start", bold=True)
    rails.sheet.line((GROUND_AT, y), (FLAG_AT, y), width=0.7)
    rails.flag(y, f"ground · header pin {DRIVER_GROUND.number}", ink.GROUND)
    if not circuit.has_rails:
        return y
    volts = "+24 V rail" if circuit.supply is Supply.V24 else "+5 V rail"
    rails.sheet.text((PLUS_AT + 3, y - 5), volts, size=2.6, anchor="end", colour=ink.PLUS, bold=True)
    if circuit.supply is Supply.V5:
        rails.sheet.line((PLUS_AT, y), (PLUS_AT - 6, y), colour=ink.PLUS, width=0.7)
        name = f"5 V · header pin {LAMPS_5V.number}"
        symbols.flag(rails.sheet, (PLUS_AT - 6, y), name, ink.PLUS, -40)
    return y


def _feed_out(rails: Rails, circuit: Circuit, start: float, y: float) -> float:
    """The rails themselves, and the supply between their ends."""
    has_supply = circuit.has_rails and circuit.supply is Supply.V24
    end = y + 9 if has_supply else y
    ground_end = end if circuit.shares_ground else y
    rails.sheet.line((GROUND_AT, start), (GROUND_AT, ground_end), width=0.9)
    if circuit.has_rails:
        rails.sheet.line((PLUS_AT, start), (PLUS_AT, end), colour=ink.PLUS, width=0.9)
    if has_supply:
        _supply(rails, end, joins_ground=circuit.shares_ground)
    return end + 6


def _supply(rails: Rails, y: float, joins_ground: bool) -> None:
    with rails.sheet.group("24 V supply"):
        if joins_ground:
            rails.sheet.line((GROUND_AT, y), (BOX_LEFT, y), width=0.9)
        else:
            rails.flag(y, "COM of the relays", ink.GROUND)
            rails.sheet.line((FLAG_AT + FLAG_WIDTH, y), (BOX_LEFT, y), width=0.9)
        rails.sheet.line((BOX_RIGHT, y), (PLUS_AT, y), colour=ink.PLUS, width=0.9)
        symbols.fuse(rails.sheet, (LAMP_AT, y), "fuse 1 A", ink.PLUS)
        rails.sheet.rect((BOX_LEFT, y - 4), (BOX_RIGHT - BOX_LEFT, 8), round_=1)
        rails.sheet.text((BOX_LEFT + 1, y + 0.9), "0 V", size=2.6, anchor="start", bold=True)
        rails.sheet.text((BOX_MIDDLE, y + 0.9), "24 V supply", size=2.8, bold=True)
        rails.sheet.text((BOX_RIGHT - 1, y + 0.9), "+", size=3.2, anchor="end", bold=True)
