"""One serial or USB-COM scanner, read by a thread of its own that survives unplugging."""

import logging
import termios
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

from serial import Serial, SerialException

from kanban_hardware.framer import Framer
from kanban_hardware.inputs import ScannerFound, ScannerInput, ScannerLost
from kanban_hardware.wiring import ScannerWiring

log = logging.getLogger(__name__)

# What pyserial 3.5 raises when a device goes: reads give SerialException, in_waiting OSError,
# changing settings termios.error (which is neither), a close under a read TypeError.
LOST = (SerialException, OSError, termios.error, TypeError)
BACKOFF_S = (0.5, 1.0, 2.0, 5.0)
READ_S = {"line": 0.25, "gap": 0.05}
"""How long a read waits for the first byte; in gap mode it has to be shorter than the gap."""


class SerialScanner:
    """Reads codes from `wiring.port` and puts them, and its own loss and return, on `put`.

    Open the port by its /dev/serial/by-id name: a scanner that is plugged in again may come back as
    another /dev/ttyACM.
    """

    def __init__(
        self,
        name: str,
        wiring: ScannerWiring,
        put: Callable[[ScannerInput], object],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.name = name
        self._wiring = wiring
        self._put = put
        self._clock = clock
        self._framer = Framer(wiring.terminator)
        self._stop = Event()
        self._port: Serial | None = None
        self._is_lost = False
        self._failures = 0
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def is_lost(self) -> bool:
        """Whether no code can come from this scanner now."""
        return self._is_lost or not self._thread.is_alive()

    def open(self) -> None:
        """Start reading. A scanner that is not there is no error: it is lost until it comes."""
        self._thread.start()

    def close(self) -> None:
        """Stop reading and give the port back; calling it again does nothing."""
        self._stop.set()
        port = self._port
        if port is not None:
            with suppress(*LOST):
                port.cancel_read()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._read()
            except LOST as error:
                self._lose(error)
                self._stop.wait(BACKOFF_S[min(self._failures, len(BACKOFF_S)) - 1])

    def _read(self) -> None:
        with self._open_port() as port:
            self._port = port
            self._find()
            while not self._stop.is_set():
                self._take(port.read(1), port)

    def _take(self, first: bytes, port: Serial) -> None:
        if not first:
            inputs = self._framer.expire(self._clock())
        else:
            self._failures = 0
            inputs = self._framer.feed(first + port.read(port.in_waiting), self._clock())
        for taken in inputs:
            self._put(taken)

    def _open_port(self) -> Serial:
        return Serial(
            self._wiring.port,
            baudrate=self._wiring.baud_rate,
            timeout=READ_S[self._wiring.terminator],
            exclusive=True,
        )

    def _find(self) -> None:
        if self._is_lost:
            self._is_lost = False
            log.info("%s at %s is back", self.name, self._wiring.port)
            self._put(ScannerFound(self.name, self._clock()))

    def _lose(self, error: BaseException) -> None:
        self._port = None
        self._failures += 1
        self._framer.drop()
        if not self._is_lost:
            self._is_lost = True
            log.warning("%s at %s is lost: %s", self.name, self._wiring.port, error)
            self._put(ScannerLost(self.name, self._clock()))
