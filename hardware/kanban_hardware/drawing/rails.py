"""The two rails of the lower half, and what every driver's row has: the wire from the pin, and the load."""

from kanban_hardware.drawing import ink, symbols
from kanban_hardware.drawing.circuit import Load, Supply
from kanban_hardware.drawing.sheet import BLACK, GREY, Sheet

GROUND_AT = 10.0
LOGIC_AT = 13.0
"""The 3.3 V of a board that is active low, beside the 0 V rail and along that board only."""
PLUS_AT = 200.0
FLAG_AT, FLAG_WIDTH = 16.0, 52.0
NODE = 76.0
BOX_LEFT, BOX_RIGHT = 88.0, 122.0
BOX_MIDDLE = (BOX_LEFT + BOX_RIGHT) / 2
LAMP_AT = 150.0
PITCH = 9.8
"""From one row to the next, where drivers lie in a box."""


class Rails:
    """Draws onto `sheet` what begins at a rail or ends there."""

    def __init__(self, sheet: Sheet, supply: Supply) -> None:
        self.sheet = sheet
        self.supply = supply

    def head(self, y: float, text: str) -> float:
        """Say what the next rows are; returns where they begin."""
        self.sheet.text((FLAG_AT, y + 8), text, size=2.6, anchor="start", colour=GREY)
        return y + 13

    def box(self, y: float, height: float) -> None:
        self.sheet.rect((BOX_LEFT, y), (BOX_RIGHT - BOX_LEFT, height), fill="#f7f7f7", round_=1)

    def in_box(self, y: float, left: str, right: str = "") -> None:
        """The names of the box's pins on both sides of a row."""
        self.sheet.text((BOX_LEFT + 1, y + 0.9), left, size=2.5, anchor="start")
        if right:
            self.sheet.text((BOX_RIGHT - 1, y + 0.9), right, size=2.5, anchor="end")

    def flag(self, y: float, name: str, colour: str) -> None:
        symbols.flag(self.sheet, (FLAG_AT, y), name, colour, FLAG_WIDTH)

    def feed(self, y: float, name: str, end: float) -> None:
        """A plus from the header to `end`."""
        self.flag(y, name, ink.PLUS)
        self.sheet.line((FLAG_AT + FLAG_WIDTH, y), (end, y), colour=ink.PLUS, width=0.7)

    def ground(self, y: float, end: float) -> None:
        """From the 0 V rail to `end`."""
        self.sheet.line((GROUND_AT, y), (end, y), width=0.7)
        symbols.dot(self.sheet, (GROUND_AT, y))

    def plus(self, y: float, start: float) -> None:
        """From `start` to the plus rail."""
        self.sheet.line((start, y), (PLUS_AT, y), colour=ink.PLUS, width=0.7)
        symbols.dot(self.sheet, (PLUS_AT, y), ink.PLUS)

    def signal(self, load: Load, y: float, end: float) -> None:
        """From the flag to the driver's input; 4.7 kΩ to 0 V or to 3.3 V keep it off until it is driven."""
        colour = ink.of(load.part)
        self.flag(y, f"{load.label} · {load.pin.name} · pin {load.pin.number}", colour)
        self.sheet.line((FLAG_AT + FLAG_WIDTH, y), (end, y), colour=colour, width=0.7)
        rail, rail_colour = (LOGIC_AT, ink.PLUS) if load.is_low else (GROUND_AT, ink.GROUND)
        self.sheet.line((NODE, y), (NODE, y + 4.6), (rail, y + 4.6), colour=rail_colour)
        symbols.resistor(self.sheet, (42, y + 4.6), "4.7 kΩ", BLACK)
        symbols.dot(self.sheet, (NODE, y), colour)
        symbols.dot(self.sheet, (rail, y + 4.6), rail_colour)

    def load(self, load: Load, y: float, start: float) -> None:
        """From the driver's output through the lamp or buzzer to the plus."""
        colour = ink.of(load.part)
        self.sheet.line((start, y), (PLUS_AT, y), colour=colour, width=0.7)
        draw = symbols.buzzer if load.is_buzzer else symbols.lamp
        draw(self.sheet, (LAMP_AT, y), colour)
        if not load.is_passive:
            self.sheet.text((LAMP_AT - 4, y - 0.9), "−", size=3, anchor="end")
            self.sheet.text((LAMP_AT + 4, y - 0.9), "+", size=3, anchor="start")
        label = f"{load.label}, a piezo" if load.is_passive else load.label
        self.sheet.text((LAMP_AT + 8, y - 1), label, size=2.7, anchor="start", bold=True)
        symbols.dot(self.sheet, (PLUS_AT, y), ink.PLUS)

    def across(self, load: Load, y: float, start: float) -> None:
        """What lies beside a buzzer: a piezo's resistor, through which it empties, or a coil's diode."""
        colour = ink.of(load.part)
        left, right, low = start, LAMP_AT + 38, y + 5.5
        self.sheet.line((left, y), (left, low), (right, low), (right, y), colour=colour)
        symbols.dot(self.sheet, (left, y), colour)
        symbols.dot(self.sheet, (right, y), colour)
        if load.is_passive:
            symbols.resistor(self.sheet, (LAMP_AT, low), "2.2 kΩ", colour)
        else:
            symbols.diode(self.sheet, (LAMP_AT, low), colour)
            self.sheet.text((LAMP_AT + 4, low - 0.8), "1N4007, bar to the plus", size=2.5, anchor="start")
