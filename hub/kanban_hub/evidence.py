"""The figures as the API reads them: kept up to date by the events since the last look, within bounds."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Bounds, Chronicle
from kanban_hub.domain.evidence.figures import Figure
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.floor import Floor
from kanban_hub.errors import NotLoadedError
from kanban_hub.ports import EventFilter, Store, View

# A look at the store is as long as one page, so that SQLite can go on tidying up behind the writer.
PAGE = 1_000

Made = TypeVar("Made")


@dataclass(frozen=True)
class Answer:
    """The rows of a figure over `window`; before `complete_from_ms` events were no longer kept in memory."""

    window: Window
    rows: Sequence[Any]
    complete_from_ms: int | None


class EvidenceReader:
    """Reads with connections of its own and shares nothing with the writer; one figure is made at a time."""

    def __init__(self, store: Store, bounds: Bounds | None = None) -> None:
        self._store = store
        self._bounds = bounds or Bounds()
        self._lock = threading.Lock()
        self._chronicle: Chronicle | None = None
        self._floor: Floor | None = None
        self._plant_revision = -1
        self._event = 0

    def answer(self, figure: Figure, window: Window, now_ms: int) -> Answer:
        """The figure as it is now. Raises `NotLoadedError` before the first plant."""
        rows, complete_from_ms = self.made(figure.rows, window, now_ms)
        return Answer(window, rows, complete_from_ms)

    def made(self, make: Callable[[Basis], Made], window: Window, now_ms: int) -> tuple[Made, int | None]:
        """What `make` makes of the events of `window`, and since when all of them are known.

        Raises `NotLoadedError` before the first plant.
        """
        with self._lock:
            chronicle, floor = self._caught_up(now_ms)
            return make(Basis(chronicle, floor, window, now_ms)), chronicle.from_ms

    def _caught_up(self, now_ms: int) -> tuple[Chronicle, Floor]:
        is_first = self._chronicle is None
        if self._chronicle is None:
            with self._store.view() as view:
                self._chronicle = self._begun(view, now_ms)
        while True:
            with self._store.view() as view:
                if self._read_page(self._chronicle, view) < PAGE:
                    if self._floor is None:
                        self._floor, self._plant_revision = view.floor(), view.plant_revision()
                    if is_first:
                        _sight_unmet(self._chronicle, self._floor, view)
                    return self._chronicle, self._floor

    def _begun(self, view: View, now_ms: int) -> Chronicle:
        if view.plant() is None:
            raise NotLoadedError
        most = self._bounds.steps + self._bounds.facts
        self._event = max(
            last_before(view, now_ms - self._bounds.age_ms), view.latest_event_number() - most, 0
        )
        return Chronicle(self._bounds, view.floor().cards.values() if self._event else ())

    def _read_page(self, chronicle: Chronicle, view: View) -> int:
        if view.plant_revision() != self._plant_revision:
            self._floor = None
        page = view.events(EventFilter(after=self._event, limit=PAGE))
        for recorded in page:
            chronicle.take(recorded)
            if self._floor is not None:
                self._floor.apply(recorded.event, recorded.occasion)
            self._event = recorded.number
        return len(page)


def last_before(view: View, before_ms: int) -> int:
    """The number of the last event that the hub received before `before_ms`, 0 when there is none.

    Numbers rise with the time of receipt, so it is found by halving.
    """
    low, high = 0, view.latest_event_number()
    while low < high:
        middle = (low + high) // 2
        (after,) = view.events(EventFilter(after=middle, limit=1))
        if after.occasion.moment.received_ms < before_ms:
            low = after.number
        else:
            high = middle
    return low


def _sight_unmet(chronicle: Chronicle, floor: Floor, view: View) -> None:
    """Cards that no kept event names were seen longer ago: just these are the ones that are looked for."""
    for card in floor.cards.values():
        if not card.is_void and card.id not in chronicle.sightings:
            latest = view.latest_event_of(card.id)
            if latest is not None:
                chronicle.sight(card.id, latest)
