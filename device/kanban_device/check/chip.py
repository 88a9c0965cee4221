"""The GPIO chips as the kernel tells of them: which one is the header's, and who has its lines."""

import fcntl
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_device.check.user import join_group

# linux/gpio.h: struct gpiochip_info {char name[32], label[32]; u32 lines}, and
# struct gpio_v2_line_info {char name[32], consumer[32]; u32 offset, num_attrs; u64 flags; …} of 256 bytes.
CHIP_INFO, CHIP_FORM = 0x8044B401, struct.Struct("=32s32sI")
LINE_INFO, LINE_FORM = 0xC100B405, struct.Struct("=32s32sIIQ176x")
USED = 1  # GPIO_V2_LINE_FLAG_USED

HEADERS = {"pinctrl-bcm2835": "Pi Zero to 3", "pinctrl-bcm2711": "Pi 4", "pinctrl-rp1": "Pi 5"}
"""The drivers whose lines are on the 40-pin header, by the chip's label."""
OPENED = ("/dev/gpiochip0", "/dev/gpiochip4")
"""What gpiozero 2.0.1.post3 opens: chip 4 on a Pi 5 that has one (before kernel 6.6.45), otherwise chip 0."""
GROUP = "gpio"


@dataclass(frozen=True)
class Chip:
    """One chip. `users` says by offset who has a line."""

    label: str
    lines: int
    users: dict[int, str]


Ask = Callable[[Path], Chip]


def read(path: Path) -> Chip:
    """Ask the kernel about a chip and all its lines. Raises OSError."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _, label, lines = CHIP_FORM.unpack(fcntl.ioctl(file, CHIP_INFO, bytes(CHIP_FORM.size)))
        users = {offset: user for offset in range(lines) if (user := _user(file, offset)) is not None}
    finally:
        os.close(file)
    return Chip(_text(label), lines, users)


def look(scene: Scene, ask: Ask = read) -> Iterator[Finding]:
    """Find the header's chip. Nothing is opened for use."""
    if scene.is_mock:
        return
    names = scene.machine.names("/dev", "gpiochip*")
    if not names:
        remedy = 'Run on a Raspberry Pi with its own kernel, or set pins = "mock" to try without one'
        yield fail("gpiochip", "there is no /dev/gpiochip*: no pin can be reached", remedy)
        return
    chips: dict[str, Chip] = {}
    for name in names:
        try:
            chips[name] = ask(scene.machine.path(name))
        except OSError as error:
            yield _closed(scene, name, error)
    if chips:
        yield _header(scene, chips)


def users(scene: Scene, ask: Ask = read) -> dict[int, str]:
    """Who has which line of the chip that gpiozero opens, as the kernel has it; empty where it is silent."""
    found: dict[str, Chip] = {}
    for name in OPENED if not scene.is_mock else ():
        with suppress(OSError):
            found[name] = ask(scene.machine.path(name))
    header = next((chip for chip in found.values() if chip.label in HEADERS), None)
    chip = header or next(iter(found.values()), None)
    return chip.users if chip else {}


def _closed(scene: Scene, name: str, error: OSError) -> Finding:
    text = f"{name}: {error.strerror}"
    if isinstance(error, PermissionError):
        group = scene.machine.group_of(name)
        if group in (None, "root"):
            rule = 'SUBSYSTEM=="gpio", GROUP="gpio", MODE="0660"'
            return fail("gpiochip", text, f"Give it to the group {GROUP} by a rule of udev: {rule}")
        return fail("gpiochip", text, join_group(str(group), scene.machine.user))
    return fail("gpiochip", text, "Look at the kernel's log: dmesg | grep gpio")


def _header(scene: Scene, chips: dict[str, Chip]) -> Finding:
    model = scene.machine.text("/proc/device-tree/model") or "no Raspberry Pi"
    found = [name for name, chip in chips.items() if chip.label in HEADERS]
    opened = next((name for name in found if name in OPENED), None)
    if opened:
        return Finding(
            "gpiochip", f"{opened} is {chips[opened].label}, {chips[opened].lines} lines ({model})"
        )
    if found:
        text = f"the header is {found[0]} ({chips[found[0]].label}), which gpiozero does not open"
        return fail("gpiochip", text, "Update the kernel: sudo apt update && sudo apt full-upgrade")
    labels = ", ".join(f"{name} is {chip.label}" for name, chip in chips.items())
    remedy = "The first of them is used; on a Pi that is not the header: update its kernel"
    return Finding("gpiochip", f"none of a Pi's header ({model}): {labels}", remedy)


def _user(file: int, offset: int) -> str | None:
    asked = LINE_FORM.pack(b"", b"", offset, 0, 0)
    _, consumer, _, _, flags = LINE_FORM.unpack(fcntl.ioctl(file, LINE_INFO, asked))
    return (_text(consumer) or "the kernel") if flags & USED else None


def _text(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("ascii", "replace")
