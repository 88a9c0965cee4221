"""The thread that sends notices. Nobody waits for it: what it has to do stands in the store."""

import logging
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kanban_hub.clock import SteadyClock
from kanban_hub.errors import HubError
from kanban_hub.notices.errors import DeliveryError, RefusedForGoodError, RejectedError, UnreachableError
from kanban_hub.notices.notice import Channel, Notice, NoticeState
from kanban_hub.notices.ports import NoticeStore
from kanban_protocol.backoff import Backoff

log = logging.getLogger(__name__)

LOOK_S = 1.0
BATCH_MOST = 50
# With these eleven waits a receiver may be away for half a day on average, a day at most.
ATTEMPTS_MOST = 12
BACKOFF = Backoff(first_s=30.0, longest_s=6 * 3_600.0, factor=2.5)
KEEP_SENT_MS = 30 * 86_400_000
KEEP_DEAD = 10_000
PRUNE_EVERY_MS = 3_600_000
STOP_S = 5.0


class Carrier(Protocol):
    """One way to a recipient."""

    def target(self, notice: Notice) -> str:
        """What has to be reached for it: when it cannot be, others for the same target wait as well."""
        ...

    def carry(self, notice: Notice) -> None:
        """Returns when the receiver has taken it. Raises a `DeliveryError`."""
        ...


class Watching(Protocol):
    """What is told by time alone."""

    def due(self, now_ms: int) -> list[Notice]: ...

    def kept(self) -> None:
        """What `due` gave is in the store."""
        ...


@dataclass(frozen=True)
class SenderParts:
    """`draw` spreads the waits, numbers in [0, 1)."""

    store: NoticeStore
    clock: SteadyClock
    carriers: Mapping[Channel, Carrier]
    watch: Watching
    draw: Callable[[], float] = random.random


class Sender:
    """Sends what is due, a bounded number at a time, and keeps what came of it. Not thread-safe inside."""

    def __init__(self, parts: SenderParts) -> None:
        self._parts = parts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        self._prune_due_ms = 0
        self.counts: Counter[str] = Counter()  # attempts since the start, by what came of them

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the notice at hand; one that is cut off is sent again under the same id."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def turn(self) -> None:
        """Enqueue what time has brought, and send what is due now."""
        now_ms = self._parts.clock.now_ms()
        self._watch(now_ms)
        with self._parts.store.notices(writes=False) as queue:  # a look takes no lock from the writer
            due = queue.due(now_ms, BATCH_MOST)
        unreachable: dict[str, UnreachableError] = {}
        for notice in due:
            if self._stop.is_set():
                return
            self._send(notice, unreachable)
        self._prune(now_ms)

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            try:
                self.turn()
            except HubError as error:
                log.error("notices wait: %s", error)  # noqa: TRY400  # its text says all
            except Exception:  # a fault of ours in one turn must not end the thread
                log.exception("notices wait")

    def _watch(self, now_ms: int) -> None:
        found = self._parts.watch.due(now_ms)
        if found:
            with self._parts.store.notices() as queue:
                queue.enqueue(found)
        self._parts.watch.kept()

    def _send(self, notice: Notice, unreachable: dict[str, UnreachableError]) -> None:
        carrier = self._parts.carriers[notice.channel]
        target = carrier.target(notice)
        error = unreachable.get(target) or _carried(carrier, notice)
        if isinstance(error, UnreachableError):
            unreachable[target] = error
        after = self._after(notice, error)
        self.counts["failed" if after.state is NoticeState.WAITING else after.state.value] += 1
        with self._parts.store.notices() as queue:
            queue.save(after)
        if after.state is NoticeState.DEAD:
            log.error("notice %d for %s is given up: %s", notice.number, notice.recipient, error)

    def _after(self, notice: Notice, error: DeliveryError | None) -> Notice:
        now_ms = self._parts.clock.now_ms()
        if error is None:
            return notice.sent(now_ms)
        if isinstance(error, RefusedForGoodError) or notice.attempts + 1 >= ATTEMPTS_MOST:
            return notice.dead(str(error), now_ms)
        wait_s = BACKOFF.delay_s(notice.attempts, self._parts.draw)
        return notice.failed(str(error), now_ms + int(wait_s * 1000))

    def _prune(self, now_ms: int) -> None:
        if now_ms >= self._prune_due_ms:
            self._prune_due_ms = now_ms + PRUNE_EVERY_MS
            with self._parts.store.notices() as queue:
                queue.prune(now_ms - KEEP_SENT_MS, KEEP_DEAD)


def _carried(carrier: Carrier, notice: Notice) -> DeliveryError | None:
    """What stood in the way, if anything did. A fault of ours counts as one that may pass."""
    try:
        carrier.carry(notice)
    except DeliveryError as error:
        return error
    except Exception as error:
        log.exception("notice %d could not be sent", notice.number)
        return RejectedError(f"a fault of this program ({type(error).__name__}); its log says more")
    return None
