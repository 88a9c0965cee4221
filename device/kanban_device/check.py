"""What can be looked at before a hub is there: pins, scanners, data directory, clock. One line each."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kanban_device import heartbeat
from kanban_device.build import open_outbox, open_pins
from kanban_device.clock import Clock, SystemClock
from kanban_device.config import StationConfig
from kanban_device.errors import DataLockedError, DeviceError
from kanban_device.outbox import Limits
from kanban_hardware.errors import HardwareError
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import Wiring
from kanban_protocol.signals import Clock as ClockQuality

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` is empty when it is well."""

    part: str
    text: str
    remedy: str = ""
    is_bad: bool = False

    def __str__(self) -> str:
        mark = "FAIL" if self.is_bad else "note" if self.remedy else "ok"
        return f"{mark:<5} {self.part}: {self.text}" + (f". {self.remedy}" if self.remedy else "")


def look(
    config: StationConfig,
    pins: Callable[[Wiring], Pins] = open_pins,
    clock: Clock | None = None,
) -> list[Finding]:
    """Everything at once, so that one visit to the station mends all of it."""
    return [
        *_pins(config.hardware, pins),
        *_scanners(config.hardware),
        *_data(config),
        _clock(clock or SystemClock()),
    ]


def _pins(wiring: Wiring, make: Callable[[Wiring], Pins]) -> Iterator[Finding]:
    try:
        pins = make(wiring)
    except HardwareError as error:
        yield Finding("pins", str(error), "No button and no lamp can work until then", is_bad=True)
        return
    try:
        yield Finding("pins", f"{wiring.pins} opens")
        for part, pin in wiring.buttons.items():
            yield _button(pins, part, pin)
        for part, pin in (wiring.lamps | _buzzer(wiring)).items():
            yield _output(pins, part, pin)
    finally:
        pins.close()


def _buzzer(wiring: Wiring) -> dict[str, int]:
    return {"buzzer": wiring.buzzer.pin} if wiring.buzzer else {}


def _button(pins: Pins, part: str, pin: int) -> Finding:
    try:
        pins.open_input(pin, lambda _pin, _level: None)
        is_closed = not pins.level(pin)
    except HardwareError as error:
        return Finding(f"button {part}", str(error), "Stop what else uses this pin", is_bad=True)
    if is_closed:
        remedy = "Release the button, or look for a short to ground"
        return Finding(f"button {part}", f"GPIO {pin} is closed now", remedy, is_bad=True)
    return Finding(f"button {part}", f"GPIO {pin} is open")


def _output(pins: Pins, part: str, pin: int) -> Finding:
    try:
        pins.open_output(pin)
    except HardwareError as error:
        return Finding(part, str(error), "Stop what else uses this pin", is_bad=True)
    return Finding(part, f"GPIO {pin} can be driven")


def _scanners(wiring: Wiring) -> Iterator[Finding]:
    for number, scanner in enumerate(wiring.scanners, 1):
        part = f"scanner-{number}"
        if not Path(scanner.port).exists():
            remedy = 'Plug it in, set it to "USB-COM", and take its name from /dev/serial/by-id'
            yield Finding(part, f"{scanner.port} is not there", remedy, is_bad=True)
        elif not os.access(scanner.port, os.R_OK | os.W_OK):
            remedy = "Add this user to the group dialout"
            yield Finding(part, f"{scanner.port} cannot be opened", remedy, is_bad=True)
        else:
            yield Finding(part, f"{scanner.port} is there")


def _data(config: StationConfig) -> Iterator[Finding]:
    try:
        lock, outbox = open_outbox(config)
    except DataLockedError:
        yield Finding("data", f"{config.data} is in use", "Stop the station to have it looked at")
        return
    except DeviceError as error:
        yield Finding("data", str(error), "Nothing can be stored until then", is_bad=True)
        return
    with lock:
        depth = outbox.depth
        outbox.close()
    free_bytes = heartbeat.free_bytes(config.data) or 0
    text = f"{config.data} is writable, {free_bytes // MEGABYTE} MB free, {depth} signals wait"
    needed_bytes = Limits().free_bytes + Limits().max_pages * 1024
    remedy = f"Make room: the outbox may need {needed_bytes // MEGABYTE} MB"
    yield Finding(
        "data", text, "" if free_bytes >= needed_bytes else remedy, is_bad=free_bytes < needed_bytes
    )


def _clock(clock: Clock) -> Finding:
    quality = clock.stamp(clock.now_s()).clock
    if quality is ClockQuality.SYNC:
        return Finding("clock", "sync")
    return Finding("clock", str(quality), "Signals still count in order; set up a time server for true times")
