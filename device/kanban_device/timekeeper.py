"""Keeps the wall clock's time over power cuts, and tells when somebody has set it. Decides nothing by it."""

import logging
from pathlib import Path

from kanban_device.clock import Clock
from kanban_device.update import disk
from kanban_protocol.signals import Clock as ClockQuality

log = logging.getLogger(__name__)

FILE = "clock.kept"
MAX_BYTES = 32
KEEP_S = 3_600.0  # a small write an hour; a station that is cut off then wakes at most so far behind
STEP_MS = 2_000


class Timekeeper:
    """Asked every now and then by the main loop."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self._path = directory / FILE
        self._clock = clock
        self._keep_at_s = 0.0
        self._ahead_ms: int | None = None

    def turn(self, now_s: float) -> None:
        stamp = self._clock.stamp(now_s)
        ahead_ms = stamp.wall_ms - stamp.mono_ms
        if self._ahead_ms is not None and abs(ahead_ms - self._ahead_ms) > STEP_MS:
            log.info("the wall clock was set by %+.1f s", (ahead_ms - self._ahead_ms) / 1000)
            self._keep_at_s = now_s  # what was kept may be the mistake that somebody has just mended
        self._ahead_ms = ahead_ms
        if now_s >= self._keep_at_s:
            self._keep_at_s = now_s + KEEP_S
            if stamp.clock is not ClockQuality.UNSET:
                self._keep(stamp.wall_ms)

    def _keep(self, wall_ms: int) -> None:
        try:
            disk.write(self._path, str(wall_ms).encode(), 0o600)
        except OSError as error:
            log.debug("the time is not kept: %s", error)


def kept_s(directory: Path) -> float | None:
    """The time that was kept last, seconds since 1970; None where none was, or nothing sensible."""
    try:
        content = disk.read(directory / FILE, MAX_BYTES)
    except OSError:
        return None
    return int(content) / 1000 if content is not None and content.isdigit() else None
