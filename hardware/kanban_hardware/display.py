"""The text display: one thread that draws what was written last, and turns pages where there is more."""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import Protocol

from kanban_hardware.errors import PartError
from kanban_hardware.inputs import Found, Lost, PartInput

log = logging.getLogger(__name__)

NAME = "display"
PAGE_S = 4.0
"""How long a page stands: four rows of sixteen letters are read in it at leisure."""
BACKOFF_S = (1.0, 2.0, 5.0)
CLOSE_S = 2.0


class Screen(Protocol):
    """The port to a display. All of it belongs to one thread; what goes wrong is `PartError` or `OSError`."""

    def open(self) -> None:
        """Take the device."""

    def compose(self, lines: tuple[str, ...]) -> int:
        """Set the lines, wrapped as the device needs it, and return how many pages they fill, at least 1."""
        ...

    def show(self, page: int) -> None:
        """Draw one page of what was composed last, counted from 0."""

    def close(self) -> None:
        """Clear the device and give it back. Calling it again does nothing."""


class Display:
    """Blocks nobody who writes to it, and never ends the station: failing, it is lost until it answers."""

    def __init__(
        self, screen: Screen, put: Callable[[PartInput], object], clock: Callable[[], float] = monotonic
    ) -> None:
        self._screen = screen
        self._put = put
        self._clock = clock
        self._changed = Condition()
        self._lines: tuple[str, ...] = ()
        self._is_fresh = False
        self._is_stopping = False
        self._failures = 0
        # A bus that hangs holds the thread in the kernel; then the program ends without it.
        self._thread = Thread(target=self._run, name=NAME, daemon=True)

    @property
    def is_lost(self) -> bool:
        return bool(self._failures) or not self._thread.is_alive()

    def open(self) -> None:
        """Start. A display that is not there is no error."""
        self._thread.start()

    def close(self) -> None:
        """Clear the display and stop."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)

    def write(self, lines: tuple[str, ...]) -> None:
        """Show these lines from now on, the most important first; from any thread."""
        with self._changed:
            if lines != self._lines:
                self._lines = lines
                self._is_fresh = True
                self._changed.notify()

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                self._serve()
            except (PartError, OSError) as error:
                self._lose(error)
                self._wait(BACKOFF_S[min(self._failures, len(BACKOFF_S)) - 1], for_lines=False)
            except Exception as error:  # drawing is a foreign library's: whatever it raises must not end us
                log.exception("drawing has failed")
                self._lose(error)
                self._wait(BACKOFF_S[-1], for_lines=False)

    def _serve(self) -> None:
        try:
            self._screen.open()
            while not self._is_stopping:
                self._is_fresh = False
                self._turn_pages(self._screen.compose(self._lines))
        finally:
            self._screen.close()

    def _turn_pages(self, pages: int) -> None:
        """Show page after page until other lines are written. One page alone is drawn again now and then:
        that is how a display that was unplugged is missed.
        """
        page = 0
        while not (self._is_fresh or self._is_stopping):
            self._screen.show(page)
            self._find()
            self._wait(PAGE_S, for_lines=True)
            page = (page + 1) % pages

    def _wait(self, seconds: float, *, for_lines: bool) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or (for_lines and self._is_fresh), seconds)

    def _find(self) -> None:
        if self._failures:
            self._failures = 0
            log.info("%s is back", NAME)
            self._put(Found(NAME, self._clock()))

    def _lose(self, error: Exception) -> None:
        self._failures += 1
        if self._failures == 1:
            log.warning("%s is lost: %s", NAME, error)
            self._put(Lost(NAME, self._clock()))
