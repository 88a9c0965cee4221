"""What a station tells of itself every ten seconds."""

import os
from pathlib import Path

from kanban_device.clock import Stamp
from kanban_device.outbox import Outbox
from kanban_device.sender import age_ms
from kanban_device.station import Station
from kanban_protocol.messages import StationHeartbeat

THERMAL = Path("/sys/class/thermal/thermal_zone0/temp")
_COLDEST_C, _HOTTEST_C = -60.0, 150.0


def build(station: Station, outbox: Outbox, directory: Path, now: Stamp) -> StationHeartbeat:
    """The heartbeat of this moment. Raises `StoreBrokenError` when the outbox cannot be read."""
    oldest = outbox.pending(1)
    return StationHeartbeat(
        v=1,
        boot=now.boot,
        uptime_s=now.mono_ms // 1000,
        outbox=outbox.depth,
        oldest_s=age_ms(oldest[0].stamp, now) / 1000 if oldest else 0.0,
        clock=now.clock,
        temperature_c=temperature_c(THERMAL),
        disk_free_bytes=free_bytes(directory),
        inputs=station.inputs.as_dict(),
        lamps_revision=station.applied.revision if station.applied else None,
        refused=station.refused,
    )


def temperature_c(path: Path) -> float | None:
    """The processor's temperature, where the kernel tells it."""
    try:
        celsius = int(path.read_text(encoding="ascii")) / 1000
    except (OSError, ValueError):
        return None
    return celsius if _COLDEST_C <= celsius <= _HOTTEST_C else None


def free_bytes(directory: Path) -> int | None:
    """What is left on the disk for the outbox."""
    try:
        disk = os.statvfs(directory)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize
