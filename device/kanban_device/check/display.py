"""The text display: its library, its bus, and whether it answers there."""

import os
from collections.abc import Callable, Iterator

from kanban_device.check.factory import installed
from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_device.check.user import join_group
from kanban_hardware.display import Screen
from kanban_hardware.errors import HardwareError
from kanban_hardware.oled import Oled
from kanban_hardware.wiring import DisplayWiring

LUMA = "pip install 'kanban-signal-station[display]', or sudo apt install python3-luma.oled"
I2C = "sudo raspi-config nonint do_i2c 0, and restart the Pi"


def look(
    scene: Scene,
    versions: Callable[[str], str | None] = installed,
    make: Callable[[DisplayWiring], Screen] = Oled,
) -> Iterator[Finding]:
    wiring = scene.config.hardware.display
    if wiring is not None:
        yield _display(scene, wiring, versions("luma.oled"), make)


def _display(
    scene: Scene, wiring: DisplayWiring, luma: str | None, make: Callable[[DisplayWiring], Screen]
) -> Finding:
    bus, machine = f"/dev/i2c-{wiring.bus}", scene.machine
    if luma is None:
        return fail("display", "the library luma.oled is not installed", LUMA)
    if not machine.exists(bus):
        return fail("display", f"{bus} is not there: I2C is switched off", I2C)
    if not machine.may(bus, os.R_OK | os.W_OK):
        return fail(
            "display", f"{bus} may not be opened", join_group(machine.group_of(bus) or "i2c", machine.user)
        )
    if scene.beside:
        return Finding("display", f"{bus} is there")
    screen = make(wiring)
    try:
        screen.open()
    except (HardwareError, OSError) as error:
        remedy = f"Look at its four wires, and for its address: i2cdetect -y {wiring.bus}"
        return fail("display", f"nothing answers at {wiring.address:#04x} on {bus}: {error}", remedy)
    screen.close()
    return Finding("display", f"answers at {wiring.address:#04x} on {bus}")
