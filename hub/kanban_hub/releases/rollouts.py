"""Give, follow and abort rollouts. A step is stored before a station is told of it, so a restart goes on."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from msgspec import UNSET

from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.language import _
from kanban_hub.presence import Heard, Presence
from kanban_hub.releases.errors import RolloutError
from kanban_hub.releases.ports import RolloutBook, RolloutStore
from kanban_hub.releases.rollout import Rollout, RolloutState, turns_of
from kanban_hub.releases.shelf import Shelf
from kanban_hub.releases.waves import Seen, advance
from kanban_protocol.messages import Command, CommandKind

log = logging.getLogger(__name__)

_ENDED = {RolloutState.DONE: Access.UPDATE_DONE, RolloutState.STOPPED: Access.UPDATE_STOPPED}


@dataclass(frozen=True)
class Wish:
    """What somebody orders: `first` stations, then `size` at a time, each proved for `prove_ms`."""

    release: int
    stations: list[str]
    first: int = 1
    size: int = 1
    prove_ms: int = 600_000
    force: bool = False


class Rollouts:
    """All rollouts of one hub; one runs at a time. `send` says whether the broker has the command."""

    def __init__(
        self,
        store: RolloutStore,
        shelf: Shelf,
        presence: Presence,
        send: Callable[[str, Command], bool],
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self.shelf = shelf
        self._presence = presence
        self._send = send
        self._now_ms = now_ms

    def order(self, wish: Wish, by: str | None) -> Rollout:
        """Begin a rollout. Raises `RolloutError`, `UnknownReleaseError`."""
        self.shelf.manifest(wish.release)
        if not wish.stations:
            raise RolloutError(_("Choose at least one station."))
        now_ms = self._now_ms()
        turns = turns_of(wish.stations, wish.first, wish.size)
        wanted = Rollout(0, wish.release, turns, wish.prove_ms, wish.force, now_ms)
        with self._store.rollouts() as book:
            if book.running() is not None:
                raise RolloutError(_("Another update is on its way: wait for its end, or abort it."))
            rollout = book.add(wanted)
            self._note(book, Access.UPDATE_ORDERED, rollout, by)
        return rollout

    def abort(self, by: str | None) -> None:
        """Ask no further station. What a station has begun it brings to its end."""
        with self._store.rollouts() as book:
            running = book.running()
            if running is None:
                return
            book.save(replace(running, state=RolloutState.ABORTED, ended_ms=self._now_ms()))
            self._note(book, Access.UPDATE_ABORTED, running, by)

    def latest(self, limit: int) -> list[Rollout]:
        """The newest first."""
        with self._store.rollouts(writes=False) as book:
            return book.rollouts(limit)

    def seen(self) -> dict[str, Seen]:
        """What every station said last that has hardware."""
        now_s = self._presence.now_s()
        return {heard.station: seen_of(heard, now_s) for heard in self._presence.all() if heard.has_box}

    def tick(self) -> None:
        """Take the step that is due. Called every second or so. Raises `StoreError`."""
        with self._store.rollouts(writes=False) as book:
            running = book.running()
        if running is None:
            return
        step = advance(running, self.seen(), self._now_ms())
        if step.rollout == running or not self._store_step(running, step.rollout):
            return
        for station in step.asks:
            release, force = str(running.release), running.force
            command = Command(
                v=1, id=str(uuid.uuid4()), command=CommandKind.UPDATE, release=release, force=force
            )
            self._send(station, command)

    def _store_step(self, before: Rollout, after: Rollout) -> bool:
        """False when somebody has aborted it meanwhile."""
        with self._store.rollouts() as book:
            if book.running() != before:
                return False
            book.save(after)
            if after.state in _ENDED:
                log.info("update to release %d: %s", after.release, after.state)
                self._note(book, _ENDED[after.state], after, None)
        return True

    def _note(self, book: RolloutBook, what: Access, rollout: Rollout, by: str | None) -> None:
        book.note(AccessEntry(self._now_ms(), what, by, f"release {rollout.release}"))


def seen_of(heard: Heard, now_s: float) -> Seen:
    beat = heard.heartbeat
    if beat is None:
        return Seen(is_online=False, release=None, outbox=0)
    return Seen(
        is_online=heard.is_online(now_s),
        release=None if beat.release is UNSET else beat.release,
        outbox=beat.outbox,
        report=None if beat.update is UNSET else beat.update,
    )
