"""The list of parts of a circuit: how many of what, and about what it costs. Planning values, in euros."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kanban_hardware.drawing.circuit import Circuit, Driver, Load, Supply
from kanban_hardware.drawing.table import Row

HEADS = ("part", "for", "pieces", "each, €", "together, €")


class Board(StrEnum):
    """The computer: the small one, or one with an Ethernet socket and full-size USB."""

    PI = "pi"
    ZERO_2W = "zero2w"


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
    yield Line("Push button 22 mm, blue, normally open, no lock", "help", int("help" in names), 4, 10)
    stack = [load.part for load in circuit.loads if _use(load) == "stack"]
    name = f"Stack light: {', '.join(stack)}, LED for {volts}, common plus"
    yield Line(name, "stack", int(bool(stack)), 20 + 4 * len(stack), 40 + 8 * len(stack))
    yield from (_buzzer(load, volts) for load in circuit.loads if load.is_buzzer)


def _buzzer(load: Load, volts: str) -> Line:
    if load.driver is Driver.MODULE:
        return Line("Buzzer module for 3.3 V, active low", "buzzer", 1, 2, 6)
    kind = "a piezo without electronics" if load.is_passive else "sounds by itself, at most 40 mA"
    return Line(f"Buzzer for {volts}, {kind}", "buzzer", 1, 2, 8)


def _drivers(circuit: Circuit) -> Iterator[Line]:
    transistors = circuit.driven_by(Driver.TRANSISTOR)
    diodes = sum(load.is_buzzer and not load.is_passive for load in transistors)
    chips = circuit.driven_by(Driver.ULN2803A)
    yield Line("ULN2803A with socket DIP-18", _uses(chips), circuit.chips, 1, 3)
    yield Line("Transistor BC337 or 2N2222A", _uses(transistors), len(transistors), 0.1, 0.3)
    yield Line("Diode 1N4007", "buzzer", diodes, 0.05, 0.2)
    for driver, level in ((Driver.RELAY, "high"), (Driver.RELAY_LOW, "low, with a jumper JD-VCC")):
        relays = circuit.driven_by(driver)
        name = f"Relay board, at least {len(relays)} relays, inputs for 3.3 V, active {level}, coils 5 V"
        yield Line(name, _uses(relays), int(bool(relays)), 8, 20)
    has_24v = int(circuit.has_rails and circuit.supply is Supply.V24)
    yield Line(
        "Supply 24 V, 1 A, for the DIN rail, and a fuse of 1 A slow in a holder",
        _uses(circuit.loads),
        has_24v,
        15,
        30,
    )


def _small(circuit: Circuit) -> Iterator[Line]:
    series = len(circuit.contacts) + len(circuit.driven_by(Driver.TRANSISTOR))
    passive = sum(load.is_passive and load.driver is not Driver.MODULE for load in circuit.loads)
    yield Line("Resistor 1 kΩ, 0.25 W", "buttons, transistors", series, 0.05, 0.1)
    yield Line("Resistor 4.7 kΩ, 0.25 W", _uses(circuit.loads), len(circuit.loads), 0.05, 0.1)
    yield Line("Resistor 2.2 kΩ, 0.5 W", "buzzer", passive, 0.05, 0.1)
    yield Line("Terminal board for the 40-pin header, and a strip board", "all", 1, 8, 20)


def _plugs(circuit: Circuit) -> Iterator[Line]:
    kinds = [scanner.kind for scanner in circuit.scanners]
    serial, typing = kinds.count("serial"), kinds.count("keyboard")
    yield Line("Barcode scanner with USB-COM mode, 2D", "scanners", serial, 50, 200)
    yield Line("Barcode scanner or RFID reader that types", "scanners", typing, 25, 150)
    yield Line("OLED 128 × 64 with I2C, 2.4 inch", "display", int(circuit.display is not None), 10, 25)
    tower = "Signal tower with PoE, PATLITE LA6-POE or NH series"
    yield Line(tower, "network_lamp", int(circuit.network_lamp is not None), 250, 500)


def _use(load: Load) -> str:
    """The word of the station's file for what hangs on a driver."""
    return "slots" if load.part.startswith("slot-") else "buzzer" if load.is_buzzer else "stack"


def _uses(loads: Iterable[Load]) -> str:
    return ", ".join(dict.fromkeys(_use(load) for load in loads))


def _range(low: float, high: float) -> str:
    return f"{_euros(low)} to {_euros(high)}"


def _euros(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")
