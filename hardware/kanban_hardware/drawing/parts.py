"""The list of parts of a circuit: how many of what, and about what it costs. Planning values, in euros."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kanban_hardware.drawing.circuit import Circuit, Driver, Supply
from kanban_hardware.drawing.table import Row

HEADS = ("part", "for", "pieces", "each, €", "together, €")


class Board(StrEnum):
    """The computer: the small one, or one with an Ethernet socket and full-size USB."""

    ZERO_2W = "zero2w"
    PI = "pi"


@dataclass(frozen=True)
class Line:
    """`low` and `high` are the usual prices of one piece in small numbers, with tax, in euros."""

    name: str
    use: str
    count: int
    low: float
    high: float

    @property
    def row(self) -> Row:
        each = _range(self.low, self.high)
        return (
            self.name,
            self.use,
            str(self.count),
            each,
            _range(self.count * self.low, self.count * self.high),
        )


def parts(circuit: Circuit, board: Board = Board.PI) -> list[Line]:
    """Everything that is bought, tools apart."""
    found = [
        *_computer(circuit, board),
        *_panel(circuit),
        *_drivers(circuit),
        *_small(circuit),
        *_plugs(circuit),
    ]
    return [line for line in found if line.count]


def rows(lines: list[Line]) -> list[Row]:
    """The list with its sum, as cells."""
    return [*(line.row for line in lines), ("**Sum**", "", "", "", f"**{total(lines)}**")]


def total(lines: list[Line]) -> str:
    """What all of it costs, from … to …, in whole euros."""
    low = sum(line.count * line.low for line in lines)
    high = sum(line.count * line.high for line in lines)
    return f"{round(low)} to {round(high)}"


def _computer(circuit: Circuit, board: Board) -> Iterator[Line]:
    if board is Board.ZERO_2W:
        yield Line("Raspberry Pi Zero 2 WH (header soldered)", "all", 1, 17, 23)
        yield Line("Supply 5 V, 2.5 A, micro USB", "all", 1, 8, 12)
        yield Line("Adapter micro USB to USB-A (OTG)", "scanners", int(bool(circuit.scanners)), 2, 6)
    else:
        yield Line("Raspberry Pi 4B, 1 GB or more", "all", 1, 35, 60)
        yield Line("Supply 5 V, 3 A, USB-C (Pi 5: 5 A)", "all", 1, 8, 14)
    yield Line("microSD card, 16 GB or more, high endurance", "all", 1, 8, 20)
    yield Line("Case, plugs, cable glands, wire, ferrules", "all", 1, 10, 40)


def _panel(circuit: Circuit) -> Iterator[Line]:
    volts = "24 V" if circuit.supply is Supply.V24 else "5 V"
    slots = [contact for contact in circuit.contacts if contact.part.startswith("slot-")]
    names = {contact.part for contact in circuit.contacts}
    yield Line(f"Lit push button 22 mm, normally open, LED for {volts}", "slots", len(slots), 5, 14)
    yield Line("Push button 22 mm, yellow, normally open, no lock", "quality", int("quality" in names), 4, 10)
    stack = [load.part for load in circuit.loads if not load.part.startswith("slot-") and not load.is_buzzer]
    yield Line(
        f"Stack light: {', '.join(stack)}, LED for {volts}, common plus", "stack", int(bool(stack)), 30, 60
    )
    buzzers = sum(load.is_buzzer for load in circuit.loads)
    yield Line(f"Buzzer {volts}, sounds by itself, at most 40 mA", "buzzer", buzzers, 2, 8)


def _drivers(circuit: Circuit) -> Iterator[Line]:
    driven = ", ".join(_uses(circuit))
    transistors = circuit.driven_by(Driver.TRANSISTOR)
    relays = circuit.driven_by(Driver.RELAY)
    yield Line("ULN2803A with socket DIP-18", driven, circuit.chips, 1, 3)
    yield Line("Transistor BC337 or 2N2222A", driven, len(transistors), 0.1, 0.3)
    yield Line("Diode 1N4007", "buzzer", sum(load.is_buzzer for load in transistors), 0.05, 0.2)
    name = f"Relay board, {len(relays)} or more relays, inputs for 3.3 V, active high, coils 5 V"
    yield Line(name, "stack", int(bool(relays)), 8, 20)
    has_24v = int(bool(circuit.loads) and circuit.supply is Supply.V24)
    yield Line("Supply 24 V, 1 A, for the DIN rail, with a fuse of 1 A", driven, has_24v, 15, 30)


def _small(circuit: Circuit) -> Iterator[Line]:
    series = len(circuit.contacts) + len(circuit.driven_by(Driver.TRANSISTOR))
    yield Line("Resistor 1 kΩ, 0.25 W", "buttons, transistors", series, 0.05, 0.1)
    yield Line("Resistor 4.7 kΩ, 0.25 W", ", ".join(_uses(circuit)), len(circuit.loads), 0.05, 0.1)
    yield Line("Strip board, and screw terminals for the 40-pin header", "all", 1, 8, 20)


def _plugs(circuit: Circuit) -> Iterator[Line]:
    yield Line("Barcode scanner with USB-COM mode, 2D", "scanners", len(circuit.scanners), 50, 200)


def _uses(circuit: Circuit) -> list[str]:
    """The words of the station's file for what hangs on drivers."""
    words = [
        "slots" if load.part.startswith("slot-") else "buzzer" if load.is_buzzer else "stack"
        for load in circuit.loads
    ]
    return list(dict.fromkeys(words))


def _range(low: float, high: float) -> str:
    return f"{_euros(low)} to {_euros(high)}"


def _euros(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")
