"""Whether the station runs beside the check: it then has the pins, the scanners and the outbox."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kanban_device import lock
from kanban_device.check.finding import Finding
from kanban_device.check.machine import Machine
from kanban_device.check.scene import STOP, Scene


def holder(machine: Machine, data: Path) -> str:
    """Who holds the data directory: a command line, or empty when nobody does. Changes nothing there."""
    try:
        file = os.open(data / lock.FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return _command(machine, os.fstat(file).st_ino)
    finally:
        os.close(file)
    return ""


def look(scene: Scene) -> Iterator[Finding]:
    """Say that the station runs, and what therefore is not looked at."""
    if scene.beside:
        text = f"runs beside ({scene.beside}); buttons, lamps and scanners are its own now"
        yield Finding("station", text, f"{STOP}; what needs no pins is looked at all the same")


def _command(machine: Machine, inode: int) -> str:
    """The holder of a lock by /proc/locks: `1: FLOCK ADVISORY WRITE 1234 fd:01:5678 0 EOF` (proc(5))."""
    for row in (machine.text("/proc/locks") or "").splitlines():
        fields = row.split()
        with suppress(IndexError, ValueError):
            if fields[1] == "FLOCK" and int(fields[5].rpartition(":")[2]) == inode:
                return machine.command(int(fields[4]))
    return "another process"
