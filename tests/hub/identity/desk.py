"""Identities on a store in memory, with a clock that goes on only when told."""

from dataclasses import dataclass, field

from kanban_hub.accounts.account import Access
from kanban_hub.identity.codes import Codes
from tests.fakes.store import InMemoryStore
from tests.hub.domain.shopfloor import kanban_loop, plant_of

ADDRESS = "10.0.0.7"


@dataclass
class Desk:
    now_s: float = 1_800_000_000.0
    store: InMemoryStore = field(default_factory=InMemoryStore)

    def __post_init__(self) -> None:
        with self.store.transaction() as work:
            work.save_plant(plant_of(kanban_loop()))
        self.codes = Codes(self.store, self.now_ms)

    def now_ms(self) -> int:
        return int(self.now_s * 1000)

    def later(self, seconds: float) -> None:
        self.now_s += seconds

    def log(self) -> list[tuple[Access, str | None, str | None]]:
        """What, by whom, about what: the newest first."""
        with self.store.accounts(writes=False) as book:
            return [(one.what, one.by, one.about) for one in book.log(100)]
