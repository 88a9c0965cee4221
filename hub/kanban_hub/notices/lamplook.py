"""Stations whose lamps are not as they should be, from what the hub wants and what it has heard."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kanban_hub.domain.plant import Plant, Station
from kanban_hub.lamptruth import Moment, differs
from kanban_hub.notices.happening import Facts, Happening
from kanban_hub.notices.notice import NoticeEvent
from kanban_hub.ports import View
from kanban_hub.presence import Heard, Presence


@dataclass(frozen=True)
class LampLook:
    """Asked every few seconds. A lamp that does not follow is told at once, another difference after 15 s."""

    presence: Presence

    def wrong(self, view: View, plant: Plant, now_ms: int) -> dict[str, tuple[str, ...]]:
        """By station, the places of its lamps that do not follow; none where they only differ."""
        epoch, wanted, moment = view.epoch(), view.lamps(), Moment(now_ms, self.presence.now_s())
        found = {}
        for station in plant.stations:
            heard = self.presence.of(station)
            stuck = _stuck(heard) if heard.is_online(moment.now_s) else ()
            if stuck or differs(wanted.get(station), heard, epoch, moment):
                found[station] = stuck
        return found

    def told(self, station: Station, stuck: tuple[str, ...], now_ms: int) -> Happening:
        """Once a day for each station, also over restarts: somebody has to go there anyway."""
        event = NoticeEvent.LAMPS_WRONG
        key = f"{event}:{station.id}:{datetime.fromtimestamp(now_ms / 1000, UTC):%Y-%m-%d}"
        facts: Facts = {"station": station.name, "lamps": ", ".join(stuck), "at_ms": now_ms}
        return Happening(event, key, now_ms, frozenset({station.id}), facts)


def _stuck(heard: Heard) -> tuple[str, ...]:
    return tuple(sorted(heard.heartbeat.stuck_lamps or ())) if heard.heartbeat else ()
