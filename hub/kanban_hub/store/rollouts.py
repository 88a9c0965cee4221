"""Rollouts as a table."""

from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.releases.rollout import Rollout, RolloutState
from kanban_hub.store.accounts import DatabaseAccounts
from kanban_hub.store.rollouttables import rollouts
from kanban_hub.store.rows import text


class DatabaseRollouts:
    """A `RolloutBook` on one connection in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rollouts(self, limit: int) -> list[Rollout]:
        return self._found(select(rollouts).order_by(rollouts.c.number.desc()).limit(limit))

    def running(self) -> Rollout | None:
        query = select(rollouts).where(rollouts.c.state == RolloutState.RUNNING)
        return next(iter(self._found(query.order_by(rollouts.c.number).limit(1))), None)

    def add(self, rollout: Rollout) -> Rollout:
        done = self._connection.execute(insert(rollouts), _row(rollout))
        number = done.inserted_primary_key[0] if done.inserted_primary_key is not None else 0
        return replace(rollout, number=int(number))

    def save(self, rollout: Rollout) -> None:
        is_it = rollouts.c.number == rollout.number
        self._connection.execute(update(rollouts).where(is_it).values(_row(rollout)))

    def note(self, entry: AccessEntry) -> None:
        DatabaseAccounts(self._connection).note(entry)

    def _found(self, query: Any) -> list[Rollout]:
        return [
            replace(msgspec.json.decode(row["data"], type=Rollout), number=int(row["number"]))
            for row in self._connection.execute(query).mappings()
        ]


def _row(rollout: Rollout) -> dict[str, Any]:
    return {
        "release": rollout.release,
        "state": rollout.state.value,
        "made_ms": rollout.made_ms,
        "data": text(rollout),
    }
