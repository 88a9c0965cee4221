"""Wirings for the tests of the drawings, and any at all."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import strategies as st

from kanban_hardware.drawing.circuit import Circuit, Driver, Supply, circuit
from kanban_hardware.wiring import (
    COLOURS,
    DEFAULT_WIRING,
    PINS,
    RESERVED,
    BuzzerWiring,
    DisplayWiring,
    HelpWiring,
    NetworkLampWiring,
    QualityWiring,
    ScannerWiring,
    SlotWiring,
    StackWiring,
    Wiring,
)

SCANNER = ScannerWiring(port="/dev/serial/by-id/usb-scanner")
TYPING = ScannerWiring(
    port="/dev/input/by-id/usb-Honeywell_Imaging___Mobility_1900_0012345678-event-kbd", kind="keyboard"
)
FULL = replace(
    DEFAULT_WIRING,
    slots=(
        *DEFAULT_WIRING.slots,
        SlotWiring(slot=5, button=4, lamp=12),
        SlotWiring(slot=6, button=18, lamp=21),
        SlotWiring(slot=7, button=7, lamp=8),
    ),
    help=HelpWiring(button=9),
    stack=StackWiring(red=6, amber=13, green=19, blue=10, white=11),
    display=DisplayWiring(),
    scanners=(SCANNER, TYPING),
)
SMALL = Wiring(slots=(SlotWiring(slot=1, button=17, lamp=22),), buzzer=BuzzerWiring(pin=26))
SCANNER_ALONE = Wiring(scanners=(SCANNER,))
TOWER = replace(
    DEFAULT_WIRING,
    stack=None,
    network_lamp=NetworkLampWiring(url="http://192.168.10.1"),
    buzzer=BuzzerWiring(pin=26, kind="passive"),
)
STACK = StackWiring(red=6, amber=13, green=19, blink=False)
RELAYS = Wiring(quality=QualityWiring(button=5), stack=STACK, scanners=(SCANNER,))
LOW = replace(
    DEFAULT_WIRING, stack=replace(STACK, active_low=True), buzzer=BuzzerWiring(pin=26, active_low=True)
)
MODULE = replace(SCANNER_ALONE, buzzer=BuzzerWiring(pin=26, active_low=True))

ELSEWHERE = replace(
    TOWER,
    display=DisplayWiring(bus=3),
    network_lamp=NetworkLampWiring(
        url="http://signal-tower-of-final-assembly.stations.plant.example:8080", colours=COLOURS
    ),
    scanners=(replace(SCANNER, port="/dev/serial0"),),
)

CIRCUITS: dict[str, Circuit] = {
    "default": circuit(DEFAULT_WIRING),
    "full": circuit(FULL),
    "full-transistors": circuit(FULL, Driver.TRANSISTOR),
    "relays": circuit(RELAYS),
    "low": circuit(LOW),
    "module": circuit(MODULE),
    "tower": circuit(TOWER),
    "elsewhere": circuit(ELSEWHERE),
    "small-5v": circuit(SMALL, Driver.TRANSISTOR, Supply.V5),
    "scanner-alone": circuit(SCANNER_ALONE),
}

free = [pin for pin in PINS if pin not in RESERVED]


@st.composite
def stacks(draw: st.DrawFn, pins: Iterator[int]) -> StackWiring:
    return StackWiring(
        red=next(pins),
        amber=next(pins),
        green=next(pins),
        blue=next(pins) if draw(st.booleans()) else None,
        active_low=draw(st.booleans()),
        blink=draw(st.booleans()),
    )


@st.composite
def wirings(draw: st.DrawFn) -> Wiring:
    """Any wiring without faults, on any pins."""
    pins = iter(draw(st.permutations(free)))
    slots = draw(st.lists(st.integers(1, 8), min_size=1, max_size=7, unique=True))
    buzzers = st.builds(
        BuzzerWiring, st.just(next(pins)), st.sampled_from(["active", "passive"]), st.booleans()
    )
    return Wiring(
        slots=tuple(
            SlotWiring(
                slot, next(pins), next(pins), active_low=draw(st.booleans()), blink=draw(st.booleans())
            )
            for slot in slots
        ),
        quality=QualityWiring(button=next(pins)) if draw(st.booleans()) else None,
        stack=draw(stacks(pins)) if draw(st.booleans()) else None,
        buzzer=draw(st.none() | buzzers),
        display=draw(st.sampled_from([None, DisplayWiring()])),
        scanners=draw(st.sampled_from([(), (SCANNER,)])),
    )
