"""Which pin goes where: the [hardware] table of a station's file. What is wrong with it: `faults`."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class SlotWiring:
    """One lit button; pins are BCM numbers, as everywhere here."""

    slot: int
    button: int
    lamp: int


@dataclass(frozen=True)
class QualityWiring:
    button: int


@dataclass(frozen=True)
class StackWiring:
    red: int
    amber: int
    green: int


@dataclass(frozen=True)
class BuzzerWiring:
    pin: int


@dataclass(frozen=True)
class ScannerWiring:
    """`terminator` "line" is CR, LF or both; "gap" is for scanners that send none: 0.1 s of silence."""

    port: str
    kind: str = "serial"
    baud_rate: int = 9600
    terminator: str = "line"


@dataclass(frozen=True)
class Wiring:
    """The whole table. Words are plain strings, so that all faults of a file can be told at once."""

    pins: str = "lgpio"
    slots: tuple[SlotWiring, ...] = ()
    quality: QualityWiring | None = None
    stack: StackWiring | None = None
    buzzer: BuzzerWiring | None = None
    scanners: tuple[ScannerWiring, ...] = ()
    debounce_ms: int = 20
    hold_ms: int = 2000
    stuck_ms: int = 10000

    @property
    def buttons(self) -> dict[str, int]:
        """The pin of each button by its part: "slot-1" …, "quality"."""
        pins = {f"slot-{slot.slot}": slot.button for slot in self.slots}
        return pins | ({"quality": self.quality.button} if self.quality else {})

    @property
    def lamps(self) -> dict[str, int]:
        """The pin of each lamp by its part: "slot-1" …, "red", "amber", "green"."""
        pins = {f"slot-{slot.slot}": slot.lamp for slot in self.slots}
        if self.stack is None:
            return pins
        return pins | {"red": self.stack.red, "amber": self.stack.amber, "green": self.stack.green}


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
DEBOUNCE_MS = range(1, 201)
BAUD_RATES = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


@dataclass(frozen=True)
class Fault:
    """One mistake. `where` is the path of the key, tables counted from 0: `hardware.slots[0].lamp`."""

    where: str
    text: str
    hint: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}. {self.hint}."


def faults(wiring: Wiring) -> list[Fault]:
    """Return everything that is wrong with a wiring; nothing means that it can be built."""
    return [
        *_word_faults("hardware.pins", wiring.pins, ("lgpio", "mock")),
        *_slot_faults(wiring),
        *_pin_faults(wiring),
        *_scanner_faults(wiring),
        *_time_faults(wiring),
    ]


def _word_faults(where: str, word: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if word not in allowed:
        yield Fault(where, f"{word!r} is not known", f"Use one of: {', '.join(allowed)}")


def _slot_faults(wiring: Wiring) -> Iterator[Fault]:
    if not wiring.slots and not wiring.scanners:
        yield Fault(
            "hardware", "there is no slot and no scanner", "Add [[hardware.slots]] or [[hardware.scanners]]"
        )
    seen: dict[int, int] = {}
    for index, slot in enumerate(wiring.slots):
        where = f"hardware.slots[{index}].slot"
        if slot.slot not in SLOTS:
            yield Fault(where, f"slot {slot.slot} does not exist", "Number the slots from 1 to 8")
        if slot.slot in seen:
            yield Fault(
                where, f"slot {slot.slot} is also hardware.slots[{seen[slot.slot]}]", "Number each slot once"
            )
        seen.setdefault(slot.slot, index)


def _pin_faults(wiring: Wiring) -> Iterator[Fault]:
    seen: dict[int, str] = {}
    for where, pin in _pins(wiring):
        if pin not in PINS:
            yield Fault(
                where,
                f"GPIO {pin} does not exist",
                "Use a BCM number from 4 to 27, not the header's pin number",
            )
        elif pin in RESERVED:
            yield Fault(where, f"GPIO {pin} {RESERVED[pin]}", "Use another pin from 4 to 27")
        if pin in seen:
            yield Fault(
                where, f"GPIO {pin} is already used by {seen[pin]}", "Give each part a pin of its own"
            )
        seen.setdefault(pin, where)


def _pins(wiring: Wiring) -> Iterator[tuple[str, int]]:
    for index, slot in enumerate(wiring.slots):
        yield f"hardware.slots[{index}].button", slot.button
        yield f"hardware.slots[{index}].lamp", slot.lamp
    if wiring.quality:
        yield "hardware.quality.button", wiring.quality.button
    if wiring.stack:
        yield "hardware.stack.red", wiring.stack.red
        yield "hardware.stack.amber", wiring.stack.amber
        yield "hardware.stack.green", wiring.stack.green
    if wiring.buzzer:
        yield "hardware.buzzer.pin", wiring.buzzer.pin


def _scanner_faults(wiring: Wiring) -> Iterator[Fault]:
    ports: dict[str, int] = {}
    for index, scanner in enumerate(wiring.scanners):
        where = f"hardware.scanners[{index}]"
        yield from _kind_faults(f"{where}.kind", scanner.kind)
        yield from _word_faults(f"{where}.terminator", scanner.terminator, ("line", "gap"))
        if scanner.baud_rate not in BAUD_RATES:
            rates = ", ".join(str(rate) for rate in BAUD_RATES)
            yield Fault(f"{where}.baud_rate", f"{scanner.baud_rate} is no usual rate", f"Use one of: {rates}")
        if not scanner.port.startswith("/"):
            yield Fault(f"{where}.port", f"{scanner.port!r} is no path", "Use the name in /dev/serial/by-id/")
        if scanner.port in ports:
            yield Fault(
                f"{where}.port", f"is also hardware.scanners[{ports[scanner.port]}]", "Name each port once"
            )
        ports.setdefault(scanner.port, index)


def _kind_faults(where: str, kind: str) -> Iterator[Fault]:
    if kind == "keyboard":
        text = "this release reads serial scanners, not scanners that type like a keyboard"
        yield Fault(
            where, text, 'Switch the scanner to "USB-COM" (its manual has the barcode) and use "serial"'
        )
    else:
        yield from _word_faults(where, kind, ("serial",))


def _time_faults(wiring: Wiring) -> Iterator[Fault]:
    if wiring.debounce_ms not in DEBOUNCE_MS:
        yield Fault(
            "hardware.debounce_ms",
            f"{wiring.debounce_ms} is out of range",
            "Use 1 to 200; 20 suits most buttons",
        )
    if not wiring.debounce_ms < wiring.hold_ms:
        yield Fault("hardware.hold_ms", f"{wiring.hold_ms} is not longer than debounce_ms", "Use 2000")
    if not wiring.hold_ms < wiring.stuck_ms:
        yield Fault("hardware.stuck_ms", f"{wiring.stuck_ms} is not longer than hold_ms", "Use 10000")
