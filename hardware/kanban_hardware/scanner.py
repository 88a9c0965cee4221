"""One scanner, of whatever kind, read by a thread of its own that survives unplugging."""

import logging
import termios
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from serial import SerialException

from kanban_hardware.errors import PartError
from kanban_hardware.framer import Frame
from kanban_hardware.inputs import Found, Lost, Scanned, ScannerInput
from kanban_hardware.repeats import Repeats

log = logging.getLogger(__name__)

# What pyserial 3.5 raises when a device goes: reads give SerialException, in_waiting OSError,
# changing settings termios.error (which is neither), a close under a read TypeError.
# evdev gives OSError: ENODEV when a device goes, EBUSY when somebody else has grabbed it.
LOST = (SerialException, OSError, termios.error, TypeError, PartError)
BACKOFF_S = (0.5, 1.0, 2.0, 5.0)


class Source(Protocol):
    """The port to a device that sends codes. `open`, `read` and `close` belong to one thread.

    What goes wrong is raised as one of `LOST`; then it is closed, and opened again after a while.
    """

    def open(self) -> None:
        """Take the device, for this program alone."""

    def read(self) -> list[Frame]:
        """Wait a quarter of a second at most, and return the codes that have come to their end."""

    def cancel(self) -> None:
        """End a `read` that waits, from any thread."""

    def close(self) -> None:
        """Give the device back and forget a code that has only begun. Calling it again does nothing."""


class Scanner:
    """Reads codes from `source` and puts them, and its own loss and return, on `put`."""

    def __init__(
        self,
        name: str,
        source: Source,
        put: Callable[[ScannerInput], object],
        clock: Callable[[], float] = monotonic,
        repeat_s: float = 0.0,
    ) -> None:
        self.name = name
        self._source = source
        self._put = put
        self._clock = clock
        self._repeats = Repeats(repeat_s)
        self._stop = Event()
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
        """Stop reading and give the device back; calling it again does nothing."""
        self._stop.set()
        with suppress(*LOST):
            self._source.cancel()
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
        try:
            self._source.open()
            self._repeats.begin(self._clock())
            self._find()
            while not self._stop.is_set():
                self._take(self._source.read())
        finally:
            self._source.close()

    def _take(self, frames: list[Frame]) -> None:
        for frame in frames:
            self._failures = 0
            if not isinstance(frame, Scanned) or self._repeats.is_new(frame):
                self._put(frame)

    def _find(self) -> None:
        if self._is_lost:
            self._is_lost = False
            log.info("%s is back", self.name)
            self._put(Found(self.name, self._clock()))

    def _lose(self, error: BaseException) -> None:
        self._failures += 1
        if not self._is_lost:
            self._is_lost = True
            log.warning("%s is lost: %s", self.name, error)
            self._put(Lost(self.name, self._clock()))
