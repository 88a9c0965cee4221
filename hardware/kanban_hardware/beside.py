"""The parts that run beside the pins, each in a thread of its own, as a wiring names them.

A new kind of scanner, lamp or display is one file behind its port and one line here.
"""

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from kanban_hardware.display import Display
from kanban_hardware.inputs import ScannerInput
from kanban_hardware.keyboard_source import KeyboardSource
from kanban_hardware.lamp_output import LampOutput
from kanban_hardware.network_lamp import NetworkLamp
from kanban_hardware.oled import Oled
from kanban_hardware.scanner import Scanner, Source
from kanban_hardware.serial_source import SerialSource
from kanban_hardware.wiring import ScannerWiring, Wiring

SOURCES: dict[str, Callable[[ScannerWiring, Callable[[], float]], Source]] = {
    "serial": SerialSource,
    "keyboard": KeyboardSource,
}


class Part(Protocol):
    """What all of them have in common."""

    def open(self) -> None: ...

    def close(self) -> None: ...


class Beside:
    """All of them. `put` is called in their threads."""

    def __init__(
        self,
        wiring: Wiring,
        put: Callable[[ScannerInput], object],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.scanners = [
            scanner_of(f"scanner-{number}", scanner, put, clock)
            for number, scanner in enumerate(wiring.scanners, start=1)
        ]
        self.lamps = lamps_of(wiring, put, clock)
        self.display = display_of(wiring, put, clock)

    def open(self) -> None:
        for part in self._parts():
            part.open()

    def close(self) -> None:
        for part in self._parts():
            part.close()

    def _parts(self) -> list[Part]:
        return [*self.scanners, *self.lamps, *([self.display] if self.display else [])]


def scanner_of(
    name: str, wiring: ScannerWiring, put: Callable[[ScannerInput], object], clock: Callable[[], float]
) -> Scanner:
    """One scanner, not yet opened."""
    return Scanner(name, SOURCES[wiring.kind](wiring, clock), put, clock, wiring.repeat_ms / 1000)


def lamps_of(
    wiring: Wiring, put: Callable[[ScannerInput], object], clock: Callable[[], float]
) -> list[LampOutput]:
    """The lamps that are not on pins."""
    return [NetworkLamp(wiring.network_lamp, put, clock)] if wiring.network_lamp else []


def display_of(
    wiring: Wiring, put: Callable[[ScannerInput], object], clock: Callable[[], float]
) -> Display | None:
    """The text display, not yet opened."""
    return Display(Oled(wiring.display), put, clock) if wiring.display else None
