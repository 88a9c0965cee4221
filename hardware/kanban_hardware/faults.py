"""What is wrong with a wiring: every mistake at once, each with its place and what to write instead."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from kanban_hardware.keymap import KEYMAPS
from kanban_hardware.wiring import COLOURS, PINS, RESERVED, SLOTS, ScannerWiring, Wiring

DEBOUNCE_MS = range(1, 201)
REPEAT_MS = range(60_001)
BAUD_RATES = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
# The sizes that luma.oled 3.14 draws on each; all of them speak I2C and have one colour.
DISPLAYS = {
    "ssd1306": ((128, 64), (128, 32), (96, 16), (64, 48), (64, 32)),
    "ssd1309": ((128, 64), (128, 32), (96, 16), (64, 48), (64, 32)),
    "sh1106": ((128, 64), (128, 32), (128, 128)),
}
I2C_ADDRESSES = range(0x08, 0x78)
FONT_PX = range(8, 33)


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
        *_buzzer_faults(wiring),
        *_network_lamp_faults(wiring),
        *_display_faults(wiring),
        *_scanner_faults(wiring),
        *_time_faults(wiring),
    ]


def _word_faults(where: str, word: str, allowed: Collection[str]) -> Iterator[Fault]:
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
    reserved = RESERVED | _taken_by_display(wiring)
    for where, pin in _pins(wiring):
        if pin not in PINS:
            yield Fault(
                where,
                f"GPIO {pin} does not exist",
                "Use a BCM number from 4 to 27, not the header's pin number",
            )
        elif pin in reserved:
            yield Fault(where, f"GPIO {pin} {reserved[pin]}", "Use another pin from 4 to 27")
        if pin in seen:
            yield Fault(
                where, f"GPIO {pin} is already used by {seen[pin]}", "Give each part a pin of its own"
            )
        seen.setdefault(pin, where)


def _taken_by_display(wiring: Wiring) -> dict[int, str]:
    if wiring.display is None or wiring.display.bus != 1:
        return {}
    return {2: "is the display's data line, SDA", 3: "is the display's clock line, SCL"}


def _pins(wiring: Wiring) -> Iterator[tuple[str, int]]:
    for index, slot in enumerate(wiring.slots):
        yield f"hardware.slots[{index}].button", slot.button
        yield f"hardware.slots[{index}].lamp", slot.lamp
    if wiring.quality:
        yield "hardware.quality.button", wiring.quality.button
    if wiring.help:
        yield "hardware.help.button", wiring.help.button
    if wiring.stack:
        yield from ((f"hardware.stack.{colour}", pin) for colour, pin in wiring.stack.pins.items())
    if wiring.buzzer:
        yield "hardware.buzzer.pin", wiring.buzzer.pin


def _buzzer_faults(wiring: Wiring) -> Iterator[Fault]:
    if wiring.buzzer:
        yield from _word_faults("hardware.buzzer.kind", wiring.buzzer.kind, ("active", "passive"))


def _network_lamp_faults(wiring: Wiring) -> Iterator[Fault]:
    lamp, where = wiring.network_lamp, "hardware.network_lamp"
    if lamp is None:
        return
    if wiring.stack:
        text = "there is a [hardware.stack] too, and both would show the same"
        yield Fault(where, text, "Keep one of the two tables")
    yield from _word_faults(f"{where}.kind", lamp.kind, ("la6", "nh"))
    if not _is_http(lamp.url):
        hint = 'Write the address of the lamp alone, as "http://192.168.10.1"'
        yield Fault(f"{where}.url", f"{lamp.url!r} is no address of a lamp", hint)
    yield from _colour_faults(f"{where}.colours", lamp.colours)
    if lamp.status_port is not None and lamp.status_port not in range(1, 65_536):
        yield Fault(f"{where}.status_port", f"{lamp.status_port} is no port", "Use 10000, as the lamp does")


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_host = bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        return False
    return parts.scheme == "http" and is_host and parts.path in ("", "/") and not parts.query


def _colour_faults(where: str, colours: tuple[str, ...]) -> Iterator[Fault]:
    for colour in colours:
        yield from _word_faults(where, colour, COLOURS)
    if len(set(colours)) != len(colours):
        yield Fault(where, "a colour stands twice", "Name each colour once, from the top")
    if missing := [colour for colour in COLOURS[:3] if colour not in colours]:
        yield Fault(where, f"{', '.join(missing)} is missing", "Red, amber and green are what the hub says")


def _display_faults(wiring: Wiring) -> Iterator[Fault]:
    display, where = wiring.display, "hardware.display"
    if display is None:
        return
    yield from _word_faults(f"{where}.kind", display.kind, DISPLAYS)
    sizes = DISPLAYS.get(display.kind, ())
    if sizes and (display.width, display.height) not in sizes:
        known = ", ".join(f"{width} × {height}" for width, height in sizes)
        text = f"a {display.kind} of {display.width} × {display.height} is not known"
        yield Fault(f"{where}.width", text, f"Use one of: {known}")
    if display.address not in I2C_ADDRESSES:
        yield Fault(f"{where}.address", f"{display.address:#x} is no address", "Use 0x3c or 0x3d")
    if display.rotate not in range(4):
        yield Fault(f"{where}.rotate", f"{display.rotate} is no quarter turn", "Use 0, 1, 2 or 3")
    if display.bus < 0:
        yield Fault(f"{where}.bus", f"{display.bus} is no bus", "Use 1")
    if display.font_px not in FONT_PX:
        yield Fault(f"{where}.font_px", f"{display.font_px} is out of range", "Use 8 to 32; 16 suits most")


def _scanner_faults(wiring: Wiring) -> Iterator[Fault]:
    ports: dict[str, int] = {}
    for index, scanner in enumerate(wiring.scanners):
        where = f"hardware.scanners[{index}]"
        yield from _word_faults(f"{where}.kind", scanner.kind, ("serial", "keyboard"))
        yield from _reading_faults(where, scanner)
        if not scanner.port.startswith("/"):
            hint = f"Use the name in {'/dev/input' if scanner.kind == 'keyboard' else '/dev/serial'}/by-id/"
            yield Fault(f"{where}.port", f"{scanner.port!r} is no path", hint)
        if scanner.port in ports:
            yield Fault(
                f"{where}.port", f"is also hardware.scanners[{ports[scanner.port]}]", "Name each port once"
            )
        ports.setdefault(scanner.port, index)


def _reading_faults(where: str, scanner: ScannerWiring) -> Iterator[Fault]:
    yield from _word_faults(f"{where}.terminator", scanner.terminator, ("line", "gap"))
    yield from _word_faults(f"{where}.keymap", scanner.keymap, KEYMAPS)
    if scanner.baud_rate not in BAUD_RATES:
        rates = ", ".join(str(rate) for rate in BAUD_RATES)
        yield Fault(f"{where}.baud_rate", f"{scanner.baud_rate} is no usual rate", f"Use one of: {rates}")
    if scanner.repeat_ms not in REPEAT_MS:
        hint = "Use 0 to 60000; 3000 suits most RFID readers"
        yield Fault(f"{where}.repeat_ms", f"{scanner.repeat_ms} is out of range", hint)


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
