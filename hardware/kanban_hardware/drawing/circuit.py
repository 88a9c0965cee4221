"""What hangs on the pins of a wiring: the way of each button and each lamp, with the driver that it takes."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from kanban_hardware.drawing.header import BY_BCM, HeaderPin
from kanban_hardware.errors import CircuitError
from kanban_hardware.wiring import ScannerWiring, Wiring


class Driver(StrEnum):
    """What stands between a pin and its load: 3.3 V and a few mA in, the lamp's volts out."""

    ULN2803A = "uln2803a"
    TRANSISTOR = "transistor"
    RELAY = "relay"


class Supply(StrEnum):
    """What the lamps and the buzzer are fed from; 5 V comes from the header itself."""

    V24 = "24V"
    V5 = "5V"


CHANNELS = 8
"""Darlingtons in one ULN2803A: inputs at its pins 1 to 8, outputs at 18 to 11 (TI SLRS049)."""


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

    @property
    def is_buzzer(self) -> bool:
        return self.part == "buzzer"

    @property
    def label(self) -> str:
        return self.part if self.is_buzzer else f"{self.part} lamp"

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
        return {
            Driver.ULN2803A: f"U{self.chip} IN {self.channel}",
            Driver.TRANSISTOR: f"Q{self.place + 1} base",
            Driver.RELAY: f"relay board IN {self.place + 1}",
        }[self.driver]

    @property
    def output(self) -> str:
        """Where the wire to the load begins."""
        return {
            Driver.ULN2803A: f"U{self.chip} OUT {self.channel}",
            Driver.TRANSISTOR: f"Q{self.place + 1} collector",
            Driver.RELAY: f"relay {self.place + 1} NO",
        }[self.driver]


@dataclass(frozen=True)
class Circuit:
    contacts: tuple[Contact, ...]
    loads: tuple[Load, ...]
    scanners: tuple[ScannerWiring, ...]
    supply: Supply

    def driven_by(self, driver: Driver) -> list[Load]:
        return [load for load in self.loads if load.driver is driver]

    @property
    def shares_ground(self) -> bool:
        """Whether the 0 V of the lamps' supply is the Pi's ground; behind relays alone they stay apart."""
        return any(load.driver is not Driver.RELAY for load in self.loads)

    @property
    def chips(self) -> int:
        """How many ULN2803A are needed."""
        return max((load.chip for load in self.driven_by(Driver.ULN2803A)), default=0)


def circuit(wiring: Wiring, driver: Driver = Driver.ULN2803A, supply: Supply = Supply.V24) -> Circuit:
    """Give each output of a faultless wiring its driver, in the order of the wiring's parts.

    Raises `CircuitError` for a ULN2803A at 5 V.
    """
    if driver is Driver.ULN2803A and supply is Supply.V5:
        raise CircuitError
    pins = wiring.lamps | ({"buzzer": wiring.buzzer.pin} if wiring.buzzer else {})
    places: Counter[Driver] = Counter()
    loads = []
    for part, bcm in pins.items():
        # A relay is worn out by tones; the buzzer stays on a transistor.
        taken = Driver.TRANSISTOR if driver is Driver.RELAY and part == "buzzer" else driver
        loads.append(Load(part, BY_BCM[bcm], taken, places[taken]))
        places[taken] += 1
    contacts = tuple(Contact(part, BY_BCM[bcm]) for part, bcm in wiring.buttons.items())
    return Circuit(contacts, tuple(loads), wiring.scanners, supply)
