"""`python -m kanban_simulator.board`: the real firmware on mock pins, told and read by lines.

stdin gives one `Start` and then `Contact`s; stdout takes a `Report` at each change; the log is on stderr.
When stdin ends, the virtual station has gone, and so does the firmware.
"""

import logging
import os
import sys
from collections.abc import Iterable
from threading import Event, Thread, Timer
from typing import IO

from kanban_device.build import build
from kanban_device.errors import DeviceError
from kanban_device.program import Program
from kanban_hardware.errors import HardwareError, PinError
from kanban_hardware.simulated import SimulatedPins
from kanban_hardware.wiring import Wiring
from kanban_protocol import logs
from kanban_simulator.line import Contact, Report, Start, encode, order_decoder

log = logging.getLogger(__name__)

FAILED = 1
LOOK_S = 0.1
"""How often display and outbox are looked at; a lamp that changes is reported at once."""
END_S = 2.0


class WatchedPins(SimulatedPins):
    """Mock pins that tell when an output has moved."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = Event()

    def drive(self, pin: int, level: bool) -> None:
        super().drive(pin, level)
        self.moved.set()


class Board:
    """One firmware with its mock pins between two streams of lines."""

    def __init__(self, start: Start) -> None:
        """Raises a DeviceError or a HardwareError."""
        self._wiring = start.config.hardware
        self._pins = WatchedPins()
        self._stop = Event()
        for part in start.held:
            self._touch(Contact(part, closed=True))
        self._program = build(start.config, self._pins)

    def run(self, orders: Iterable[bytes], reports: IO[bytes]) -> None:
        """Serve until the orders end."""
        Thread(target=self._obey, args=[orders], name="orders", daemon=True).start()
        Thread(target=self._tell, args=[reports], name="reports", daemon=True).start()
        try:
            self._program.run(self._stop)
        finally:
            self._program.close()

    def _obey(self, orders: Iterable[bytes]) -> None:
        for line in orders:
            order = order_decoder.decode(line)
            if isinstance(order, Contact):
                self._touch(order)
        self._stop.set()
        # Nobody is left who could kill a firmware that does not end.
        timer = Timer(END_S, lambda: os._exit(FAILED))
        timer.daemon = True
        timer.start()

    def _touch(self, contact: Contact) -> None:
        pin = self._wiring.buttons[contact.part]
        if contact.closed:
            self._pins.press(pin)
        else:
            self._pins.release(pin)

    def _tell(self, reports: IO[bytes]) -> None:
        told = None
        while not self._stop.is_set():
            self._pins.moved.wait(LOOK_S)
            self._pins.moved.clear()
            try:
                report = look(self._program, self._pins, self._wiring)
            except PinError:  # the firmware has just given its pins back
                return
            if report != told:
                reports.write(encode(report))
                reports.flush()
                told = report


def look(program: Program, pins: SimulatedPins, wiring: Wiring) -> Report:
    """What is to be seen of a running firmware."""
    levels = pins.levels()
    outputs = wiring.lamps | ({"buzzer": wiring.buzzer.pin} if wiring.buzzer else {})
    return Report(
        levels={part: levels.get(pin, False) != (pin in wiring.active_low) for part, pin in outputs.items()},
        patterns={part: pattern.value for part, pattern in program.shown().items()},
        outbox=program.view.outbox,
        display=list(program.view.display),
    )


def main() -> int:
    """Run until stdin ends."""
    logs.configure("text")
    orders = sys.stdin.buffer
    start = order_decoder.decode(orders.readline())
    assert isinstance(start, Start)
    try:
        Board(start).run(orders, sys.stdout.buffer)
    except (DeviceError, HardwareError) as error:
        log.error("%s: %s", start.config.station.id, error)  # noqa: TRY400 the text says it all
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
