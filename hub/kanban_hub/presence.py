"""What each station last said of itself, and how long ago. In memory: after a start nobody was heard yet.

A station may have a box of hardware, which speaks by MQTT, and panels, which are pages that speak by HTTP.
Neither speaks for the other. Where there is a box, its lamps are the station's and its silence is too.
"""

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
# A browser that forgets its outbox's number comes as another panel.
PANELS_MOST = 16
# A panel that was not heard for a day is no longer one, unless it keeps signals.
PANEL_GONE_S = 86_400.0


@dataclass(frozen=True)
class Panel:
    """The last word of one software station: a browser, known by the epoch of its outbox.

    `link` is the id of the station's link by which it came; `None`: by an account. `version` is the page's.
    """

    epoch: str
    heard_s: float
    heartbeat: StationHeartbeat
    shown: ShownLamps
    version: str
    link: str | None = None

    def is_online(self, now_s: float) -> bool:
        return now_s - self.heard_s <= SILENT_AFTER_S


@dataclass(frozen=True)
class Heard:
    """The last word of one station: of its box, and of each of its panels, the last heard first.

    `heard_s` is monotonic; `None` when nothing came from the box since the start.
    """

    station: str
    heard_s: float | None = None
    status: StationStatus | None = None
    heartbeat: StationHeartbeat | None = None
    shown: ShownLamps | None = None
    shown_at_s: float | None = None  # when it began to show that
    is_gone: bool = False  # its last status said so, and nothing came since
    counts: Counter[str] = field(default_factory=Counter)  # what was not taken from it, by reason
    panels: tuple[Panel, ...] = ()

    @property
    def has_box(self) -> bool:
        """Whether hardware spoke since the start, or the broker remembers it as online.

        One that was gone before the start is not waited for: a panel may have taken its place.
        """
        return self.heard_s is not None or (self.status is not None and self.status.online)

    @property
    def has_spoken(self) -> bool:
        return self.heard_s is not None or self.status is not None or bool(self.panels)

    @property
    def lamps(self) -> ShownLamps | None:
        """What the station shows: its box, or without one the panel that was heard last."""
        if self.has_box:
            return self.shown
        return self.panels[0].shown if self.panels else None

    def shows_for_s(self, now_s: float) -> float | None:
        """How long it has shown what it shows; None where that is a panel's, which asks all the time."""
        return None if not self.has_box or self.shown_at_s is None else now_s - self.shown_at_s

    @property
    def kept(self) -> tuple[int, float]:
        """How many signals wait at box and panels together, and the age of the oldest, seconds."""
        beats = [panel.heartbeat for panel in self.panels]
        if self.heartbeat is not None:
            beats.append(self.heartbeat)
        return sum(beat.outbox for beat in beats), max((beat.oldest_s for beat in beats), default=0.0)

    def age_s(self, now_s: float) -> float | None:
        heard_s = self.heard_s
        if not self.has_box and self.panels:
            heard_s = self.panels[0].heard_s
        return None if heard_s is None else now_s - heard_s

    def is_online(self, now_s: float) -> bool:
        """Heard of late, and not gone: a retained "online" alone proves nothing after a broker's restart."""
        age_s = self.age_s(now_s)
        is_gone = self.is_gone and self.has_box
        return age_s is not None and age_s <= SILENT_AFTER_S and not is_gone


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
                heard = _with(heard, message, self._clock())
                # The broker says a will when the connection is over: what comes later is the next one's.
                heard = replace(heard, is_gone=heard.is_gone and is_retained)
            self._keep(heard if is_retained else replace(heard, heard_s=self._clock()))

    def hear_panel(self, station: str, panel: Panel) -> None:
        """A panel of `station` spoke just now."""
        with self._lock:
            heard, now_s = self._heard.get(station, Heard(station)), self._clock()
            others = [one for one in heard.panels if one.epoch != panel.epoch and _is_there(one, now_s)]
            panels = (replace(panel, heard_s=now_s), *others)[:PANELS_MOST]
            self._keep(replace(heard, panels=panels))

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


def _is_there(panel: Panel, now_s: float) -> bool:
    return now_s - panel.heard_s <= PANEL_GONE_S or panel.heartbeat.outbox > 0


def _with(heard: Heard, message: object, now_s: float) -> Heard:
    match message:
        case StationHeartbeat():
            return replace(heard, heartbeat=message)
        case ShownLamps():
            # For another revision with the same lamps nobody sees a difference.
            is_same = heard.shown is not None and heard.shown.lamps == message.lamps
            return replace(heard, shown=message, shown_at_s=heard.shown_at_s if is_same else now_s)
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
