"""The writer's picture of the store, and the only code that changes it. Not thread-safe: one owner."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from kanban_hub.clock import SteadyClock
from kanban_hub.domain import lamps as domain_lamps
from kanban_hub.domain.balance import balance
from kanban_hub.domain.consequences import due, following
from kanban_hub.domain.events import CallEvent, Event, Occasion, PullRepeated, SignalRefused
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.sizing.trial import plant_after
from kanban_hub.errors import FaultyRuleError, NotLoadedError
from kanban_hub.execution import carry_out, occasion_of
from kanban_hub.inbox import Delivery, Taken, Word, keys_in, take
from kanban_hub.loading import keep_plant, replant
from kanban_hub.notices.announcer import Announcer
from kanban_hub.orders import ChangePlant, Order
from kanban_hub.plantchange import PlantWay
from kanban_hub.ports import Store, WantedLamps, Work
from kanban_hub.progress import Progress

log = logging.getLogger(__name__)

# Three times the longest age that a signal may have (`age_ms`, 30 days).
KEEP_SIGNALS_MS = 90 * 86_400_000
KEEP_ASIDE = 10_000


@dataclass
class Done:
    """What a commit came to, for those outside."""

    receipts: list[Word] = field(default_factory=list)
    lamps: list[WantedLamps] = field(default_factory=list)
    loops: set[str] = field(default_factory=set)


class Ledger:
    """Floor, wanted lamps and progress as of the last commit; read again when another program wrote."""

    def __init__(self, store: Store, clock: SteadyClock, announcer: Announcer | None = None) -> None:
        self._store = store
        self._announcer = announcer or Announcer()
        self._clock = clock
        self._floor: Floor | None = None
        self._revision = -1
        self.plant_revision = -1
        self.epoch = ""
        self.lamps: dict[str, WantedLamps] = {}
        self.progress = Progress()
        with store.view() as view:
            self.epoch = view.epoch()

    @property
    def floor(self) -> Floor | None:
        return self._floor

    def stations(self, floor: Floor) -> list[str]:
        """Those of the plant, and those that were: their lamps and buttons must not stay as they were."""
        return [*floor.plant.stations, *sorted(self.lamps.keys() - floor.plant.stations.keys())]

    def is_behind(self) -> bool:
        """Whether another program, such as `kanban-hub load`, wrote since."""
        with self._store.view() as view:
            return view.revision() != self._revision

    def take(self, deliveries: Sequence[Delivery]) -> Done:
        """Take a batch of signals in one commit. One on which a rule breaks is set aside."""
        faulty: set[str] = set()
        while True:
            try:
                return self._commit(lambda floor, work: self._taken(floor, work, deliveries, faulty))
            except FaultyRuleError as error:
                faulty.add(error.signal)

    def carry_out(self, order: Order, role: str | None = None) -> Done:
        """Do what people ordered, in `role` or the one that the order goes with.

        Raises a `DomainError` when it is not possible.
        """
        now_ms = self._clock.now_ms()
        if isinstance(order, ChangePlant):
            return self._commit(
                lambda floor, work: self._replanted(
                    floor, work, order, occasion_of(floor, order, now_ms, role)
                )
            )
        return self._commit(lambda floor, _: ordered(floor, order, now_ms, role))

    def tick(self) -> Done:
        """What time alone brings: batches that waited long enough, and ages on the displays."""
        now_ms = self._clock.now_ms()
        if self._floor is None or self.is_behind():
            return self._commit(lambda _, __: Taken())
        if due(self._floor, now_ms):
            return self._commit(lambda floor, _: _due(floor, now_ms))
        if any(self._is_changed(self._floor, station, now_ms) for station in self.stations(self._floor)):
            return self._commit(lambda _, __: Taken())
        return Done()

    def prune(self) -> None:
        """Forget a little of what is too old to be sent again."""
        self._store.prune(self._clock.now_ms() - KEEP_SIGNALS_MS, KEEP_ASIDE)

    def _replanted(self, floor: Floor, work: Work, order: ChangePlant, occasion: Occasion) -> Taken:
        """The tick after it sees lamps that are no longer as they should be, and says everything again."""
        events = replant(work, floor, order, occasion)
        self.plant_revision = work.plant_revision()
        return Taken(events=[(event, occasion) for event in events])

    def _taken(
        self, floor: Floor, work: Work, deliveries: Sequence[Delivery], faulty: Collection[str]
    ) -> Taken:
        taken = take(floor, work, deliveries, faulty)
        work.take(taken.signals.values())
        work.put_aside(taken.aside)
        for key in keys_in(taken):
            self.progress.add(*key)
        touched = {key[:2] for key in keys_in(taken)}
        work.save_contiguous({epoch: self.progress.contiguous[epoch] for epoch in touched})
        return taken

    def _commit(self, change: Callable[[Floor, Work], Taken]) -> Done:
        with ExitStack() as undo:
            undo.callback(self._forget)
            with self._store.transaction() as work:
                floor = self._refreshed(work)
                now_ms = self._clock.now_ms()
                before = self._announcer.look(floor, now_ms)
                taken = change(floor, work)
                settle(floor, taken, Moment.at(now_ms))
                done = self._saved(floor, work, taken)
                work.enqueue(self._announcer.notices(floor, before, taken.events, now_ms))
            self._revision += 1
            undo.pop_all()
        self.lamps.update({wanted.station: wanted for wanted in done.lamps})
        return done

    def _forget(self) -> None:
        """The floor may hold what was not committed."""
        self._floor = None

    def _refreshed(self, work: Work) -> Floor:
        if self._floor is None or work.revision() != self._revision:
            if work.plant() is None:
                raise NotLoadedError
            self._floor = work.floor()
            self.lamps = work.lamps()
            self.progress = Progress(work.contiguous(), work.beyond())
            self._revision, self.plant_revision = work.revision(), work.plant_revision()
            self.epoch = work.epoch()
        return self._floor

    def _saved(self, floor: Floor, work: Work, taken: Taken) -> Done:
        work.append(taken.events)
        self._follow(floor, work, taken)
        cards = {card for event, _ in taken.events if (card := getattr(event, "card", None)) in floor.cards}
        calls = {event.call for event, _ in taken.events if isinstance(event, CallEvent)}
        work.save([floor.cards[card] for card in cards], [floor.calls[call] for call in calls])
        work.save_records(floor.touched_records(event for event, _ in taken.events), self._clock.now_ms())
        lamps = self._changed_lamps(floor, taken.events)
        work.save_lamps(lamps)
        loops = {event.loop for event, _ in taken.events if event.loop is not None}
        _prove_balance(floor, taken, loops)
        return Done(taken.receipts, lamps, loops)

    def _follow(self, floor: Floor, work: Work, taken: Taken) -> None:
        """A number of cards that is kept after its trial stands in the plant."""
        plant = plant_after(floor.plant, (event for event, _ in taken.events))
        if plant is not floor.plant:
            keep_plant(work, plant, PlantWay.TRIAL, taken.events[0][1])
            floor.plant, self.plant_revision = plant, work.plant_revision()

    def _changed_lamps(self, floor: Floor, events: Sequence[tuple[Event, Occasion]]) -> list[WantedLamps]:
        now_ms = self._clock.now_ms()
        if not events:  # time or the plant has changed
            changed = [s for s in self.stations(floor) if self._is_changed(floor, s, now_ms)]
            return [self._wanted(floor, station, now_ms, []) for station in changed]
        # A move is a new revision also where the lamps look the same: each press finds its lamp.
        latest = _signals_by_station(floor, events)
        stations = sorted(latest.keys() & floor.plant.stations.keys())
        return [self._wanted(floor, station, now_ms, latest[station]) for station in stations]

    def _is_changed(self, floor: Floor, station: str, now_ms: int) -> bool:
        known = self.lamps.get(station)
        return known is None or known.lamps != domain_lamps.wanted(floor, station, now_ms)

    def _wanted(self, floor: Floor, station: str, now_ms: int, latest: list[str]) -> WantedLamps:
        known = self.lamps.get(station)
        because = tuple(domain_lamps.because(floor, station, latest))
        lamps = domain_lamps.wanted(floor, station, now_ms)
        return WantedLamps(station, known.revision + 1 if known else 1, now_ms, lamps, because)


def _signals_by_station(floor: Floor, events: Iterable[tuple[Event, Occasion]]) -> dict[str, list[str]]:
    """The signals behind `events`, newest first, by each station on whose lamps they bear."""
    found: dict[str, list[str]] = {}
    for event, occasion in reversed(list(events)):
        if isinstance(event, PullRepeated | SignalRefused):
            continue
        loop = floor.plant.loops.get(event.loop or "")
        called = floor.calls[event.call].station if isinstance(event, CallEvent) else None
        for station in {loop and loop.supplier, loop and loop.consumer, called, occasion.station} - {None}:
            signals = found.setdefault(str(station), [])
            if occasion.signal and occasion.signal not in signals:
                signals.append(occasion.signal)
    return found


def _prove_balance(floor: Floor, taken: Taken, loops: set[str]) -> None:
    """A loop out of balance is a fault of ours: it is named with its event, and the plant goes on."""
    for sheet in balance(floor):
        if sheet.loop in loops and not sheet.is_even:
            events = [event for event, _ in taken.events if event.loop == sheet.loop]
            log.critical("loop out of balance: %s after %s", sheet, events)


def _applied(floor: Floor, events: list[Event], occasion: Occasion) -> Taken:
    for event in events:
        floor.apply(event, occasion)
    return Taken(events=[(event, occasion) for event in events])


def ordered(floor: Floor, order: Order, now_ms: int, role: str | None) -> Taken:
    """Let `order` happen on `floor`."""
    occasion = occasion_of(floor, order, now_ms, role)
    return _applied(floor, carry_out(floor, order, occasion), occasion)


def _due(floor: Floor, now_ms: int) -> Taken:
    return _applied(floor, due(floor, now_ms), Occasion(Moment.at(now_ms)))


def settle(floor: Floor, taken: Taken, moment: Moment) -> None:
    """Let all that follows from the events happen in the same commit."""
    occasion = Occasion(moment)
    step = [event for event, _ in taken.events]
    while step := following(floor, step, moment):
        taken.events += _applied(floor, step, occasion).events
