"""The station's two clocks: one that only runs forward and rules all, and the wall clock with its quality.

The runtime takes the time here once per turn and passes it on; pure code never looks at a clock.
"""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from kanban_protocol.signals import Clock as ClockQuality

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
BUILD_YEAR = (
    2026  # a wall clock that shows an earlier year has never been set: a Pi before the 5 has no battery
)
_TIME_ERROR = 5  # what adjtimex(2) answers while nothing disciplines the clock
_TIMEX_BYTES = 512  # struct timex has 208 on 64-bit Linux


@dataclass(frozen=True)
class Stamp:
    """When something happened, by both clocks, milliseconds."""

    boot: str
    mono_ms: int
    wall_ms: int
    clock: ClockQuality


class Clock(Protocol):
    """The port to time. `now_s` counts from this boot and is the clock of panel, link and station alike."""

    @property
    def boot(self) -> str: ...

    def now_s(self) -> float: ...

    def stamp(self, at_s: float) -> Stamp:
        """The stamp of a moment that `now_s` gave."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def __init__(self, wall_s: Callable[[], float] = time.time) -> None:
        self.boot = boot_id()
        self._wall_s = wall_s

    def now_s(self) -> float:
        # CLOCK_BOOTTIME also counts while the machine sleeps, so an age is true after a suspend.
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def stamp(self, at_s: float) -> Stamp:
        wall_s = self._wall_s()
        wall_ms = round((wall_s - (self.now_s() - at_s)) * 1000)
        return Stamp(self.boot, round(at_s * 1000), max(0, wall_ms), quality(wall_s, is_disciplined()))


def boot_id() -> str:
    """The first 8 hex digits of the kernel's random id of this boot."""
    return BOOT_ID.read_text(encoding="ascii").strip()[:8]


def quality(wall_s: float, disciplined: bool) -> ClockQuality:
    """`unset` before the firmware's build year, `sync` while disciplined, `held` when set but left alone."""
    if wall_s < datetime(BUILD_YEAR, 1, 1, tzinfo=UTC).timestamp():
        return ClockQuality.UNSET
    return ClockQuality.SYNC if disciplined else ClockQuality.HELD


def is_disciplined() -> bool:
    """Whether a time daemon steers the kernel's clock: the same word for timesyncd, chrony and ntpd.

    The kernel takes it back by itself when the daemon has said nothing for some hours.
    """
    buffer = ctypes.create_string_buffer(_TIMEX_BYTES)  # modes = 0: read only
    state = ctypes.CDLL(None, use_errno=True).adjtimex(buffer)
    return 0 <= int(state) != _TIME_ERROR
