"""The whole test by hand, part after part; whenever it ends, what was found so far is told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress

from kanban_device import lock
from kanban_device.build import open_pins
from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import is_there
from kanban_device.check.pins import workplace
from kanban_device.check.scene import STOP, Scene
from kanban_device.errors import DeviceError
from kanban_device.tryout import bounce, lamps, scanners, screen, sound, tower
from kanban_device.tryout.answer import TestEndedError
from kanban_device.tryout.buttons import Buttons
from kanban_device.tryout.desk import Desk, Edge
from kanban_hardware.beside import display_of, lamps_of, scanner_of
from kanban_hardware.errors import HardwareError
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import Wiring

HELLO = (
    "Test by hand: lamps, buttons, buzzer, scanners. Nothing is sent to the hub; every step can be skipped."
)


def invite(desk: Desk, scene: Scene, presses: int) -> list[Finding]:
    """Test by hand, unless the station runs; it cannot be started meanwhile."""
    if scene.beside:
        return [fail("test", f"the station has the parts ({scene.beside})", STOP)]
    with ExitStack() as stack:
        # Where no station has run there is none to keep away, and a lock that root makes would lock it out.
        if is_there(scene.config.data / lock.FILE):
            with suppress(DeviceError):
                stack.enter_context(lock.Lock(scene.config.data))
        return walk(desk, scene.config.hardware, open_pins, presses)


def walk(desk: Desk, wiring: Wiring, make_pins: Callable[[Wiring], Pins], presses: int) -> list[Finding]:
    """Test everything that is wired, with the person at the desk. `presses`: of each button."""

    def report(pin: int, level: bool, ago_s: float) -> None:
        desk.put(Edge(pin, level, desk.now_s() - ago_s))

    with workplace():
        try:
            pins = PanelPins(wiring, make_pins(wiring))
            pins.open(report)
        except HardwareError as error:
            return [fail("pins", str(error), "What else has them is told above: stop it first")]
        try:
            return list(_walk(desk, wiring, pins, presses))
        finally:
            pins.close()


def _walk(desk: Desk, wiring: Wiring, pins: PanelPins, presses: int) -> Iterator[Finding]:
    buttons = Buttons(desk, pins, wiring)
    desk.say(HELLO)
    try:
        yield from lamps.look(desk, pins, wiring.lamps)
        yield from tower.look(desk, lamps_of(wiring, desk.put, desk.now_s))
        yield from screen.look(desk, display_of(wiring, desk.put, desk.now_s))
        yield from buttons.look(presses)
        yield from sound.look(desk, pins, wiring.buzzer)
        yield from scanners.look(desk, _scanners(desk, wiring))
    except (TestEndedError, KeyboardInterrupt):
        yield Finding("test", "was ended before all was tried", "Run it again for the rest")
    yield from bounce.look(buttons.bursts, wiring.debounce_ms)


def _scanners(desk: Desk, wiring: Wiring) -> Mapping[str, scanners.Scanner]:
    """The scanners by name, not yet opened; what they read comes to the desk."""
    numbered = ((f"scanner-{number}", scanner) for number, scanner in enumerate(wiring.scanners, 1))
    return {name: scanner_of(name, scanner, desk.put, desk.now_s) for name, scanner in numbered}
