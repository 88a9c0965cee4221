"""Stations that are not heard, from what the hub has heard since its start."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kanban_hub.domain.plant import Plant, Station
from kanban_hub.notices.happening import Facts, Happening
from kanban_hub.notices.notice import NoticeEvent
from kanban_hub.presence import Presence

# Long enough for a station to start again, or for a switch: those mend themselves.
TELL_AFTER_S = 120.0


@dataclass(frozen=True)
class Silence:
    """`started_s` is when the hub began to listen, by the clock of `presence`."""

    presence: Presence
    started_s: float

    def silent(self, plant: Plant) -> frozenset[str]:
        """The stations of `plant` that are silent now."""
        now_s = self.presence.now_s()
        stations = [station for station in plant.stations.values() if self._is_expected(station)]
        return frozenset(s.id for s in stations if self._unheard_s(s.id, now_s) >= TELL_AFTER_S)

    def told(self, station: Station, now_ms: int) -> Happening:
        """Where nothing was heard since the hub's start it may be the same silence as before: once a day."""
        unheard_s = self._unheard_s(station.id, self.presence.now_s())
        event, heard_ms = NoticeEvent.STATION_SILENT, now_ms - int(unheard_s * 1000)
        is_known = self.presence.of(station.id).age_s(self.presence.now_s()) is not None
        since = str(heard_ms) if is_known else f"{datetime.fromtimestamp(now_ms / 1000, UTC):%Y-%m-%d}"
        facts: Facts = {"station": station.name, "heard_ms": heard_ms}
        return Happening(event, f"{event}:{station.id}:{since}", now_ms, frozenset({station.id}), facts)

    def _is_expected(self, station: Station) -> bool:
        """An external supplier may have no station at all, only a page."""
        return not station.external or self.presence.of(station.id).has_spoken

    def _unheard_s(self, station: str, now_s: float) -> float:
        age_s = self.presence.of(station).age_s(now_s)
        return now_s - self.started_s if age_s is None else age_s
