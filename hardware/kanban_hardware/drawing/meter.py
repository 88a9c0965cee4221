"""What a meter must show before anything is switched on, and with the lamps' supply alone."""

from collections.abc import Iterator

from kanban_hardware.drawing.circuit import BOARDS, Circuit, Supply
from kanban_hardware.drawing.header import BUTTONS_GROUND, DRIVER_GROUND, HEADER, LOGIC_3V3, HeaderPin
from kanban_hardware.drawing.table import Row
from kanban_hardware.drawing.wires import plus

HEADS = ("switched on", "between", "and", "shows", "otherwise")
NOTHING, LAMPS = "nothing", "24 V only"


def readings(circuit: Circuit) -> list[Row]:
    """Measure with the Pi pulled off the header's wires and every ULN2803A out of its socket."""
    return [*_contacts(circuit), *_inputs(circuit), *_shorts(circuit), *_levels(circuit)]


def _pin(pin: HeaderPin) -> str:
    return f"header pin {pin.number} ({pin.name})"


def _contacts(circuit: Circuit) -> Iterator[Row]:
    for contact in circuit.contacts:
        ground = f"header pin {BUTTONS_GROUND[contact.pin.is_left].number}"
        shows = f"open; 0.9 to 1.1 kΩ while the {contact.label} is pressed"
        yield NOTHING, _pin(contact.pin), ground, shows, "normally closed contact, wrong pin, or no 1 kΩ"


def _inputs(circuit: Circuit) -> Iterator[Row]:
    """The red lead is where no base and no diode of a driver conducts, so that only the resistor is seen."""
    for load in circuit.loads:
        pin, rail = _pin(load.pin), f"header pin {DRIVER_GROUND.number}, the red lead"
        if load.is_low:
            pin, rail = f"{pin}, the red lead", f"header pin {LOGIC_3V3.number}"
        # A relay board has resistors of its own beside it.
        shows = "at most 5 kΩ" if load.driver in BOARDS else "4.4 to 5 kΩ"
        yield NOTHING, pin, rail, shows, f"no 4.7 kΩ at the {load.label}, or wrong pin"


def _shorts(circuit: Circuit) -> Iterator[Row]:
    ground, silent = f"header pin {DRIVER_GROUND.number}", "no lasting beep of the continuity tester"
    for pin in (HEADER[0], HEADER[1]):
        yield NOTHING, _pin(pin), ground, silent, "a short that would stop the Pi"
    if circuit.has_rails and circuit.supply is Supply.V24:
        yield NOTHING, plus(circuit), "0 V", silent, "a short of the supply"
        yield NOTHING, plus(circuit), "each wired header pin", silent, "24 V would destroy the Pi"


def _levels(circuit: Circuit) -> Iterator[Row]:
    if not circuit.has_rails or circuit.supply is Supply.V5:
        return
    ground = f"header pin {DRIVER_GROUND.number}"
    wrong = "supply reversed, or a lamp that goes past its driver"
    yield LAMPS, plus(circuit), "0 V", "23 to 25 V, and every lamp dark", wrong
    yield LAMPS, "each wired header pin", ground, "less than 0.1 V", "24 V reaches the header: switch off"
