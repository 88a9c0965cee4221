"""What hangs on the pins of a wiring: the way of each button and each lamp, with the driver that it takes."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from kanban_hardware.drawing.header import BY_BCM, HeaderPin
from kanban_hardware.errors import CircuitError
from kanban_hardware.wiring import DisplayWiring, NetworkLampWiring, ScannerWiring, Wiring


class Driver(StrEnum):
    """What stands between a pin and its load: 3.3 V and a few mA in, the lamp's volts out."""

    ULN2803A = "uln2803a"
    TRANSISTOR = "transistor"
    RELAY = "relays"
    RELAY_LOW = "low relays"  # its inputs switch on when they are low
    MODULE = "module"  # a buzzer with electronics of its own, whose input is active low


CHOICES = (Driver.ULN2803A, Driver.TRANSISTOR)
"""What may be taken for an output of which the file says nothing else."""
LOW = (Driver.RELAY_LOW, Driver.MODULE)
BOARDS = (Driver.RELAY, Driver.RELAY_LOW)


class Supply(StrEnum):
    """What the lamps and the buzzer are fed from; 5 V comes from the header itself."""

    V24 = "24V"
    V5 = "5V"


HEADER_BUS = 1
"""The I2C bus at header pins 3 and 5."""
# What the header's own serial pins are called; every other port is a USB plug.
UARTS = ("/dev/serial0", "/dev/ttyAMA", "/dev/ttyS")
CHANNELS = 8
"""Darlingtons in one ULN2803A: inputs at its pins 1 to 8, outputs opposite at 18 to 11 (TI SLRS049)."""


@dataclass(frozen=True)
class Contact:
    """One button: from its pin through 1 kΩ and the contact to ground."""

    part: str
    pin: HeaderPin

    @property
    def label(self) -> str:
        return f"{self.part} button"


@dataclass(frozen=True)
class Load:
    """One lamp or the buzzer. `place` counts from 0 among the loads of the same driver."""

    part: str
    pin: HeaderPin
    driver: Driver
    place: int
    is_passive: bool = False

    @property
    def is_buzzer(self) -> bool:
        return self.part == "buzzer"

    @property
    def label(self) -> str:
        return self.part if self.is_buzzer else f"{self.part} lamp"

    @property
    def is_low(self) -> bool:
        """Whether a low pin switches it on; then 4.7 kΩ to 3.3 V, not to 0 V, keep it off at first."""
        return self.driver in LOW

    @property
    def chip(self) -> int:
        """Which ULN2803A, from 1."""
        return self.place // CHANNELS + 1

    @property
    def channel(self) -> int:
        """Which channel of its ULN2803A, from 1."""
        return self.place % CHANNELS + 1

    @property
    def input(self) -> str:
        """Where the wire from the header ends."""
        match self.driver:
            case Driver.ULN2803A:
                return f"U{self.chip} IN {self.channel}"
            case Driver.TRANSISTOR:
                return f"Q{self.place + 1} base"
            case Driver.MODULE:
                return "module I/O"
        return f"{self.driver} IN {self.place + 1}"

    @property
    def output(self) -> str:
        """Where the wire to the load begins; a module is its own load."""
        match self.driver:
            case Driver.ULN2803A:
                return f"U{self.chip} OUT {self.channel}"
            case Driver.TRANSISTOR:
                return f"Q{self.place + 1} collector"
        return f"{self.driver} NO {self.place + 1}"


@dataclass(frozen=True)
class Circuit:
    contacts: tuple[Contact, ...]
    loads: tuple[Load, ...]
    supply: Supply
    scanners: tuple[ScannerWiring, ...] = ()
    display: DisplayWiring | None = None
    network_lamp: NetworkLampWiring | None = None

    def driven_by(self, *drivers: Driver) -> list[Load]:
        return [load for load in self.loads if load.driver in drivers]

    @property
    def header_display(self) -> DisplayWiring | None:
        """The display on the header's own I2C pins; the pins of another bus only its overlay knows."""
        return self.display if self.display is not None and self.display.bus == HEADER_BUS else None

    @property
    def has_rails(self) -> bool:
        """Whether anything takes the lamps' supply; a module is fed from the header."""
        return any(load.driver is not Driver.MODULE for load in self.loads)

    @property
    def shares_ground(self) -> bool:
        """Whether the 0 V of the lamps' supply is the Pi's ground; behind relays alone they stay apart."""
        return bool(self.driven_by(*CHOICES))

    @property
    def chips(self) -> int:
        """How many ULN2803A are needed."""
        return max((load.chip for load in self.driven_by(Driver.ULN2803A)), default=0)


def socket(scanner: ScannerWiring) -> str:
    """Where a scanner is plugged in."""
    return "serial port of the Pi" if scanner.port.startswith(UARTS) else "USB socket of the Pi"


def circuit(wiring: Wiring, driver: Driver = Driver.ULN2803A, supply: Supply = Supply.V24) -> Circuit:
    """Give each output of a faultless wiring its driver, in the order of the wiring's parts.

    `driver` is one of `CHOICES`; what is active low or must not blink hangs on a board by its file.
    Raises `CircuitError` for a ULN2803A at 5 V.
    """
    if driver is Driver.ULN2803A and supply is Supply.V5:
        raise CircuitError
    pins = wiring.lamps | ({"buzzer": wiring.buzzer.pin} if wiring.buzzer else {})
    is_passive = wiring.buzzer is not None and wiring.buzzer.kind == "passive"
    places: Counter[Driver] = Counter()
    loads = []
    for part, bcm in pins.items():
        taken = _board(wiring, part, bcm) or driver
        loads.append(Load(part, BY_BCM[bcm], taken, places[taken], is_passive and part == "buzzer"))
        places[taken] += 1
    contacts = tuple(Contact(part, BY_BCM[bcm]) for part, bcm in wiring.buttons.items())
    return Circuit(contacts, tuple(loads), supply, wiring.scanners, wiring.display, wiring.network_lamp)


def _board(wiring: Wiring, part: str, bcm: int) -> Driver | None:
    """The ready-made board on which the file puts this output: what is active low, or must not blink."""
    if bcm in wiring.active_low:
        return Driver.MODULE if part == "buzzer" else Driver.RELAY_LOW
    return Driver.RELAY if part in wiring.steady else None
