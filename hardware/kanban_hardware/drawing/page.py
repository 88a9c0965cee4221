"""The whole drawing: one page of A4 from one wiring."""

from kanban_hardware.drawing import driverview, plugs
from kanban_hardware.drawing.circuit import Circuit, Supply, socket
from kanban_hardware.drawing.headerview import HeaderView
from kanban_hardware.drawing.sheet import GREY, Sheet

TOP = 32.0
RULES = (
    "Circles: the pins of the header, pin 1 is square. GPIO numbers are those of the station's file.",
    "Only a dot joins wires; a flag goes on at the flag of its name. Never let 5 V or 24 V reach a GPIO pin.",
    "Switch everything off, wire, measure, then switch on. The Pi itself is fed by its own USB supply.",
)


def draw(circuit: Circuit, title: str) -> str:
    """Draw `circuit` as one SVG page; equal circuits and titles give equal text."""
    sheet = Sheet()
    sheet.text((10, 12), title, size=5, anchor="start", bold=True)
    for number, rule in enumerate(RULES):
        sheet.text((10, 16.5 + 3.4 * number), rule, size=2.4, anchor="start", colour=GREY)
    header = HeaderView(sheet, circuit, TOP)
    header.draw()
    y = plugs.draw(sheet, circuit, header.bottom + 7)
    return sheet.svg(title, describe(circuit), driverview.draw(sheet, circuit, y + 2) + 3)


def describe(circuit: Circuit) -> str:
    """The drawing in words: each wire from the header, and each plug."""
    ways = [(contact.label, contact.pin, "") for contact in circuit.contacts]
    ways += [(load.label, load.pin, f", by {load.input}") for load in circuit.loads]
    wires = [f"{label} at {pin.name}, header pin {pin.number}{by}" for label, pin, by in ways]
    wires += [f"{scanner.kind} scanner in the {socket(scanner)}" for scanner in circuit.scanners]
    wires += ["display on I2C at header pins 1, 3, 5 and 9"] if circuit.header_display else []
    wires += ["signal tower on the network"] if circuit.network_lamp else []
    supply = "from the 5 V of the header" if circuit.supply is Supply.V5 else "from a supply of 24 V"
    fed = f" Lamps and buzzer are fed {supply}." if circuit.has_rails else ""
    return f"Wiring: {'; '.join(wires)}.{fed}"
