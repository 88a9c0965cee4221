"""What the sender and the pages need of a store beside the writer's `Work`: the queue of notices."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from kanban_hub.notices.notice import Notice, NoticeState


@dataclass(frozen=True)
class NoticeFilter:
    """Which notices, newest first. `before` is the number of the last one known."""

    before: int | None = None
    limit: int = 100
    state: NoticeState | None = None


class NoticeQueue(Protocol):
    """One transaction on the queue. It changes no revision: nothing of the floor follows from it."""

    def enqueue(self, notices: Iterable[Notice]) -> None:
        """Add those whose id is not there yet."""
        ...

    def due(self, now_ms: int, limit: int) -> list[Notice]:
        """Those that wait and are due, the longest due first."""
        ...

    def save(self, notice: Notice) -> None:
        """Keep how far it has come, under its number."""
        ...

    def retry(self, number: int, now_ms: int) -> bool:
        """Let a dead one wait again, due at once, with all its attempts; `False` when there is no such."""
        ...

    def prune(self, before_ms: int, most_dead: int) -> None:
        """Forget those sent before `before_ms`, and all but the newest `most_dead` of the dead."""
        ...

    def page(self, which: NoticeFilter) -> list[Notice]:
        """Newest first."""
        ...

    def find(self, number: int) -> Notice | None: ...

    def counts(self) -> dict[str, int]:
        """How many stand in each state now."""
        ...


class NoticeStore(Protocol):
    """Raises `StoreError` when it cannot be read or written."""

    def notices(self, *, writes: bool = True) -> AbstractContextManager[NoticeQueue]:
        """Commits when the block ends, rolls back when it raises. Without `writes` it is only looked at."""
        ...
