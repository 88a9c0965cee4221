"""The 40-pin header of every Raspberry Pi since the B+, as data.

Source: https://www.raspberrypi.com/documentation/computers/raspberry-pi.html#gpio; a test compares it
with the boards that gpiozero knows.
"""

from dataclasses import dataclass

NAMES = (
    "3.3 V", "5 V", "GPIO 2", "5 V", "GPIO 3", "ground", "GPIO 4", "GPIO 14", "ground", "GPIO 15",
    "GPIO 17", "GPIO 18", "GPIO 27", "ground", "GPIO 22", "GPIO 23", "3.3 V", "GPIO 24", "GPIO 10", "ground",
    "GPIO 9", "GPIO 25", "GPIO 11", "GPIO 8", "ground", "GPIO 7", "GPIO 0", "GPIO 1", "GPIO 5", "ground",
    "GPIO 6", "GPIO 12", "GPIO 13", "ground", "GPIO 19", "GPIO 16", "GPIO 26", "GPIO 20", "ground", "GPIO 21",
)  # fmt: skip


@dataclass(frozen=True)
class HeaderPin:
    """`number` counts from 1 as on the header; `bcm` is None for supply and ground."""

    number: int
    name: str

    @property
    def bcm(self) -> int | None:
        return int(self.name.removeprefix("GPIO ")) if self.name.startswith("GPIO ") else None

    @property
    def row(self) -> int:
        """The row from pin 1's end, from 0."""
        return (self.number - 1) // 2

    @property
    def is_left(self) -> bool:
        """Whether it is in the odd column, which lies inwards on the board."""
        return self.number % 2 == 1


HEADER = tuple(HeaderPin(number, name) for number, name in enumerate(NAMES, start=1))
BY_BCM = {pin.bcm: pin for pin in HEADER if pin.bcm is not None}

# Which of the eight grounds each thing takes, so that no two wires share a hole of the header.
BUTTONS_GROUND = {True: HEADER[9 - 1], False: HEADER[14 - 1]}
"""By side: is the button's pin in the odd column?"""
DRIVER_GROUND = HEADER[39 - 1]
LAMPS_5V = HEADER[2 - 1]
RELAYS_5V = HEADER[4 - 1]
LOGIC_3V3 = HEADER[17 - 1]
"""Feeds the inputs of boards that are active low: fed from 5 V they would put more than 3.3 V on the pin."""
DISPLAY_3V3 = HEADER[1 - 1]
DISPLAY_SDA, DISPLAY_SCL = HEADER[3 - 1], HEADER[5 - 1]
