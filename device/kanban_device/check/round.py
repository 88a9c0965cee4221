"""The round over everything: all looks at once, within a time, and none can end the others."""

from collections.abc import Callable, Container, Iterable
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic

from msgspec import structs

from kanban_device.build import open_pins
from kanban_device.check import (
    beside,
    chip,
    clock,
    data,
    disk,
    display,
    factory,
    hub,
    pins,
    power,
    scanners,
    service,
    starts,
    tower,
    user,
)
from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import Machine
from kanban_device.check.scene import Scene
from kanban_device.clock import Clock, SystemClock
from kanban_device.config import StationConfig
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import Wiring

WITHIN_S = 25.0
"""The longest a round takes: a resolver that answers nothing needs 10 s, the hub's heart up to 7 s more."""

Look = Callable[[Scene], Iterable[Finding]]


def looks(make_pins: Callable[[Wiring], Pins], time: Clock) -> dict[str, Look]:
    """What is looked at, in the order in which it is told."""
    return {
        "station": beside.look,
        "service": service.look,
        "starts": starts.look,
        "user": user.look,
        "libraries": factory.look,
        "gpiochip": chip.look,
        "pins": partial(pins.look, make=make_pins, users=chip.users),
        "scanners": scanners.look,
        "display": display.look,
        "network-lamp": tower.look,
        "data": data.look,
        "disk": disk.look,
        "clock": partial(clock.look, clock=time),
        "supply": power.look,
        "hub": partial(hub.look, clock=time),
    }


def scene(config: StationConfig, file: Path | None = None, machine: Machine | None = None) -> Scene:
    """What is looked at: this machine, unless another is given."""
    machine = machine or Machine()
    # lgpio changes into its own directory when it is loaded, and the looks are taken at the same time.
    data = structs.replace(config.station, data=str(config.data.absolute()))
    fixed = structs.replace(config, station=data)
    return Scene(fixed, machine, beside.holder(machine, fixed.data), file.absolute() if file else None)


def look(
    at: Scene,
    make_pins: Callable[[Wiring], Pins] = open_pins,
    time: Clock | None = None,
    *,
    without: Container[str] = (),
) -> list[Finding]:
    """Everything in one go, so that one visit to the station mends all of it. Takes at most `WITHIN_S`."""
    ways = looks(make_pins, time or SystemClock())
    return make(at, {part: way for part, way in ways.items() if part not in without}, WITHIN_S)


def make(at: Scene, ways: dict[str, Look], within_s: float) -> list[Finding]:
    """Take every look in a thread of its own: one that hangs, as on a dead disk, is told and left behind."""
    found: dict[str, list[Finding]] = {part: [] for part in ways}
    threads = [
        (part, Thread(target=_take, args=(part, way, at, found[part]), name=part, daemon=True))
        for part, way in ways.items()
    ]
    for _, thread in threads:
        thread.start()
    until_s = monotonic() + within_s
    for part, thread in threads:
        thread.join(max(0.0, until_s - monotonic()))
        if thread.is_alive():
            text = f"gave no answer within {within_s:.0f} s"
            found[part] = [*found[part], fail(part, text, "Something hangs there: dmesg | tail says more")]
    return [finding for part in ways for finding in found[part]]


def _take(part: str, way: Look, at: Scene, found: list[Finding]) -> None:
    try:
        found.extend(way(at))
    except Exception as error:  # noqa: BLE001 a fault of ours must not hide what the other looks have found
        text = f"could not be looked at: {type(error).__name__}: {error}"
        found.append(fail(part, text, "Please report this line"))
