"""The firmware as one thing that runs and is closed: panel, link and runtime, in the right order."""

import logging
import threading
from contextlib import ExitStack

from kanban_device.lock import Lock
from kanban_device.runtime import Parts, Runtime, View
from kanban_hardware.pattern import Pattern
from kanban_protocol.link import Link

log = logging.getLogger(__name__)


class Program:
    """One station's firmware. `run` belongs to one thread; `view` and `shown` may be read from any."""

    def __init__(self, runtime: Runtime, parts: Parts, link: Link, lock: Lock) -> None:
        self._runtime = runtime
        self._parts = parts
        self._link = link
        # Closed in the reverse order: the broker is told first, the data directory is given free last.
        self._closing = ExitStack()
        self._closing.callback(lock.close)
        self._closing.callback(parts.outbox.close)

    @property
    def view(self) -> View:
        """How many signals wait for their receipt, and what the display says."""
        return self._runtime.view

    def shown(self) -> dict[str, Pattern]:
        """What the lamps really show, by part."""
        return self._parts.panel.shown()

    def run(self, stop: threading.Event) -> None:
        """Serve the station until `stop`.

        Raises `kanban_hardware.errors.HardwareError` when the pins cannot be had, `DeviceError` when only
        a restart helps. `close` has to be called in any case.
        """
        self.start()
        self._runtime.run(stop)
        log.info("station stopped")

    def start(self) -> None:
        """Take the pins and the link. Raises `kanban_hardware.errors.HardwareError`."""
        self._parts.panel.open()
        self._closing.callback(self._parts.panel.close)
        self._link.start()
        self._closing.callback(self._link.close)
        self._closing.callback(self._parts.reporter.depart)
        self._parts.service.supervisor.ready()
        self._closing.callback(self._parts.service.supervisor.stopping)
        log.info("station started, %d signals wait for their receipt", self._parts.outbox.depth)

    def turn(self) -> None:
        """Do what is due now, without waiting: one turn of `run`."""
        self._runtime.turn()

    def close(self) -> None:
        """End in good order; calling it again does nothing. `run` must have returned."""
        self._closing.close()
