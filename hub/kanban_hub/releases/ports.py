"""What rollouts need of a store."""

from contextlib import AbstractContextManager
from typing import Protocol

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.releases.rollout import Rollout


class RolloutBook(Protocol):
    """The rollouts, inside one transaction."""

    def rollouts(self, limit: int) -> list[Rollout]:
        """The newest first."""
        ...

    def running(self) -> Rollout | None: ...

    def add(self, rollout: Rollout) -> Rollout:
        """The same with the next number."""
        ...

    def save(self, rollout: Rollout) -> None: ...

    def note(self, entry: AccessEntry) -> None: ...


class RolloutStore(Protocol):
    def rollouts(self, *, writes: bool = True) -> AbstractContextManager[RolloutBook]:
        """Raises `StoreError` when it cannot be read or written."""
        ...
