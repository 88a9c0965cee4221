"""The port to the GPIO pins: what the panel needs of them, and nothing of any library."""

from collections.abc import Callable
from typing import Protocol

OnEdge = Callable[[int, bool, float], None]
"""Called with a pin, its new level and how long ago that came, seconds; in a thread of the driver's own."""


class Pins(Protocol):
    """Levels are electrical: True is 3.3 V. Every method raises PinError when the pin cannot do it."""

    def open_input(self, pin: int, on_edge: OnEdge) -> None:
        """Make `pin` an input with a pull-up; report both edges, raw. What `on_edge` raises is contained."""

    def open_output(self, pin: int, level: bool = False) -> None:
        """Make `pin` an output, driven to `level` from its first moment."""

    def open_tone(self, pin: int, level: bool = False) -> None:
        """Make `pin` an output that can sound a passive buzzer; it rests at `level`."""

    def tone(self, pin: int, pitch_hz: int) -> None:
        """Drive a square wave of this frequency, 100 to 10,000 Hz; 0 ends it."""

    def drive(self, pin: int, level: bool) -> None:
        """Set the level of an output."""

    def level(self, pin: int) -> bool:
        """Read the level that the pin really has, of an input or an output."""

    def hears_edges(self) -> bool:
        """Whether the thread lives in which the driver reports edges; also true before a pin is open."""

    def close(self) -> None:
        """Give all pins back. Calling it again does nothing."""
