"""What the commands of identities work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kanban_hub.clock import SteadyClock
from kanban_hub.identity.codes import Codes
from kanban_hub.opening import opened
from kanban_hub.store.database import DatabaseStore

if TYPE_CHECKING:
    from kanban_hub.identity.authority import Authority
    from kanban_hub.identity.joining import Joining


@dataclass(frozen=True)
class Desk:
    """The imports inside are 0.1 s that the other commands never need."""

    store: DatabaseStore
    clock: SteadyClock
    data: Path

    @property
    def codes(self) -> Codes:
        return Codes(self.store, self.clock.now_ms)

    @property
    def joining(self) -> "Joining":
        from kanban_hub.identity.joining import Joining  # noqa: PLC0415

        return Joining(self.store, self.clock.now_ms, self.authority)

    def authority(self) -> "Authority":
        from kanban_hub.identity.authority import Authority  # noqa: PLC0415

        return Authority.open(self.data, self.clock.now_ms())


@contextmanager
def desk_in(data: Path, database: str | None) -> Iterator[Desk]:
    store = opened(data, database)
    try:
        with store.view() as view:
            clock = SteadyClock(view.latest_ms())
        yield Desk(store, clock, data)
    finally:
        store.close()


def time_of(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
