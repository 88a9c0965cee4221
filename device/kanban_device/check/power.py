"""The supply and the temperature, as the firmware of a Pi tells them."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_device.heartbeat import temperature_c

# The firmware's property GET_THROTTLED: bits 0 to 3 are now, 16 to 19 since boot (vcgencmd(1)).
UNDER_VOLTAGE, FREQUENCY_CAPPED, THROTTLED, SOFT_LIMIT = 1 << 0, 1 << 1, 1 << 2, 1 << 3
SINCE_BOOT = 16
THROTTLED_FILE = "/sys/devices/platform/soc/soc:firmware/get_throttled"
THERMAL = "/sys/class/thermal/thermal_zone0/temp"
HOT_C, TOO_HOT_C = 70.0, 80.0
"""At 80 °C a Pi begins to slow down (raspberrypi.com, Frequency management and thermal control)."""
ASK_S = 2.0
SUPPLY = "Use the Pi's own supply (5.1 V) and a short, thick cable; power lamps and scanner apart from it"
AIR = "Give the case air, or move it away from heat"


def vcgencmd() -> str | None:
    """What `vcgencmd get_throttled` says, where it is installed: `throttled=0x50005`."""
    if (program := shutil.which("vcgencmd")) is None:
        return None
    try:
        done = subprocess.run(
            [program, "get_throttled"], capture_output=True, text=True, timeout=ASK_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout


def look(scene: Scene, ask: Callable[[], str | None] = vcgencmd) -> Iterator[Finding]:
    bits = _bits(scene.machine.text(THROTTLED_FILE))
    if bits is None:
        bits = _bits(ask())
    if bits is not None:
        yield _supply(bits)
        yield from _throttled(bits)
    elif scene.machine.text("/proc/device-tree/model") is not None and not scene.is_mock:
        yield Finding("supply", "this kernel does not tell of it")
    yield from _temperature(scene)


def _bits(text: str | None) -> int | None:
    try:
        return int((text or "").strip().removeprefix("throttled="), 16)
    except ValueError:
        return None


def _supply(bits: int) -> Finding:
    if bits & UNDER_VOLTAGE:
        return fail("supply", "the voltage is too low now (below 4.63 V)", SUPPLY)
    if bits & UNDER_VOLTAGE << SINCE_BOOT:
        return Finding("supply", "the voltage has been too low since the last boot", SUPPLY)
    return Finding("supply", "no low voltage since the last boot")


def _throttled(bits: int) -> Iterator[Finding]:
    slow = FREQUENCY_CAPPED | THROTTLED | SOFT_LIMIT
    if bits & slow:
        yield Finding("processor", "is slowed down now, by heat or low voltage", AIR)
    elif bits & slow << SINCE_BOOT:
        yield Finding("processor", "was slowed down since the last boot, by heat or low voltage", AIR)


def _temperature(scene: Scene) -> Iterator[Finding]:
    celsius = temperature_c(scene.machine.path(THERMAL))
    if celsius is None:
        return
    text = f"{celsius:.0f} °C"
    if celsius >= TOO_HOT_C:
        yield fail("temperature", text, AIR)
    else:
        yield Finding("temperature", text, AIR if celsius >= HOT_C else "")
