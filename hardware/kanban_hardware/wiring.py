"""Which pin goes where: the [hardware] table of a station's file. What is wrong with it: `faults`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SlotWiring:
    """One lit button; pins are BCM numbers, as everywhere here.

    `active_low`: the lamp lights when its pin is low, as on most relay boards. `blink` false: the lamp
    hangs on a relay, which blinking would wear out, so every pattern that blinks is shown steady.
    """

    slot: int
    button: int
    lamp: int
    active_low: bool = False
    blink: bool = True


@dataclass(frozen=True)
class QualityWiring:
    button: int


@dataclass(frozen=True)
class HelpWiring:
    button: int


@dataclass(frozen=True)
class StackWiring:
    """A stack light of three to five colours; `active_low` and `blink` as for a slot, for all of them."""

    red: int
    amber: int
    green: int
    blue: int | None = None
    white: int | None = None
    active_low: bool = False
    blink: bool = True

    @property
    def pins(self) -> dict[str, int]:
        """The pin of each colour that is wired, in the order of `COLOURS`."""
        wired = {colour: getattr(self, colour) for colour in COLOURS}
        return {colour: pin for colour, pin in wired.items() if pin is not None}


@dataclass(frozen=True)
class BuzzerWiring:
    """`kind` "active" sounds by itself when it gets voltage; "passive" is given a tone's frequency."""

    pin: int
    kind: str = "active"
    active_low: bool = False


@dataclass(frozen=True)
class NetworkLampWiring:
    """A signal tower on the network, instead of a wired stack light.

    `colours` are its tiers from the top. `status_port` is the TCP port at which it tells what it shows,
    None where that is not switched on at the device.
    """

    url: str
    kind: str = "la6"
    colours: tuple[str, ...] = ("red", "amber", "green")
    status_port: int | None = None


@dataclass(frozen=True)
class DisplayWiring:
    """An OLED text display on I2C. `font` is a file; without one the first of `page.FONTS` that is there."""

    kind: str = "ssd1306"
    address: int = 0x3C
    bus: int = 1
    width: int = 128
    height: int = 64
    rotate: int = 0
    font: str | None = None
    font_px: int = 16


@dataclass(frozen=True)
class ScannerWiring:
    """A barcode scanner, or an RFID reader that sends the number of a tag.

    `terminator` "line" is CR, LF or both; "gap" is for scanners that send none: 0.1 s of silence.
    `baud_rate` is for serial ports; `keymap` is the language that a scanner of kind "keyboard" types in.
    `repeat_ms`: the same code within this time of its last reading is the same reading; 0 takes each.
    """

    port: str
    kind: str = "serial"
    baud_rate: int = 9600
    terminator: str = "line"
    keymap: str = "us"
    repeat_ms: int = 0


@dataclass(frozen=True)
class Wiring:
    """The whole table. Words are plain strings, so that all faults of a file can be told at once."""

    pins: str = "lgpio"
    slots: tuple[SlotWiring, ...] = ()
    quality: QualityWiring | None = None
    help: HelpWiring | None = None
    stack: StackWiring | None = None
    network_lamp: NetworkLampWiring | None = None
    buzzer: BuzzerWiring | None = None
    display: DisplayWiring | None = None
    scanners: tuple[ScannerWiring, ...] = ()
    debounce_ms: int = 20
    hold_ms: int = 2000
    stuck_ms: int = 10000

    @property
    def buttons(self) -> dict[str, int]:
        """The pin of each button by its part: "slot-1" …, "quality", "help"."""
        pins = {f"slot-{slot.slot}": slot.button for slot in self.slots}
        pins |= {"quality": self.quality.button} if self.quality else {}
        return pins | ({"help": self.help.button} if self.help else {})

    @property
    def lamps(self) -> dict[str, int]:
        """The pin of each lamp by its part: "slot-1" …, "red", "amber", "green", "blue", "white"."""
        pins = {f"slot-{slot.slot}": slot.lamp for slot in self.slots}
        return pins | (self.stack.pins if self.stack else {})

    @property
    def lamp_parts(self) -> tuple[str, ...]:
        """Every lamp of the station by its part: on pins and on the network."""
        return (*self.lamps, *(self.network_lamp.colours if self.network_lamp else ()))

    @property
    def active_low(self) -> frozenset[int]:
        """The outputs that are on when their pin is low."""
        pins = {slot.lamp for slot in self.slots if slot.active_low}
        pins |= set(self.stack.pins.values()) if self.stack and self.stack.active_low else set()
        return frozenset(pins | ({self.buzzer.pin} if self.buzzer and self.buzzer.active_low else set()))

    @property
    def steady(self) -> frozenset[str]:
        """The lamps, by part, that are not to blink."""
        parts = {f"slot-{slot.slot}" for slot in self.slots if not slot.blink}
        return frozenset(parts | (set(self.stack.pins) if self.stack and not self.stack.blink else set()))


COLOURS = ("red", "amber", "green", "blue", "white")
"""The colours of a stack light. Three belong to the hub; blue and white are the station's own word."""

# Free for later: 4, 12, 18, 21 and the SPI pins 7 to 11, which a display may want.
DEFAULT_WIRING = Wiring(
    slots=(
        SlotWiring(slot=1, button=17, lamp=22),
        SlotWiring(slot=2, button=27, lamp=23),
        SlotWiring(slot=3, button=24, lamp=25),
        SlotWiring(slot=4, button=16, lamp=20),
    ),
    quality=QualityWiring(button=5),
    stack=StackWiring(red=6, amber=13, green=19),
    buzzer=BuzzerWiring(pin=26),
)

SLOTS = range(1, 9)
PINS = range(28)
RESERVED = {
    0: "reads the EEPROM of a HAT at boot",
    1: "reads the EEPROM of a HAT at boot",
    2: "has a fixed pull-up of 1.8 kΩ for I2C",
    3: "has a fixed pull-up of 1.8 kΩ for I2C",
    14: "is the serial console's transmitter",
    15: "is the serial console's receiver",
}
