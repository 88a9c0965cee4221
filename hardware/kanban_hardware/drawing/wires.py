"""The list of wires: each one's two ends and what lies between, in the order in which they are best laid."""

from collections.abc import Iterator

from kanban_hardware.drawing.circuit import BOARDS, Circuit, Contact, Driver, Load, Supply, socket
from kanban_hardware.drawing.header import (
    BUTTONS_GROUND,
    DISPLAY_3V3,
    DISPLAY_SCL,
    DISPLAY_SDA,
    DRIVER_GROUND,
    LAMPS_5V,
    LOGIC_3V3,
    RELAYS_5V,
    HeaderPin,
)
from kanban_hardware.drawing.table import Row

HEADS = ("wire", "from", "through", "to")


def wires(circuit: Circuit) -> list[Row]:
    """Every wire of the drawing; a plug is one too."""
    driven = [load for load in circuit.loads if load.driver is not Driver.MODULE]
    return [
        *(_contact(contact) for contact in circuit.contacts),
        *(_signal(load) for load in circuit.loads),
        *(_load(load, circuit) for load in driven),
        *_feeds(circuit),
        *_display(circuit),
        *_plugs(circuit),
    ]


def named(pin: HeaderPin) -> str:
    return f"header pin {pin.number} ({pin.name})"


def plus(circuit: Circuit) -> str:
    return "+24 V" if circuit.supply is Supply.V24 else "+5 V"


def _contact(contact: Contact) -> Row:
    ground = named(BUTTONS_GROUND[contact.pin.is_left])
    return contact.label, named(contact.pin), "1 kΩ, then the contact", ground


def _signal(load: Load) -> Row:
    through = "1 kΩ" if load.driver is Driver.TRANSISTOR else "-"
    pin = f", its pin {load.channel}" if load.driver is Driver.ULN2803A else ""
    rail = f"3.3 V, header pin {LOGIC_3V3.number}" if load.is_low else "0 V"
    return (
        f"{load.label}, signal",
        f"{named(load.pin)}, here also 4.7 kΩ to {rail}",
        through,
        load.input + pin,
    )


def _load(load: Load, circuit: Circuit) -> Row:
    pin = f", its pin {19 - load.channel}" if load.driver is Driver.ULN2803A else ""
    through = f"the {load.label}, a piezo" if load.is_passive else f"− and + of the {load.label}"
    if load.is_passive:
        through += ", across it 2.2 kΩ"
    elif load.is_buzzer and load.driver is Driver.TRANSISTOR:
        through += ", across it 1N4007, bar to +"
    return load.label, load.output + pin, through, plus(circuit)


def _feeds(circuit: Circuit) -> Iterator[Row]:
    if not circuit.loads:
        return
    yield "ground", named(DRIVER_GROUND), "-", "0 V"
    for chip in range(1, circuit.chips + 1):
        yield f"U{chip} GND", f"U{chip}, its pin 9", "-", "0 V"
        yield f"U{chip} COM", f"U{chip}, its pin 10", "-", plus(circuit)
    for load in circuit.driven_by(Driver.TRANSISTOR):
        yield f"Q{load.place + 1} emitter", f"Q{load.place + 1}, its emitter", "-", "0 V"
    yield from _boards(circuit)
    if not circuit.has_rails:
        return
    if circuit.supply is Supply.V5:
        yield "plus of the lamps", named(LAMPS_5V), "-", "+5 V"
        return
    yield "plus of the lamps", "24 V supply, plus", "fuse 1 A", "+24 V"
    if circuit.shares_ground:
        yield "minus of the lamps", "24 V supply, minus", "-", "0 V"


def _boards(circuit: Circuit) -> Iterator[Row]:
    terminals = {
        Driver.RELAY: {"VCC": RELAYS_5V},
        Driver.RELAY_LOW: {"VCC": LOGIC_3V3, "JD-VCC": RELAYS_5V},
        Driver.MODULE: {"VCC": LOGIC_3V3},
    }
    for driver, fed in terminals.items():
        loads = circuit.driven_by(driver)
        if not loads:
            continue
        for terminal, pin in fed.items():
            yield f"{driver} {terminal}", named(pin), "-", f"{driver} {terminal}"
        yield f"{driver} GND", f"{driver} GND", "-", "0 V"
        if driver in BOARDS:
            minus = "minus of the lamps' supply" if circuit.supply is Supply.V24 else "0 V"
            yield f"{driver} contacts", f"{driver} COM 1 to {len(loads)}, joined", "-", minus


def _display(circuit: Circuit) -> Iterator[Row]:
    if circuit.header_display:
        for pin, terminal in ((DISPLAY_3V3, "VCC"), (DISPLAY_SDA, "SDA"), (DISPLAY_SCL, "SCL")):
            yield f"display {terminal}", named(pin), "-", f"display {terminal}"
        yield "display GND", named(BUTTONS_GROUND[True]), "-", "display GND"


def _plugs(circuit: Circuit) -> Iterator[Row]:
    for number, scanner in enumerate(circuit.scanners, start=1):
        yield f"scanner {number}", socket(scanner), "-", f"the scanner that is `{scanner.port}`"
    if circuit.display and not circuit.header_display:
        yield "display", f"I2C bus {circuit.display.bus}, 3.3 V and ground", "-", "display SDA, SCL, VCC, GND"
    if circuit.network_lamp:
        yield "signal tower", "network of the stations", "-", circuit.network_lamp.url
