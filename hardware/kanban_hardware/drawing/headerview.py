"""The upper half of the drawing: the header, the buttons on their wires, and where other wires lead."""

from kanban_hardware.drawing import ink, symbols
from kanban_hardware.drawing.circuit import BOARDS, LOW, Circuit, Contact, Supply
from kanban_hardware.drawing.header import (
    BUTTONS_GROUND,
    DISPLAY_3V3,
    DISPLAY_SCL,
    DISPLAY_SDA,
    DRIVER_GROUND,
    HEADER,
    LAMPS_5V,
    LOGIC_3V3,
    RELAYS_5V,
    HeaderPin,
)
from kanban_hardware.drawing.sheet import BLACK, GREY, WHITE, Sheet
from kanban_hardware.wiring import RESERVED, DisplayWiring

PITCH = 5.6
MIDDLE = 105.0
TAG_WIDTH = 17.0
WIRE_FROM = 25.5
"""Where a wire leaves its pin's tag, measured from the middle; the left side mirrors the right."""
RAIL_AT = 95.0
FLAG_WIDTH = 44.0
DISPLAY_WIRES = ((DISPLAY_3V3, "VCC"), (DISPLAY_SDA, "SDA"), (DISPLAY_SCL, "SCL"))
DISPLAY_GROUND_ROW = 2
DISPLAY_COLOUR = ink.of("display")


