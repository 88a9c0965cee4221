"""The rows of ready-made boards: relays, active high or low, and a buzzer with electronics of its own."""

from kanban_hardware.drawing import ink, symbols
from kanban_hardware.drawing.circuit import BOARDS, LOW, Circuit, Driver, Load, Supply
from kanban_hardware.drawing.header import LOGIC_3V3, RELAYS_5V
from kanban_hardware.drawing.rails import BOX_LEFT, BOX_MIDDLE, BOX_RIGHT, FLAG_AT, LOGIC_AT, PITCH, Rails

HEADS = {
    Driver.RELAY: "Relays (board active high): inputs for 3.3 V, coils fed from 5 V",
    Driver.RELAY_LOW: "Low relays (board active low): pull its jumper JD-VCC; inputs 3.3 V, coils 5 V",
    Driver.MODULE: "Buzzer module, active low, fed from 3.3 V",
}
LOGIC = f"3.3 V · header pin {LOGIC_3V3.number}"
COILS = f"5 V · header pin {RELAYS_5V.number}"
# What feeds a board, by the name of its terminal.
FEEDS = {
    Driver.RELAY: (("VCC", COILS),),
    Driver.RELAY_LOW: (("VCC", LOGIC), ("JD-VCC", COILS)),
    Driver.MODULE: (("VCC", LOGIC),),
}


def draw(rails: Rails, circuit: Circuit, y: float) -> float:
    """Draw every board from `y` down; returns where they end."""
    for driver in FEEDS:
        if loads := circuit.driven_by(driver):
            y = _board(rails, driver, loads, rails.head(y, HEADS[driver]))
    return y


def _board(rails: Rails, driver: Driver, loads: list[Load], y: float) -> float:
    feeds = FEEDS[driver]
    rails.box(y - 4, (len(loads) + 1 + len(feeds)) * PITCH)
    first = y
    for load in loads:
        with rails.sheet.group(f"{load.label}: {load.pin.name} to {load.input}"):
            _row(rails, load, y)
        y += PITCH
    if driver in LOW:
        rails.sheet.line((LOGIC_AT, first + 4.6), (LOGIC_AT, y), (FLAG_AT, y), colour=ink.PLUS, width=0.7)
    for terminal, name in feeds:
        rails.feed(y, name, BOX_LEFT)
        rails.in_box(y, terminal)
        y += PITCH
    rails.ground(y, BOX_LEFT)
    rails.in_box(y, "GND", _commons(rails, len(loads), y) if driver in BOARDS else "")
    return y + 5


def _row(rails: Rails, load: Load, y: float) -> None:
    rails.signal(load, y, BOX_LEFT)
    if load.driver is Driver.MODULE:
        rails.in_box(y, "I/O")
        symbols.buzzer(rails.sheet, (BOX_MIDDLE + 8, y + 1), ink.of(load.part))
        rails.sheet.text((BOX_RIGHT + 3, y + 0.9), load.label, size=2.7, anchor="start", bold=True)
        return
    rails.in_box(y, f"IN {load.place + 1}", f"NO {load.place + 1}")
    rails.load(load, y, BOX_RIGHT)


def _commons(rails: Rails, count: int, y: float) -> str:
    """The relays' common contacts, to the minus of what feeds the lamps."""
    name = "0 V of the lamps' supply" if rails.supply is Supply.V24 else "0 V rail"
    rails.sheet.line((BOX_RIGHT, y), (BOX_RIGHT + 6, y), width=0.7)
    symbols.flag(rails.sheet, (BOX_RIGHT + 6, y), name, ink.GROUND, 50)
    return "COM 1" if count == 1 else f"COM 1 to {count}"
