"""The lower half of the drawing: from each pin through its driver to the lamp, and the lamps' supply."""

from kanban_hardware.drawing import ink, symbols
from kanban_hardware.drawing.circuit import CHANNELS, Circuit, Driver, Load, Supply
from kanban_hardware.drawing.header import DRIVER_GROUND, LAMPS_5V, RELAYS_5V
from kanban_hardware.drawing.sheet import BLACK, GREY, Sheet

GROUND_RAIL = 10.0
PLUS_RAIL = 200.0
FLAG_AT, FLAG_WIDTH = 16.0, 52.0
NODE = 76.0
BOX_LEFT, BOX_RIGHT = 88.0, 122.0
LAMP_AT = 150.0
PITCH = {Driver.ULN2803A: 9.8, Driver.TRANSISTOR: 15.0, Driver.RELAY: 9.8}
HEADS = {
    Driver.ULN2803A: "ULN2803A: flags bear the pin they come from; beside IN and OUT the chip's own pins",
    Driver.TRANSISTOR: "Transistors (BC337 or 2N2222A, NPN): look up which leg is which for your maker",
    Driver.RELAY: "Relay board: inputs for 3.3 V, active high, coils fed from 5 V",
}


class DriverView:
    """Draws onto `sheet` from `top` down and knows afterwards where its `bottom` is."""

    def __init__(self, sheet: Sheet, circuit: Circuit, top: float) -> None:
        self._sheet = sheet
        self._circuit = circuit
        self._top = top
        self.bottom = top

    def draw(self) -> None:
        if not self._circuit.loads:
            return
        self._feed_in()
        for chip in range(1, self._circuit.chips + 1):
            self._chip(chip)
        if self._circuit.driven_by(Driver.TRANSISTOR):
            self._transistors()
        if self._circuit.driven_by(Driver.RELAY):
            self._relays()
        self._feed_out()

    def _feed_in(self) -> None:
        self._sheet.text((GROUND_RAIL - 3, self._top - 2), "0 V rail", size=2.6, anchor="start", bold=True)
        volts = "+24 V rail" if self._circuit.supply is Supply.V24 else "+5 V rail"
        self._sheet.text(
            (PLUS_RAIL + 3, self._top - 2), volts, size=2.6, anchor="end", colour=ink.PLUS, bold=True
        )
        y = self.bottom = self._top + 3
        self._sheet.line((GROUND_RAIL, y), (FLAG_AT, y), width=0.7)
        self._flag(y, f"ground · header pin {DRIVER_GROUND.number}", ink.GROUND)
        if self._circuit.supply is Supply.V5:
            self._from_right(y, f"5 V · header pin {LAMPS_5V.number}")

    def _from_right(self, y: float, name: str) -> None:
        self._sheet.line((PLUS_RAIL, y), (PLUS_RAIL - 6, y), colour=ink.PLUS, width=0.7)
        symbols.flag(self._sheet, (PLUS_RAIL - 6, y), name, ink.PLUS, -40)

    def _flag(self, y: float, name: str, colour: str) -> None:
        symbols.flag(self._sheet, (FLAG_AT, y), name, colour, FLAG_WIDTH)

    def _head(self, driver: Driver) -> None:
        self.bottom += 8
        self._sheet.text((FLAG_AT, self.bottom), HEADS[driver], size=2.6, anchor="start", colour=GREY)
        self.bottom += 5

    def _chip(self, chip: int) -> None:
        self._head(Driver.ULN2803A)
        loads = [load for load in self._circuit.driven_by(Driver.ULN2803A) if load.chip == chip]
        first, pitch = self.bottom, PITCH[Driver.ULN2803A]
        height = (len(loads) + 1) * pitch
        self._sheet.rect((BOX_LEFT, first - 4), (BOX_RIGHT - BOX_LEFT, height), fill="#f7f7f7", round_=1)
        self._sheet.text((self._middle, first - 0.2), f"U{chip}", size=3.2, bold=True)
        for load in loads:
            ends = (f"{load.channel} · IN {load.channel}", f"OUT {load.channel} · {19 - load.channel}")
            self._boxed(load, *ends)
        self._chip_feed(unused=CHANNELS - len(loads))

    @property
    def _middle(self) -> float:
        return (BOX_LEFT + BOX_RIGHT) / 2

    def _boxed(self, load: Load, left: str, right: str) -> None:
        y, colour = self.bottom, ink.of(load.part)
        with self._sheet.group(
            f"{load.label}: {load.pin.name} to {load.input}, {load.output} to the {load.part}"
        ):
            self._signal(load, y, BOX_LEFT)
            self._sheet.text((BOX_LEFT + 1, y + 0.9), left, size=2.5, anchor="start")
            self._sheet.text((BOX_RIGHT - 1, y + 0.9), right, size=2.5, anchor="end")
            self._load(load, y, BOX_RIGHT, colour)
        self.bottom += PITCH[load.driver]

    def _signal(self, load: Load, y: float, end: float) -> None:
        """From the flag to the driver's input; 4.7 kΩ to 0 V keep it dark until it is driven."""
        colour = ink.of(load.part)
        self._flag(y, f"{load.label} · {load.pin.name} · pin {load.pin.number}", colour)
        self._sheet.line((FLAG_AT + FLAG_WIDTH, y), (end, y), colour=colour, width=0.7)
        self._sheet.line((NODE, y), (NODE, y + 4.6), (GROUND_RAIL, y + 4.6))
        symbols.resistor(self._sheet, (42, y + 4.6), "4.7 kΩ", BLACK)
        symbols.dot(self._sheet, (NODE, y), colour)
        symbols.dot(self._sheet, (GROUND_RAIL, y + 4.6))

    def _load(self, load: Load, y: float, start: float, colour: str) -> None:
        """From the driver's output through the lamp or buzzer to the plus."""
        self._sheet.line((start, y), (PLUS_RAIL, y), colour=colour, width=0.7)
        draw = symbols.buzzer if load.is_buzzer else symbols.lamp
        draw(self._sheet, (LAMP_AT, y), colour)
        self._sheet.text((LAMP_AT - 4, y - 0.9), "−", size=3, anchor="end")
        self._sheet.text((LAMP_AT + 4, y - 0.9), "+", size=3, anchor="start")
        self._sheet.text((LAMP_AT + 8, y - 1), load.label, size=2.7, anchor="start", bold=True)
        symbols.dot(self._sheet, (PLUS_RAIL, y), ink.PLUS)

    def _chip_feed(self, unused: int) -> None:
        y = self.bottom
        self._sheet.line((GROUND_RAIL, y), (BOX_LEFT, y), width=0.7)
        self._sheet.line((BOX_RIGHT, y), (PLUS_RAIL, y), colour=ink.PLUS, width=0.7)
        self._sheet.text((BOX_LEFT + 1, y + 0.9), "9 · GND", size=2.5, anchor="start")
        self._sheet.text((BOX_RIGHT - 1, y + 0.9), "COM · 10", size=2.5, anchor="end")
        self._sheet.text(
            (PLUS_RAIL - 3, y - 0.9), "COM: the chip's own flyback diodes", size=2.5, anchor="end"
        )
        symbols.dot(self._sheet, (GROUND_RAIL, y))
        symbols.dot(self._sheet, (PLUS_RAIL, y), ink.PLUS)
        if unused:
            self._sheet.text(
                (NODE - 2, y - 0.9), f"{unused} channels stay free", size=2.4, anchor="end", colour=GREY
            )
        self.bottom = y + 5

    def _transistors(self) -> None:
        self._head(Driver.TRANSISTOR)
        self.bottom += 2
        for load in self._circuit.driven_by(Driver.TRANSISTOR):
            with self._sheet.group(
                f"{load.label}: {load.pin.name} to {load.input}, {load.output} to the {load.part}"
            ):
                self._transistor(load)
            self.bottom += PITCH[Driver.TRANSISTOR]
        self.bottom -= 6

    def _transistor(self, load: Load) -> None:
        y, colour = self.bottom, ink.of(load.part)
        self._signal(load, y, 98)
        symbols.resistor(self._sheet, (88, y), "1 kΩ", colour)
        collector, emitter = symbols.transistor(self._sheet, (98, y), colour)
        self._sheet.text((108, y + 0.9), f"Q{load.place + 1}", size=3, anchor="start", bold=True)
        low = y + 8
        self._sheet.line(emitter, (emitter[0], low), (GROUND_RAIL, low), width=0.7)
        symbols.dot(self._sheet, (GROUND_RAIL, low))
        self._load(load, collector[1], collector[0], colour)
        if load.is_buzzer:
            self._flyback(collector[1], colour)

    def _flyback(self, y: float, colour: str) -> None:
        """A diode across the buzzer, bar to plus: what a coil gives back must not reach the transistor."""
        left, right, low = LAMP_AT - 12, LAMP_AT + 38, y + 5.5
        self._sheet.line((left, y), (left, low), (right, low), (right, y), colour=colour)
        symbols.diode(self._sheet, (LAMP_AT, low), colour)
        self._sheet.text((LAMP_AT + 4, low - 0.8), "1N4007, bar to the plus", size=2.5, anchor="start")
        symbols.dot(self._sheet, (left, y), colour)
        symbols.dot(self._sheet, (right, y), colour)

    def _relays(self) -> None:
        self._head(Driver.RELAY)
        loads, pitch = self._circuit.driven_by(Driver.RELAY), PITCH[Driver.RELAY]
        height = (len(loads) + 2) * pitch
        self._sheet.rect(
            (BOX_LEFT, self.bottom - 4), (BOX_RIGHT - BOX_LEFT, height), fill="#f7f7f7", round_=1
        )
        for load in loads:
            self._boxed(load, f"IN {load.place + 1}", f"NO {load.place + 1}")
        self._relay_feed(len(loads))

    def _relay_feed(self, count: int) -> None:
        y = self.bottom
        self._sheet.line((GROUND_RAIL, y), (BOX_LEFT, y), width=0.7)
        self._sheet.text((BOX_LEFT + 1, y + 0.9), "GND", size=2.5, anchor="start")
        self._sheet.text((BOX_RIGHT - 1, y + 0.9), f"COM 1 to {count}", size=2.5, anchor="end")
        symbols.dot(self._sheet, (GROUND_RAIL, y))
        name = "0 V of the lamps' supply" if self._circuit.supply is Supply.V24 else "0 V rail"
        self._sheet.line((BOX_RIGHT, y), (BOX_RIGHT + 6, y), width=0.7)
        symbols.flag(self._sheet, (BOX_RIGHT + 6, y), name, ink.GROUND, 50)
        y = self.bottom = y + PITCH[Driver.RELAY]
        self._flag(y, f"5 V · header pin {RELAYS_5V.number}", ink.PLUS)
        self._sheet.line((FLAG_AT + FLAG_WIDTH, y), (BOX_LEFT, y), colour=ink.PLUS, width=0.7)
        self._sheet.text((BOX_LEFT + 1, y + 0.9), "VCC", size=2.5, anchor="start")
        self.bottom = y + 5

    def _feed_out(self) -> None:
        """The rails, and the supply between their ends."""
        end = last = self.bottom
        if self._circuit.supply is Supply.V24:
            end = self.bottom + 9
            self._supply(end)
        ground_end = end if self._circuit.shares_ground else last
        self._sheet.line((GROUND_RAIL, self._top + 3), (GROUND_RAIL, ground_end), width=0.9)
        self._sheet.line((PLUS_RAIL, self._top + 3), (PLUS_RAIL, end), colour=ink.PLUS, width=0.9)
        self.bottom = end + 6

    def _supply(self, y: float) -> None:
        with self._sheet.group("24 V supply"):
            if self._circuit.shares_ground:
                self._sheet.line((GROUND_RAIL, y), (BOX_LEFT, y), width=0.9)
            self._sheet.line((BOX_RIGHT, y), (PLUS_RAIL, y), colour=ink.PLUS, width=0.9)
            self._sheet.rect((BOX_LEFT, y - 4), (BOX_RIGHT - BOX_LEFT, 8), round_=1)
            self._sheet.text((BOX_LEFT + 1, y + 0.9), "0 V", size=2.6, anchor="start", bold=True)
            self._sheet.text((self._middle, y + 0.9), "24 V supply", size=2.8, bold=True)
            self._sheet.text((BOX_RIGHT - 1, y + 0.9), "+", size=3.2, anchor="end", bold=True)
