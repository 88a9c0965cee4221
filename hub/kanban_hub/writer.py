"""The one thread that commits. Everything that would change the store is put on its queue."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from kanban_hub.changes import Changes
from kanban_hub.domain.errors import DomainError
from kanban_hub.errors import HubError, NotLoadedError, StoreError
from kanban_hub.handed import Handed, give_back
from kanban_hub.inbox import Delivery, Word
from kanban_hub.ledger import Done, Ledger
from kanban_hub.orders import Order
from kanban_hub.outlet import Outlet
from kanban_hub.ports import Store
from kanban_hub.presence import Presence

log = logging.getLogger(__name__)

QUEUE_MOST = 2_000
BATCH_MOST = 64
TICK_S = 1.0
HEARTBEAT_S = 5.0
ASK_TIMEOUT_S = 10.0
# Shorter: the station has the signals, and sends them again.
HAND_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Joined:
    """The link stands again: all that is retained has to be said."""


@dataclass(frozen=True)
class Asked:
    order: Order
    answer: "Future[None]"
    role: str | None = None


Work = Delivery | Joined | Asked | Handed


@dataclass
class WriterParts:
    store: Store
    ledger: Ledger
    outlet: Outlet
    changes: Changes
    presence: Presence


class Writer:
    """Takes batches from a bounded queue: one commit for all that waits, then receipts, then lamps."""

    def __init__(self, parts: WriterParts, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._parts = parts
        self._monotonic = monotonic
        self._queue: queue.Queue[Work] = queue.Queue(QUEUE_MOST)
        self._stop = threading.Event()
        self._owes_everything = threading.Event()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._plant_revision = -1
        self._told_sync: dict[str, dict[str, int]] = {}
        self._tick_due_s = self._heartbeat_due_s = monotonic()
        self.committed_s = monotonic()
        self.dropped = 0

    def start(self) -> None:
        self._thread.start()

    def put(self, work: Work) -> bool:
        """Enqueue without waiting. A full queue drops and counts: the station sends again.

        Nobody says again that the link stands, so that is kept beside the queue.
        """
        if isinstance(work, Joined):
            self._owes_everything.set()
        try:
            self._queue.put_nowait(work)
        except queue.Full:
            self.dropped += len(_deliveries(work))
            return False
        return True

    def ask(self, order: Order, role: str | None = None) -> None:
        """Carry out `order` and wait until it is committed. `role`: another than the order goes with.

        Raises what stood in the way: a `DomainError` or a `StoreError`.
        """
        asked = Asked(order, Future(), role)
        if not self.put(asked):
            raise StoreError("the hub has more to do than it can: try again")
        try:
            asked.answer.result(ASK_TIMEOUT_S)
        except TimeoutError:
            if asked.answer.cancel():
                raise StoreError("the hub is not able to commit now: nothing was done, try again") from None
            raise StoreError("the hub did not commit in time: look before you try again") from None

    def hand(self, deliveries: Sequence[Delivery]) -> list[Word]:
        """Have signals taken and wait for the words on them, which are there after the commit.

        Raises a `StoreError` when there is none in time: what was sent is to be sent again.
        """
        handed = Handed(tuple(deliveries), Future())
        if not self.put(handed):
            raise StoreError("the hub has more to do than it can: send again")
        try:
            return handed.answer.result(HAND_TIMEOUT_S)
        except TimeoutError:
            handed.answer.cancel()
            raise StoreError("the hub did not commit in time: send again") from None

    def depth(self) -> int:
        return self._queue.qsize()

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        """End after the batch at hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(ASK_TIMEOUT_S)

    def turn(self, timeout_s: float = 0.0) -> None:
        """Take what waits, for the first of it up to `timeout_s`, and do what is due by time."""
        batch = self._batch(min(timeout_s, max(0.0, self._tick_due_s - self._monotonic())))
        self._guarded(partial(self._handle, batch))
        if self._monotonic() >= self._tick_due_s:
            self._tick_due_s = self._monotonic() + TICK_S
            self._guarded(self._tick)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.turn(TICK_S)

    def _batch(self, timeout_s: float) -> list[Work]:
        """What waits, up to a batch; waits itself for the first."""
        batch: list[Work] = []
        try:
            batch.append(self._queue.get(timeout=timeout_s) if timeout_s else self._queue.get_nowait())
            while len(batch) < BATCH_MOST:
                batch.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _guarded(self, action: Callable[[], None]) -> None:
        """A database that is locked or full is a matter of time; nothing is confirmed meanwhile."""
        try:
            action()
        except NotLoadedError:
            return
        except HubError as error:
            log.error("nothing was committed: %s", error)  # noqa: TRY400  # its text says all

    def _handle(self, batch: list[Work]) -> None:
        for work in batch:
            if isinstance(work, Asked):
                self._answer(work)
        if self._owes_everything.is_set():
            self._guarded(self._say_everything)
        handed = [work for work in batch if isinstance(work, Handed) and work.is_awaited()]
        deliveries = [delivery for work in batch for delivery in _deliveries(work)]
        if deliveries:
            self._take(deliveries, handed)

    def _take(self, deliveries: list[Delivery], handed: list[Handed]) -> None:
        try:
            done = self._parts.ledger.take(deliveries)
        except Exception as error:
            self.dropped += len(deliveries)
            for one in handed:
                one.fail(error)
            raise
        done.receipts = give_back(done.receipts, handed)
        self._publish(done)

    def _answer(self, asked: Asked) -> None:
        if not asked.answer.set_running_or_notify_cancel():
            return
        try:
            done = self._parts.ledger.carry_out(asked.order, asked.role)
        except (DomainError, HubError) as error:
            asked.answer.set_exception(error)
        except Exception as error:  # a fault of ours in one order must not stop the signals
            log.exception("%s could not be carried out", asked.order)
            asked.answer.set_exception(error)
        else:
            self._publish(done)
            asked.answer.set_result(None)

    def _publish(self, done: Done) -> None:
        self.committed_s = self._monotonic()
        self._parts.outlet.receipts(done.receipts)
        self._parts.outlet.lamps(self._parts.ledger.epoch, done.lamps)
        if done.loops or done.lamps:
            self._parts.changes.tell(done.loops)

    def _tick(self) -> None:
        ledger = self._parts.ledger
        done = ledger.tick()
        if done.lamps or done.loops:
            self._publish(done)
        if ledger.plant_revision != self._plant_revision:
            self._owes_everything.set()
            self._parts.changes.tell()
        if self._owes_everything.is_set():
            self._say_everything()
        if self._monotonic() >= self._heartbeat_due_s:
            self._beat()
            self._heartbeat_due_s = self._monotonic() + HEARTBEAT_S

    def _beat(self) -> None:
        commit_age_ms = int((self._monotonic() - self.committed_s) * 1000)
        self._parts.ledger.prune()
        self._parts.store.probe()
        self.committed_s = self._monotonic()
        self._parts.outlet.heartbeat(commit_age_ms)
        self._sync()
        self._repeat_lamps()

    def _sync(self) -> None:
        ledger = self._parts.ledger
        for station in ledger.stations(ledger.floor) if ledger.floor else ():
            epochs = ledger.progress.of_station(station)
            if epochs != self._told_sync.get(station):
                self._told_sync[station] = epochs
                self._parts.outlet.sync(station, epochs)

    def _repeat_lamps(self) -> None:
        """Say the lamps again to every station that is heard and shows another revision."""
        ledger, presence = self._parts.ledger, self._parts.presence
        for station, wanted in ledger.lamps.items():
            heard = presence.of(station)
            shown = (heard.shown.epoch, heard.shown.revision) if heard.shown else None
            if (
                heard.has_box
                and heard.is_online(presence.now_s())
                and shown != (ledger.epoch, wanted.revision)
            ):
                self._parts.outlet.lamps(ledger.epoch, [wanted])

    def _say_everything(self) -> None:
        """At a new connection, and when the plant has changed."""
        ledger = self._parts.ledger
        if ledger.floor is None:
            self._publish(ledger.tick())
        if ledger.floor is not None:
            self._owes_everything.clear()
            self._plant_revision = ledger.plant_revision
            self._parts.outlet.everything(ledger, ledger.floor)


def _deliveries(work: Work) -> Sequence[Delivery]:
    """The signals in it; none any more when who handed them over has given up."""
    match work:
        case Delivery():
            return (work,)
        case Handed() if not work.answer.cancelled():
            return work.deliveries
    return ()
