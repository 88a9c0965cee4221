"""A scanner at a serial port or in USB-COM mode, read by pyserial."""

from collections.abc import Callable

from serial import Serial

from kanban_hardware.framer import Frame, Framer
from kanban_hardware.wiring import ScannerWiring

READ_S = {"line": 0.25, "gap": 0.05}
"""How long a read waits for the first byte; in gap mode it has to be shorter than the gap."""


class SerialSource:
    """Implements `Source`.

    Name the port by its /dev/serial/by-id name: a scanner that is plugged in again may come back as
    another /dev/ttyACM.
    """

    def __init__(self, wiring: ScannerWiring, clock: Callable[[], float]) -> None:
        self._wiring = wiring
        self._clock = clock
        self._framer = Framer(wiring.terminator)
        self._port: Serial | None = None

    def open(self) -> None:
        self._port = Serial(
            self._wiring.port,
            baudrate=self._wiring.baud_rate,
            timeout=READ_S[self._wiring.terminator],
            exclusive=True,
        )

    def read(self) -> list[Frame]:
        assert self._port is not None
        first = self._port.read(1)
        if not first:
            return self._framer.expire(self._clock())
        return self._framer.feed(first + self._port.read(self._port.in_waiting), self._clock())

    def cancel(self) -> None:
        if (port := self._port) is not None:
            port.cancel_read()

    def close(self) -> None:
        port, self._port = self._port, None
        self._framer.drop()
        if port is not None:
            port.close()
