"""Wirings for the tests of the drawings, and any at all."""

from dataclasses import replace

from hypothesis import strategies as st

from kanban_hardware.drawing.circuit import Circuit, Driver, Supply, circuit
from kanban_hardware.wiring import (
    DEFAULT_WIRING,
    PINS,
    RESERVED,
    BuzzerWiring,
    QualityWiring,
    ScannerWiring,
    SlotWiring,
    StackWiring,
    Wiring,
)

SCANNER = ScannerWiring(port="/dev/serial/by-id/usb-scanner")
FULL = replace(
    DEFAULT_WIRING,
    slots=(
        *DEFAULT_WIRING.slots,
        SlotWiring(slot=5, button=4, lamp=12),
        SlotWiring(slot=6, button=18, lamp=21),
        SlotWiring(slot=7, button=7, lamp=8),
        SlotWiring(slot=8, button=9, lamp=10),
    ),
    scanners=(SCANNER, replace(SCANNER, port="/dev/serial/by-id/usb-reader")),
)
SMALL = Wiring(slots=(SlotWiring(slot=1, button=17, lamp=22),), buzzer=BuzzerWiring(pin=26))
SCANNER_ALONE = Wiring(scanners=(SCANNER,))

CIRCUITS: dict[str, Circuit] = {
    "default": circuit(DEFAULT_WIRING),
    "full": circuit(FULL),
    "full-transistors": circuit(FULL, Driver.TRANSISTOR),
    "relays": circuit(DEFAULT_WIRING, Driver.RELAY),
    "small-5v": circuit(SMALL, Driver.TRANSISTOR, Supply.V5),
    "scanner-alone": circuit(SCANNER_ALONE),
}

free = [pin for pin in PINS if pin not in RESERVED]


@st.composite
def wirings(draw: st.DrawFn) -> Wiring:
    """Any wiring without faults, on any pins."""
    pins = iter(draw(st.permutations(free)))
    slots = draw(st.lists(st.integers(1, 8), min_size=1, max_size=8, unique=True))
    return Wiring(
        slots=tuple(SlotWiring(slot=slot, button=next(pins), lamp=next(pins)) for slot in slots),
        quality=QualityWiring(button=next(pins)) if draw(st.booleans()) else None,
        stack=StackWiring(red=next(pins), amber=next(pins), green=next(pins))
        if draw(st.booleans())
        else None,
        buzzer=BuzzerWiring(pin=next(pins)) if draw(st.booleans()) else None,
        scanners=draw(st.sampled_from([(), (SCANNER,)])),
    )
