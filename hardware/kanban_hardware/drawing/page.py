"""The whole drawing: one page of A4 from one wiring."""

from kanban_hardware.drawing.circuit import Circuit, Supply
from kanban_hardware.drawing.driverview import DriverView
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
    bottom = _plugs(sheet, circuit, header.bottom + 7)
    driver = DriverView(sheet, circuit, bottom + 6)
    driver.draw()
    return sheet.svg(title, describe(circuit), driver.bottom + 3)


def describe(circuit: Circuit) -> str:
    """The drawing in words: each wire from the header."""
    wires = [
        f"{contact.label} at {contact.pin.name}, header pin {contact.pin.number}"
        for contact in circuit.contacts
    ]
    wires += [
        f"{load.label} at {load.pin.name}, header pin {load.pin.number}, by {load.input}"
        for load in circuit.loads
    ]
    wires += [f"{scanner.kind} scanner in a USB socket" for scanner in circuit.scanners]
    supply = "from the 5 V of the header" if circuit.supply is Supply.V5 else "from a supply of 24 V"
    return f"Wiring: {'; '.join(wires)}. Lamps and buzzer are fed {supply}."


def _plugs(sheet: Sheet, circuit: Circuit, top: float) -> float:
    """What needs no pin but a socket; returns where it ends."""
    y = top
    for number, scanner in enumerate(circuit.scanners, start=1):
        with sheet.group(f"Scanner {number}: USB"):
            sheet.rect((10, y - 3.4), (42, 6.8), round_=1)
            sheet.text((31, y + 0.9), "USB socket of the Pi", size=2.6)
            sheet.line((52, y), (74, y), width=1.2)
            sheet.text((63, y - 1.2), "USB cable", size=2.4)
            sheet.rect((74, y - 3.4), (126, 6.8), round_=1)
            sheet.text(
                (77, y + 0.9), f"Scanner {number}: {scanner.kind}, {scanner.port}", size=2.6, anchor="start"
            )
        y += 9
    return y - 3 if circuit.scanners else y - 5
