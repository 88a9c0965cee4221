"""All that a board shows, painted from the floor at one moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant, Station
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue
from kanban_hub.ports import RecordedEvent
from kanban_hub.web.board.calls import CallPicture, paint_calls
from kanban_hub.web.board.loops import LoopPicture, by_urgency, paint_loop
from kanban_hub.web.board.query import Query, loops_of
from kanban_hub.web.board.queues import QueuePicture, paint_queue
from kanban_hub.web.board.rail import Happening, paint_rail
from kanban_hub.web.board.shift import ShiftPicture, paint_shift
from kanban_hub.web.instant import instant
from kanban_hub.web.signs import StationSign

CALLS_ON_WALL = 6
_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Choice:
    """A chip: the id that it stands for, empty for all, and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class Picture:
    """`loops` are those that were asked for; the counts are of the whole line."""

    at: datetime
    query: Query
    title: str
    lines: tuple[Choice, ...]
    suppliers: tuple[Choice, ...]
    calls: tuple[CallPicture, ...]
    loops: tuple[LoopPicture, ...]
    loops_of_line: int
    late: int
    out: int
    quality: int
    queues: tuple[QueuePicture, ...]
    happenings: tuple[Happening, ...]
    shift: ShiftPicture | None
    stations: tuple[StationSign, ...] = ()
    warning: str | None = None

    @property
    def calls_on_wall(self) -> tuple[CallPicture, ...]:
        """Those that have room on every page of a wall; more would leave none for the loops."""
        return self.calls[:CALLS_ON_WALL]

    @property
    def calls_beyond(self) -> int:
        return len(self.calls) - len(self.calls_on_wall)

    @property
    def is_dim(self) -> bool:
        """Whether nobody works, and nobody calls."""
        return self.shift is not None and self.shift.is_off and not self.calls

    @property
    def silent(self) -> int:
        return sum(station.is_silent for station in self.stations)


class Painter:
    """Paints the picture that `query` asks for from a floor at one moment."""

    def __init__(self, floor: Floor, query: Query, now_ms: int) -> None:
        self._floor, self._plant, self._now_ms = floor, floor.plant, now_ms
        self._query = query.known_in(floor.plant)
        self._loops = loops_of(floor.plant, query.line)

    def picture(self, latest: Sequence[RecordedEvent]) -> Picture:
        """`latest` are the newest events, the newest last."""
        line, all_loops = self._plant.lines.get(self._query.line), self._painted
        wall = self._query.wall
        return Picture(
            instant(self._now_ms // _MINUTE_MS * _MINUTE_MS),
            self._query,
            line.name if line else self._plant.site,
            _lines(self._plant),
            tuple(Choice(one, self._plant.stations[one].name) for one in self._queues),
            paint_calls(self._floor, self._calls(), self._now_ms),
            self._chosen(),
            len(all_loops),
            sum(loop.urgency == "late" for loop in all_loops),
            sum(loop.urgency == "out" for loop in all_loops),
            sum(loop.quality > 0 for loop in all_loops),
            () if wall else tuple(self._paint_queue(one) for one in self._queues if self._shows(one)),
            () if wall else paint_rail(self._floor, latest, self._loops if line else None),
            paint_shift(self._plant.calendar, self._now_ms),
        )

    def stations(self) -> list[Station]:
        """Those of the line, in its order; without a line all."""
        line = self._plant.lines.get(self._query.line)
        known = self._plant.stations
        return list(known.values()) if line is None else [known[one] for one in line.stations]

    @cached_property
    def _queues(self) -> dict[str, list[QueueEntry]]:
        """Of every supplier of the line, in the order of the plant's file."""
        suppliers = {loop.supplier for loop in self._loops}
        return {
            station: replenishment_queue(self._floor, station, self._now_ms)
            for station in self._plant.stations
            if station in suppliers
        }

    @cached_property
    def _painted(self) -> list[LoopPicture]:
        asked: defaultdict[str, list[QueueEntry]] = defaultdict(list)
        for entries in self._queues.values():
            for entry in entries:
                asked[entry.card.loop].append(entry)
        return [paint_loop(self._floor, loop, asked[loop.id], self._now_ms) for loop in self._loops]

    def _chosen(self) -> tuple[LoopPicture, ...]:
        query = self._query
        chosen = [
            picture
            for loop, picture in zip(self._loops, self._painted, strict=True)
            if query.takes(loop, self._plant)
            and (picture.is_late or not query.late)
            and (picture.quality or not query.quality)
        ]
        return tuple(sorted(chosen, key=by_urgency) if query.is_worst_first else chosen)

    def _calls(self) -> list[AndonCall]:
        """The open ones at or about what the board shows."""
        loops, stations = {loop.id for loop in self._loops}, {one.id for one in self.stations()}
        calls = self._floor.open_calls()
        return [call for call in calls if call.station in stations or call.loop in loops]

    def _shows(self, supplier: str) -> bool:
        return self._query.supplier in ("", supplier)

    def _paint_queue(self, station: str) -> QueuePicture:
        return paint_queue(self._floor, station, self._queues[station], self._now_ms)


def _lines(plant: Plant) -> tuple[Choice, ...]:
    return tuple(Choice(line.id, line.name) for line in plant.lines.values())
