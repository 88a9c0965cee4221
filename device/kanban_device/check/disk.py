"""The disk under the data directory: room, read-only, errors and wear where the kernel tells, the journal."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import Machine, is_there
from kanban_device.check.scene import Scene
from kanban_device.outbox import Limits

MEGABYTE = 1_000_000
PAGE_BYTES = 1024
IN_MEMORY = ("tmpfs", "ramfs")
WORN = 0x09
"""JEDEC eMMC 5.0, EXT_CSD life time: 0x01 is up to 10 % used, 0x0A up to 100 %, 0x0B more than that."""
CARD = "Back up the station's file and put in a new card: a blank Pi joins again as this station"


@dataclass(frozen=True)
class Mount:
    """One row of /proc/self/mountinfo (proc(5))."""

    point: str
    options: frozenset[str]
    kind: str
    source: str


def look(scene: Scene) -> Iterator[Finding]:
    yield from _room(scene.config.data)
    mount = mount_of(scene.machine, scene.config.data)
    if mount is not None:
        yield from _mount(scene, mount)
        yield from _device(scene.machine, Path(mount.source).name)
    yield from _journal(scene.machine)


def mount_of(machine: Machine, folder: Path) -> Mount | None:
    """The mount that a folder, or what is there of it, lies on."""
    real = os.path.realpath(folder)
    fitting = [mount for mount in _mounts(machine) if _is_below(real, mount.point)]
    return max(fitting, key=lambda mount: len(mount.point), default=None)


def _mounts(machine: Machine) -> Iterator[Mount]:
    for row in (machine.text("/proc/self/mountinfo") or "").splitlines():
        before, _, after = row.partition(" - ")
        fields, behind = before.split(), after.split()
        if len(fields) > 5 and len(behind) > 2:  # noqa: PLR2004 the columns of proc(5)
            options = frozenset(f"{fields[5]},{behind[2]}".split(","))
            yield Mount(fields[4].replace("\\040", " "), options, behind[0], behind[1])


def _is_below(folder: str, point: str) -> bool:
    return folder == point or folder.startswith(point.rstrip("/") + "/")


def _room(data: Path) -> Iterator[Finding]:
    there = next(folder for folder in (data.absolute(), *data.absolute().parents) if is_there(folder))
    disk = os.statvfs(there)
    free_bytes, needed_bytes = disk.f_bavail * disk.f_frsize, needed()
    text = f"{free_bytes // MEGABYTE} MB free"
    if free_bytes < needed_bytes:
        remedy = (
            f"Make room: the outbox may need {needed_bytes // MEGABYTE} MB. Big files: du -xh / | sort -h"
        )
        yield fail("disk", text, remedy)
    else:
        yield Finding("disk", text)


def needed() -> int:
    """What a full outbox takes, bytes."""
    limits = Limits()
    return limits.free_bytes + limits.max_pages * PAGE_BYTES


def _mount(scene: Scene, mount: Mount) -> Iterator[Finding]:
    if "ro" in mount.options:
        text = f"{mount.point} is read-only: the kernel makes it so after errors"
        yield fail("disk", text, f"Look at dmesg | grep -i -e ext4 -e mmc. {CARD}")
    if scene.is_mock:
        return
    if mount.kind in IN_MEMORY:
        text = f"{mount.point} is {mount.kind}: signals in it do not outlive a power cut"
        yield fail("disk", text, "Let station.data lie on the card, or on its data partition")
    elif mount.kind == "overlay":
        text = f"{mount.point} is an overlay: with its upper layer in memory a power cut loses the signals"
        yield Finding("disk", text, "Mount the data partition at station.data (device/README.md)")


def _device(machine: Machine, name: str) -> Iterator[Finding]:
    errors = machine.text(f"/sys/fs/ext4/{name}/errors_count")
    if errors not in (None, "0"):
        yield fail(
            "disk", f"{name} has {errors} errors of its file system", f"sudo e2fsck at the next boot. {CARD}"
        )
    # The partition's folder lies in that of its disk, so `..` is the card.
    wear = machine.text(f"/sys/class/block/{name}/../device/life_time")
    used = max((int(part, 16) for part in (wear or "").split()), default=0)
    if used >= WORN:
        yield fail("disk", f"{name} is worn: {min(used * 10, 100)} % of its life is used", CARD)
    elif used:
        yield Finding("disk", f"{name} has used at most {used * 10} % of its life")


def _journal(machine: Machine) -> Iterator[Finding]:
    # systemd-journald, Storage=auto: on the card if /var/log/journal is there (journald.conf(5)).
    if machine.exists("/var/log/journal") and machine.runs("systemd-journald"):
        remedy = "Storage=volatile in /etc/systemd/journald.conf.d/kanban.conf spares the card"
        yield Finding("journal", "is kept on the card", remedy)
