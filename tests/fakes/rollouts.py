"""Rollouts in memory."""

from dataclasses import replace

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.releases.rollout import Rollout, RolloutState
from tests.fakes.accounts import InMemoryAccounts


class InMemoryRollouts:
    """A `RolloutBook` on what is stored."""

    def __init__(self, kept: dict[int, Rollout], accounts: InMemoryAccounts) -> None:
        self._kept = kept
        self._accounts = accounts

    def rollouts(self, limit: int) -> list[Rollout]:
        return sorted(self._kept.values(), key=lambda one: -one.number)[:limit]

    def running(self) -> Rollout | None:
        return next((one for one in self._kept.values() if one.state is RolloutState.RUNNING), None)

    def add(self, rollout: Rollout) -> Rollout:
        number = max(self._kept, default=0) + 1
        self._kept[number] = replace(rollout, number=number)
        return self._kept[number]

    def save(self, rollout: Rollout) -> None:
        self._kept[rollout.number] = rollout

    def note(self, entry: AccessEntry) -> None:
        self._accounts.note(entry)
