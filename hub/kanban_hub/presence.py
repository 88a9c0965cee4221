"""What each station last said of itself, and how long ago. In memory: after a start nobody was heard yet."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kanban_protocol.messages import ShownLamps, StationHeartbeat, StationStatus

# A heartbeat every 10 s: two may be lost before a station counts as silent.
SILENT_AFTER_S = 30.0
# Ten times the largest plant: who invents station names gets no more of our memory.
STATIONS_MOST = 1_000


@dataclass(frozen=True)
class Heard:
    """The last word of one station. `heard_s` is monotonic; `None` when nothing came since the start."""

    station: str
    heard_s: float | None = None
    status: StationStatus | None = None
    heartbeat: StationHeartbeat | None = None
    shown: ShownLamps | None = None
    is_gone: bool = False  # its last status said so, and nothing came since
    counts: Counter[str] = field(default_factory=Counter)  # what was not taken from it, by reason

    def age_s(self, now_s: float) -> float | None:
        return None if self.heard_s is None else now_s - self.heard_s

    def is_online(self, now_s: float) -> bool:
        """Heard of late, and not gone: a retained "online" alone proves nothing after a broker's restart."""
        age_s = self.age_s(now_s)
        return age_s is not None and age_s <= SILENT_AFTER_S and not self.is_gone


class Presence:
    """Every station's last word. Any thread may ask; the link's thread tells."""

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
            if isinstance(message, StationStatus):
                heard = _with_status(heard, message, is_retained=is_retained)
            else:
                heard = _with(heard, message)
                # The broker says a will when the connection is over: what comes later is the next one's.
                heard = replace(heard, is_gone=heard.is_gone and is_retained)
            self._keep(heard if is_retained else replace(heard, heard_s=self._clock()))

    def count(self, station: str, reason: str) -> None:
        """Something of it was not taken."""
        with self._lock:
            heard = self._heard.get(station, Heard(station))
            self._keep(replace(heard, counts=heard.counts + Counter([reason])))

    def of(self, station: str) -> Heard:
        with self._lock:
            return self._heard.get(station, Heard(station))

    def all(self) -> list[Heard]:
        with self._lock:
            return sorted(self._heard.values(), key=lambda heard: heard.station)

    def _keep(self, heard: Heard) -> None:
        if heard.station in self._heard or len(self._heard) < STATIONS_MOST:
            self._heard[heard.station] = heard


def _with(heard: Heard, message: object) -> Heard:
    match message:
        case StationHeartbeat():
            return replace(heard, heartbeat=message)
        case ShownLamps():
            return replace(heard, shown=message)
    return heard


def _with_status(heard: Heard, told: StationStatus, *, is_retained: bool) -> Heard:
    """A will speaks for the connection that left it: it may come after the next connection's birth."""
    known = heard.status
    if known is not None and known.online and not told.online:
        is_of_earlier_run = known.boot != told.boot and not is_retained
        is_of_earlier_connection = known.boot == told.boot and told.connection < known.connection
        if is_of_earlier_run or is_of_earlier_connection:
            return heard
    return replace(heard, status=told, is_gone=not told.online)
