"""What is told by time alone: silent stations, wrong lamps, the digest, new requests for suppliers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kanban_hub.domain.plant import Plant
from kanban_hub.notices.announcer import notices_of
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.daily import digests, due_day
from kanban_hub.notices.digest import Outlook
from kanban_hub.notices.lamplook import LampLook
from kanban_hub.notices.notice import Notice, NoticeEvent
from kanban_hub.notices.requested import Told, requested
from kanban_hub.notices.silence import Silence
from kanban_hub.ports import Store
from kanban_hub.reader import FloorReader

LOOK_EVERY_MS = 5_000


@dataclass(frozen=True)
class _Told:
    """What was told already. The store knows it too, by the notices' ids; this spares the work."""

    looked_ms: int = -LOOK_EVERY_MS
    silent: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    day: date | None = None
    requested: Mapping[str, Told] = field(default_factory=dict)


class Watch:
    """Asked by the sender, which owns it, at each turn."""

    def __init__(self, config: NoticesConfig, store: Store, silence: Silence) -> None:
        self._config = config
        self._store = store
        self._silence = silence
        self._lamps = LampLook(silence.presence)
        self._reader = FloorReader(store)
        self._told = self._next = _Told()

    def due(self, now_ms: int) -> list[Notice]:
        """The notices that time has brought since what was last `kept`."""
        if now_ms - self._told.looked_ms < LOOK_EVERY_MS:
            return []
        self._next = replace(self._told, looked_ms=now_ms)
        with self._store.view() as view:
            plant = view.plant()
            wrong = self._lamps.wrong(view, plant, now_ms) if plant is not None else {}
        if plant is None:
            return []
        found = self._silent(plant, now_ms) + self._wrong(plant, wrong, now_ms)
        return found + self._digests(plant, now_ms) + self._requested(now_ms)

    def _wrong(self, plant: Plant, wrong: Mapping[str, tuple[str, ...]], now_ms: int) -> list[Notice]:
        self._next = replace(self._next, wrong=frozenset(wrong))
        begun = sorted(wrong.keys() - self._told.wrong)
        found = [self._lamps.told(plant.stations[station], wrong[station], now_ms) for station in begun]
        return notices_of(self._config, plant, found, now_ms)

    def _requested(self, now_ms: int) -> list[Notice]:
        if not self._config.wants(NoticeEvent.REQUESTED):
            return []
        floor, _ = self._reader.floor()
        found = list(requested(floor, self._told.requested, now_ms))
        told = {**self._told.requested, **{station: told for station, told, _ in found}}
        self._next = replace(self._next, requested=told)
        return notices_of(self._config, floor.plant, [happening for _, _, happening in found], now_ms)

    def kept(self) -> None:
        """What `due` gave is in the store now."""
        self._told = self._next

    def _silent(self, plant: Plant, now_ms: int) -> list[Notice]:
        silent = self._silence.silent(plant)
        begun = [plant.stations[station] for station in sorted(silent - self._told.silent)]
        self._next = replace(self._next, silent=silent)
        found = [self._silence.told(station, now_ms) for station in begun]
        return notices_of(self._config, plant, found, now_ms)

    def _digests(self, plant: Plant, now_ms: int) -> list[Notice]:
        day = due_day(self._config.digest.at, plant.calendar.timezone, now_ms)
        if day is None or day == self._told.day or not self._config.wants(NoticeEvent.DIGEST):
            return []
        self._next = replace(self._next, day=day)
        with self._store.view() as view:
            floor = view.floor()
        return digests(self._config, Outlook(floor, self._silence.silent(plant), now_ms), day)
