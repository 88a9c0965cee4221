"""The strip between the halves of the drawing: what needs no pin of the header but a socket."""

from kanban_hardware.drawing.circuit import Circuit, socket
from kanban_hardware.drawing.sheet import Sheet

ROOM, HEAD = 72, 24
"""Letters beside a plug, and those of a longer text that come before what is left out."""


def draw(sheet: Sheet, circuit: Circuit, top: float) -> float:
    """Draw a line for each thing with a plug; returns where they end, which is `top` without any."""
    y = top
    for place, cable, thing in _plugs(circuit):
        with sheet.group(thing):
            sheet.rect((10, y - 3.4), (42, 6.8), round_=1)
            sheet.text((31, y + 0.9), place, size=2.6)
            sheet.line((52, y), (78, y), width=1.2)
            sheet.text((65, y - 1.2), cable, size=2.4)
            sheet.rect((78, y - 3.4), (122, 6.8), round_=1)
            sheet.text((81, y + 0.9), _fit(thing), size=2.6, anchor="start")
        y += 9
    return y


def _plugs(circuit: Circuit) -> list[tuple[str, str, str]]:
    found = [
        (socket(scanner), "cable", f"Scanner {number}, {scanner.kind}: {scanner.port}")
        for number, scanner in enumerate(circuit.scanners, start=1)
    ]
    display = circuit.display
    if display is not None and circuit.header_display is None:
        thing = f"Display {display.kind}, {display.address:#x}: on the pins of that bus, 3.3 V, ground"
        found.append((f"I2C bus {display.bus}", "four wires", thing))
    if lamp := circuit.network_lamp:
        thing = f"Signal tower {lamp.kind}, {', '.join(lamp.colours)}: {lamp.url}"
        found.append(("Network of the stations", "Ethernet", thing))
    return found


def _fit(text: str) -> str:
    """As much of a long text as has room: its head, and its end, where names differ."""
    return text if len(text) <= ROOM else f"{text[:HEAD]}…{text[HEAD + 1 - ROOM :]}"
