"""What each station last said of itself, and how long ago. In memory: after a start nobody was heard yet."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kanban_protocol.messages import ShownLamps, StationHeartbeat, StationStatus

# A heartbeat every 10 s: two may be lost before a station counts as silent.
SILENT_AFTER_S = 30.0


@dataclass(frozen=True)
class Heard:
    """The last word of one station. `heard_s` is monotonic; `None` when nothing came since the start."""

    station: str
    heard_s: float | None = None
    status: StationStatus | None = None
    heartbeat: StationHeartbeat | None = None
    shown: ShownLamps | None = None
    counts: Counter[str] = field(default_factory=Counter)  # what was not taken from it, by reason

    def age_s(self, now_s: float) -> float | None:
        return None if self.heard_s is None else now_s - self.heard_s

    def is_online(self, now_s: float) -> bool:
        """Heard of late, and not gone: a retained "online" alone proves nothing after a broker's restart."""
        age_s = self.age_s(now_s)
        is_gone = self.status is not None and not self.status.online
        return age_s is not None and age_s <= SILENT_AFTER_S and not is_gone


class Presence:
    """Every station's last word. Any thread may ask; the hub's writer tells."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._heard: dict[str, Heard] = {}

    def now_s(self) -> float:
        return self._clock()

    def hear(self, station: str, message: object = None, *, is_retained: bool = False) -> None:
        """A word came. A retained one was said at some time before, so it is known and not heard."""
        with self._lock:
            heard = self._heard.get(station, Heard(station))
            if not is_retained:
                heard = replace(heard, heard_s=self._clock())
            self._heard[station] = _with(heard, message)

    def count(self, station: str, reason: str) -> None:
        with self._lock:
            heard = self._heard.setdefault(station, Heard(station))
            self._heard[station] = replace(heard, counts=heard.counts + Counter([reason]))

    def of(self, station: str) -> Heard:
        with self._lock:
            return self._heard.get(station, Heard(station))

    def all(self) -> list[Heard]:
        with self._lock:
            return sorted(self._heard.values(), key=lambda heard: heard.station)


def _with(heard: Heard, message: object) -> Heard:
    match message:
        case StationStatus():
            return replace(heard, status=_newer(heard.status, message))
        case StationHeartbeat():
            return replace(heard, heartbeat=message)
        case ShownLamps():
            return replace(heard, shown=message)
    return heard


def _newer(known: StationStatus | None, told: StationStatus) -> StationStatus:
    """A will speaks for the connection that left it: it may come after the next connection's birth."""
    if known is None or told.online or known.boot != told.boot:
        return told
    return told if told.connection >= known.connection else known
