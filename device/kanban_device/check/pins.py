"""The pins by trial: each button read, each lamp driven and read back. What others have is left alone."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_hardware.errors import HardwareError
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import BuzzerWiring, Wiring

FREE = "Stop it, or take its overlay out of /boot/firmware/config.txt"
BUSY = "Stop what else uses this pin"

Users = Mapping[int, str]
"""Who has a pin, where the kernel tells."""


def look(scene: Scene, make: Callable[[Wiring], Pins], users: Callable[[Scene], Users]) -> Iterator[Finding]:
    """Open every pin of the wiring once, unless the station has them. Each lamp is lit for a moment."""
    if scene.beside:
        return
    wiring, taken = scene.config.hardware, users(scene)
    with workplace():
        try:
            pins = make(wiring)
        except HardwareError as error:
            yield fail("pins", str(error), "No button and no lamp can work until then")
            return
        try:
            yield from _parts(pins, wiring, taken)
        finally:
            pins.close()


@contextmanager
def workplace() -> Iterator[None]:
    """A directory for lgpio's pipe where nobody names one (gpiozero #1106), as systemd does."""
    if "LG_WD" in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="kanban-check-") as folder:
        os.environ["LG_WD"] = folder
        try:
            yield
        finally:
            del os.environ["LG_WD"]


def follows(pins: Pins, pin: int, *, off: bool = False) -> str:
    """Drive an open output both ways: what it does instead of following, or empty. Ends at `off`."""
    names = {True: "low when driven high", False: "high when driven low"}
    for level in (not off, off):
        pins.drive(pin, level)
        if pins.level(pin) is not level:
            pins.drive(pin, off)
            return f"GPIO {pin} stays {names[level]}"
    return ""


def _parts(pins: Pins, wiring: Wiring, taken: Users) -> Iterator[Finding]:
    yield Finding("pins", f"{wiring.pins} opens")
    for part, pin in wiring.buttons.items():
        yield _tried(f"button {part}", pin, taken, partial(_button, pins))
    for part, pin in wiring.lamps.items():
        yield _tried(f"lamp {part}", pin, taken, partial(_lamp, pins, wiring))
    if wiring.buzzer:
        yield _tried("buzzer", wiring.buzzer.pin, taken, partial(_buzzer, pins, wiring.buzzer))


def _tried(part: str, pin: int, taken: Users, way: Callable[[str, int], Finding]) -> Finding:
    try:
        return way(part, pin)
    except HardwareError as error:
        if pin in taken:
            return fail(part, f"GPIO {pin} is taken by {taken[pin]}", FREE)
        return fail(part, str(error), BUSY)


def _button(pins: Pins, part: str, pin: int) -> Finding:
    pins.open_input(pin, lambda _pin, _level, _ago_s: None)
    if not pins.level(pin):
        remedy = "Release the button; if nobody presses it, it is stuck or its wire has a short to ground"
        return fail(part, f"GPIO {pin} is closed now", remedy)
    return Finding(part, f"GPIO {pin} is open")


def _lamp(pins: Pins, wiring: Wiring, part: str, pin: int) -> Finding:
    off = pin in wiring.active_low
    pins.open_output(pin, off)
    if fault := follows(pins, pin, off=off):
        return fail(part, fault, "The lamp cannot change: look for a short at its wire, and at its driver")
    return Finding(part, f"GPIO {pin} follows")


def _buzzer(pins: Pins, wired: BuzzerWiring, part: str, pin: int) -> Finding:
    way = pins.open_tone if wired.kind == "passive" else pins.open_output
    way(pin, wired.active_low)
    return Finding(part, f"GPIO {pin} can be driven")
