"""The floor as the pages and the API read it: kept up to date by the events since the last look."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.ports import EventFilter, RecordedEvent, Store, View

_CATCH_UP = 1_000
# So many of the latest events are at hand without a look into the store.
LATEST_KEPT = 400


@dataclass
class _Kept:
    floor: Floor
    revision: int
    plant_revision: int
    event: int
    latest: deque[RecordedEvent]


class FloorReader:
    """Gives a floor that is as new as the store. Whoever uses it holds `lock` while it looks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: _Kept | None = None
        self.lock = threading.Lock()

    def floor(self) -> tuple[Floor, int]:
        """The floor and its revision. Raises `NotLoadedError` before the first plant."""
        with self._store.view() as view:
            kept = self._kept
            if kept is None or kept.plant_revision != view.plant_revision():
                kept = self._kept = _load(view)
            elif kept.revision != view.revision():
                _catch_up(kept, view)
            return kept.floor, kept.revision

    @property
    def latest(self) -> Sequence[RecordedEvent]:
        """The newest events of the floor that was given last, the newest last."""
        return tuple(self._kept.latest) if self._kept else ()


def _load(view: View) -> _Kept:
    newest = view.latest_event_number()
    latest = view.events(EventFilter(after=max(0, newest - LATEST_KEPT), limit=LATEST_KEPT))
    kept = deque(latest, maxlen=LATEST_KEPT)
    return _Kept(view.floor(), view.revision(), view.plant_revision(), newest, kept)


def _catch_up(kept: _Kept, view: View) -> None:
    while recorded := view.events(EventFilter(after=kept.event, limit=_CATCH_UP)):
        for one in recorded:
            kept.floor.apply(one.event, one.occasion)
            kept.event = one.number
            kept.latest.append(one)
    kept.revision = view.revision()