class HeaderView:
    """Draws onto `sheet` from `top` down; every wire keeps to its pin's row, so none crosses another."""

    def __init__(self, sheet: Sheet, circuit: Circuit, top: float) -> None:
        self._sheet = sheet
        self._circuit = circuit
        self._top = top
        self.bottom = top + 19 * PITCH + 4

    def draw(self) -> None:
        self._frame()
        self._grounds()
        for contact in self._circuit.contacts:
            self._contact(contact)
        for load in self._circuit.loads:
            self._end(load.pin, f"{load.label} → {load.input}", ink.of(load.part))
        self._supplies()
        if self._circuit.header_display:
            self._display(self._circuit.header_display)
        for pin in HEADER:
            self._pin(pin)

    def _y(self, pin: HeaderPin) -> float:
        return self._top + pin.row * PITCH

    def _x(self, pin: HeaderPin, out: float) -> float:
        return MIDDLE - out if pin.is_left else MIDDLE + out

    def _frame(self) -> None:
        height = 19 * PITCH + 7
        self._sheet.rect((MIDDLE - 7.5, self._top - 3.5), (15, height), GREY, "#f0f0f0", 1)
        self._sheet.text((MIDDLE, self._top - 5), "SD card's end of the board", size=2.5, colour=GREY)
        self._sheet.text((MIDDLE, self.bottom + 2.6), "USB sockets' end of the board", size=2.5, colour=GREY)

    def _pin(self, pin: HeaderPin) -> None:
        y, used = self._y(pin), self._is_used(pin)
        centre = (self._x(pin, 3.6), y)
        shade = BLACK if used else GREY
        if pin.number == 1:
            self._sheet.rect((centre[0] - 2.4, y - 2.4), (4.8, 4.8), shade)
        else:
            self._sheet.circle(centre, 2.4, shade)
        self._sheet.text((centre[0], y + 0.9), str(pin.number), size=2.5, colour=shade, bold=used)
        left = min(self._x(pin, WIRE_FROM), self._x(pin, WIRE_FROM - TAG_WIDTH))
        self._sheet.rect((left, y - 2.1), (TAG_WIDTH, 4.2), shade, WHITE if used else "#f7f7f7", 0.6)
        self._sheet.text((left + TAG_WIDTH / 2, y + 0.95), pin.name, size=2.6, colour=shade, bold=used)
        if not used and pin.bcm is not None and pin.bcm in RESERVED:
            self._note(pin, f"✕ {RESERVED[pin.bcm]}")

    def _note(self, pin: HeaderPin, text: str) -> None:
        at = (self._x(pin, WIRE_FROM + 1.5), self._y(pin) + 0.9)
        self._sheet.text(at, text, size=2.4, anchor="end" if pin.is_left else "start", colour=GREY)

    def _is_used(self, pin: HeaderPin) -> bool:
        wires = {contact.pin for contact in self._circuit.contacts}
        wires |= {load.pin for load in self._circuit.loads}
        feeds = {fed for fed, _name, _colour in self._feeds()}
        display = {wire for wire, _name in DISPLAY_WIRES} if self._circuit.header_display else set()
        return pin in wires | feeds | display | set(self._rails())

    def _feeds(self) -> list[tuple[HeaderPin, str, str]]:
        circuit = self._circuit
        feeds = [(DRIVER_GROUND, "ground → 0 V rail", ink.GROUND)] if circuit.loads else []
        if circuit.has_rails and circuit.supply is Supply.V5:
            feeds.append((LAMPS_5V, "5 V → + rail", ink.PLUS))
        if circuit.driven_by(*BOARDS):
            feeds.append((RELAYS_5V, "5 V → coils of relays", ink.PLUS))
        if circuit.driven_by(*LOW):
            feeds.append((LOGIC_3V3, "3.3 V → VCC of boards", ink.PLUS))
        return feeds

    def _supplies(self) -> None:
        for pin, name, colour in self._feeds():
            self._end(pin, name, colour)

    def _end(self, pin: HeaderPin, name: str, colour: str) -> None:
        """A wire out of the header to a flag that says where it goes on."""
        y = self._y(pin)
        with self._sheet.group(f"Header pin {pin.number}, {pin.name}: {name}"):
            self._sheet.line((self._x(pin, WIRE_FROM), y), (self._x(pin, 34), y), colour=colour, width=0.7)
            width = -FLAG_WIDTH if pin.is_left else FLAG_WIDTH
            symbols.flag(self._sheet, (self._x(pin, 34), y), name, colour, width)

    def _contact(self, contact: Contact) -> None:
        pin, y, colour = contact.pin, self._y(contact.pin), ink.of(contact.part)
        with self._sheet.group(f"Header pin {pin.number}, {pin.name}: {contact.label}, 1 kΩ, to ground"):
            self._sheet.line(
                (self._x(pin, WIRE_FROM), y), (self._x(pin, RAIL_AT), y), colour=colour, width=0.7
            )
            self._sheet.text((self._x(pin, 38), y - 1.1), contact.label, size=2.6, bold=True)
            symbols.resistor(self._sheet, (self._x(pin, 57), y), "1 kΩ", colour)
            symbols.contact(self._sheet, (self._x(pin, 74), y), colour)
            symbols.dot(self._sheet, (self._x(pin, RAIL_AT), y))

    def _rails(self) -> dict[HeaderPin, list[int]]:
        """Each ground pin of the header that has a rail, with the rows that the rail reaches."""
        rows: dict[HeaderPin, list[int]] = {}
        for contact in self._circuit.contacts:
            rows.setdefault(BUTTONS_GROUND[contact.pin.is_left], []).append(contact.pin.row)
        if self._circuit.header_display:
            rows.setdefault(BUTTONS_GROUND[True], []).append(DISPLAY_GROUND_ROW)
        return rows

    def _grounds(self) -> None:
        """One rail a side: each button's other side, the display, and a ground pin of the header."""
        for ground, rows in self._rails().items():
            y, x = self._y(ground), self._x(ground, RAIL_AT)
            ends = [self._top + row * PITCH for row in (min(*rows, ground.row), max(*rows, ground.row))]
            with self._sheet.group(f"Header pin {ground.number}, ground: the rail of this side"):
                self._sheet.line((self._x(ground, WIRE_FROM), y), (x, y), width=0.7)
                self._sheet.line((x, ends[0]), (x, ends[1]), width=0.7)
                self._sheet.text((self._x(ground, 44), y - 1.1), "ground of this side", size=2.6)
                symbols.dot(self._sheet, (x, y))

    def _display(self, display: DisplayWiring) -> None:
        """The display takes the first pins of the odd side, which lie side by side for it."""
        left, top = MIDDLE - 80, self._top - 2.8
        with self._sheet.group(f"Display {display.kind} on I2C, address {display.address:#x}"):
            for pin, name in DISPLAY_WIRES:
                y = self._y(pin)
                self._sheet.line(
                    (self._x(pin, WIRE_FROM), y), (left + 30, y), colour=DISPLAY_COLOUR, width=0.7
                )
                self._sheet.text((self._x(pin, 38), y - 1.1), f"display {name}", size=2.6, bold=True)
            y = self._top + DISPLAY_GROUND_ROW * PITCH
            self._sheet.line((left, y), (MIDDLE - RAIL_AT, y), width=0.7)
            symbols.dot(self._sheet, (MIDDLE - RAIL_AT, y))
            self._sheet.rect((left, top), (30, 2 * PITCH + 5.6), DISPLAY_COLOUR, round_=1)
            self._sheet.text((left + 12, y - 5.6), display.kind.upper(), size=3, bold=True)
            self._sheet.text((left + 12, y - 1.6), f"I2C {display.address:#x}", size=2.5)
            self._sheet.text((left + 1, y + 0.9), "GND", size=2.5, anchor="start")
            for pin, name in DISPLAY_WIRES:
                self._sheet.text((left + 29, self._y(pin) + 0.9), name, size=2.5, anchor="end")
